"""What every claim is measured on: a PostgreSQL of its own with durability on, deployed, with students who wait."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from app.operate.deploy import deploy
from app.operate.postgres import embedded
from app.operate.seed import seed

RECEIVE = Path(__file__).resolve().parent / "receive"
SETTINGS = {"shared_buffers": "256MB", "max_wal_size": "8GB", "checkpoint_timeout": "1h", "autovacuum": "off"}


@contextmanager
def server() -> Iterator[embedded.Server]:
    """A server in a directory of its own beside the sources, so on the disk that they are on."""
    with tempfile.TemporaryDirectory(prefix="handoff-bench-", dir=Path.cwd()) as directory:
        started = embedded.start(Path(directory))
        try:
            with psycopg.connect(started.url("postgres"), autocommit=True) as db:
                for name, value in SETTINGS.items():
                    db.execute(f"alter system set {name} = '{value}'".encode())
            started.stop()
            yield embedded.start(Path(directory))
        finally:
            embedded.destroy(Path(directory))


def create(server: embedded.Server, name: str, students: int, history: int) -> None:
    """A database with so many students who wait for an event, and so many who are through (two steps each)."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as db:
        db.execute(f"create database {name}".encode())
    deploy(server.url(name))
    seed(server.url(name))
    numbers = ["-v", f"students={students}", "-v", f"history={history}"]
    psql = [str(server.bindir / "psql"), "-XqAt", "-d", server.url(name), *numbers, "-f", str(RECEIVE / "setup.sql")]
    subprocess.run(psql, check=True)


def leave_trail_to_statement(server: embedded.Server, name: str) -> None:
    """For receive/bare.sql, which writes the audit trail itself."""
    with psycopg.connect(server.url(name)) as db:
        db.execute("alter table handoff.enrollment_steps disable trigger user")


def check(server: embedded.Server, name: str, events: int) -> None:
    """Raises RuntimeError unless so many events were sent and each completed its step and started the next."""
    done = (
        "select count(*) from handoff.partner_events as e join bench.targets as t on t.step_id = e.step_id"
        " join handoff.enrollment_steps as s on s.id = t.next_id and s.status = 'in_progress'"
        " where e.event_key like 'key-%' and e.status = 'accepted' and e.reason = 'completed'"
        " and (select count(*) from handoff.step_transitions as r where r.event_receipt = e.receipt) = 2"
    )
    with psycopg.connect(server.url(name)) as db:
        row = db.execute(done.encode()).fetchone()
    if row != (events,):
        raise RuntimeError(f"{name}: {row} of {events} events did what is measured")


def check_none_twice(server: embedded.Server, name: str) -> None:
    """Raises RuntimeError when an event was sent a second time: it costs less than the first."""
    with psycopg.connect(server.url(name)) as db:
        if db.execute("select from handoff.partner_events as e where e.seen > 1 limit 1").fetchall():
            raise RuntimeError(f"{name}: events were sent twice")


@contextmanager
def as_admin(db: psycopg.Connection[Any]) -> Iterator[None]:
    """A transaction in the role and with the claims of an admin, under row-level security."""
    row = db.execute("select handoff.create_profile('ada@admin.example', 'Ada', 'admin')").fetchone()
    with db.transaction():
        db.execute("select set_config('role', 'handoff_admin', true)")
        db.execute("select set_config('request.jwt.claims', jsonb_build_object('sub', %s::text)::text, true)", row)
        yield


def times(db: psycopg.Connection[Any], rounds: int, statement: str, *arguments: object) -> tuple[list[float], int]:
    """The milliseconds of each call, and how many rows the last one gave."""
    took, found = list[float](), 0
    for _ in range(rounds):
        began = time.perf_counter()
        found = len(db.execute(statement.encode(), arguments).fetchall())
        took.append(1000 * (time.perf_counter() - began))
    return took, found


def drop(server: embedded.Server, name: str) -> None:
    """Away with it, so that the next one has the disk's cache."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as db:
        db.execute(f"drop database {name} with (force)".encode())
        db.execute("checkpoint")
