"""What every claim is measured on: a PostgreSQL of its own with durability on, deployed, with students who wait."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from app.deploy import deploy
from app.dev import embedded
from app.seed import seed

RECEIVE = Path(__file__).resolve().parent / "receive"
SETTINGS = {"shared_buffers": "256MB", "max_wal_size": "8GB", "checkpoint_timeout": "1h", "autovacuum": "off"}


@dataclass
class Result:
    """One run, or the median of some: events per second, and latencies in milliseconds."""

    rate: float
    p50: float
    p99: float


def median(results: Sequence[Result]) -> Result:
    """Each figure's median."""
    return Result(*(statistics.median(getattr(result, name) for result in results) for name in ("rate", "p50", "p99")))


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
    psql = [server.bindir / "psql", "-XqAt", "-d", server.url(name), *numbers, "-f", RECEIVE / "setup.sql"]
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


def drop(server: embedded.Server, name: str) -> None:
    """Away with it, so that the next one has the disk's cache."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as db:
        db.execute(f"drop database {name} with (force)".encode())
        db.execute("checkpoint")


def pgbench(server: embedded.Server, name: str, kind: str, clients: int, first: int, events: int) -> Result:
    """One run of receive/<kind>.sql, an event for each student from `first` on."""
    environ = os.environ | {"PGHOST": server.host, "PGPORT": str(server.port), "PGDATABASE": name, "PGUSER": "postgres"}
    if kind == "ours":
        environ |= {"PGUSER": "handoff_webhook_login", "PGOPTIONS": "-c role=handoff_webhook"}
    each = events // clients
    variables = {"i": -1, "first": first, "per_client": each, "now": datetime.now(UTC).isoformat(timespec="seconds")}
    command = [server.bindir / "pgbench", "-n", "-M", "prepared", "-c", clients, "-j", min(clients, 2), "-t", each]
    command += [word for name, value in variables.items() for word in ("-D", f"{name}={value}")]
    with tempfile.TemporaryDirectory() as logs:
        command += ["-l", f"--log-prefix={logs}/log", "-f", RECEIVE / f"{kind}.sql"]
        words = [str(word) for word in command]
        done = subprocess.run(words, env=environ, check=True, capture_output=True, text=True)
        lines = [line for log in Path(logs).iterdir() for line in log.read_text().splitlines()]
    latencies = sorted(int(line.split()[2]) / 1000 for line in lines)
    rate = next(float(line.split()[2]) for line in done.stdout.splitlines() if line.startswith("tps"))
    return Result(rate, latencies[len(latencies) // 2], latencies[len(latencies) * 99 // 100])
