"""The worker's server is read-only for a while, or its standby takes over: it goes on by itself."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.operate.postgres.binaries import credentials, runnable_by
from app.operate.postgres.embedded import DATABASE
from tests import ROOT
from tests.world import told
from tests.world.partners import new_secret
from tests.world.postgres import PgServer, deploy_and_seed
from tests.world.told import Partners

PATIENCE = 60.0
PORTS = {"first": 5432, "second": 5433}
CUT = "select pg_terminate_backend(a.pid) from pg_stat_activity as a where a.usename = 'handoff_worker_login'"
SENT = "select count(*) from handoff.outbox as o where o.partner_slug is not null and o.status = 'sent'"
ENROLL = "select handoff.enroll_student(handoff.create_profile(%s, 'Ann Student'), 'cpr-first-aid')"
WRITING = "-c default_transaction_read_only=off"


class Pair:
    """Two clusters in one directory, run by an account that PostgreSQL accepts: the second follows the first."""

    def __init__(self, home: Path, bindir: Path) -> None:
        self._home = home
        self._account = None if os.geteuid() else pwd.getpwnam("nobody")
        if self._account:
            os.chown(home, self._account.pw_uid, self._account.pw_gid)
        self._programs = runnable_by(self._account, bindir, home)
        self.run("initdb", "-U", "postgres", "-E", "UTF8", "--auth=trust", "--no-sync", "-D", home / "first")

    def run(self, program: str, *arguments: str | Path) -> None:
        """One of PostgreSQL's programs."""
        subprocess.run(
            [self._programs / program, *arguments],
            cwd=self._home,
            check=True,
            stdout=subprocess.DEVNULL,
            **credentials(self._account),
        )

    def start(self, name: str) -> str:
        """Starts one of them, and returns the URI of its database."""
        options = f"-c listen_addresses= -c unix_socket_directories={self._home} -c fsync=off -c port={PORTS[name]}"
        self.run("pg_ctl", "start", "-w", "-D", self._home / name, "-l", self._home / f"{name}.log", "-o", options)
        return self.url(name)

    def stop(self, name: str, how: str) -> None:
        """Stops one of them; `how`: fast, or immediate as when its machine is lost."""
        self.run("pg_ctl", "stop", "-w", "-m", how, "-D", self._home / name)

    def follow(self) -> None:
        """The second copies the first, and then follows it."""
        source = self.url("first", "postgres")
        self.run("pg_basebackup", "-R", "-c", "fast", "-d", source, "-D", self._home / "second")
        self.start("second")

    def take_over(self) -> None:
        """The second becomes the one that writes."""
        self.run("pg_ctl", "promote", "-w", "-D", self._home / "second")

    def url(self, name: str, dbname: str = DATABASE) -> str:
        """A libpq URI of a database of one of them, as superuser."""
        return f"postgresql://postgres@/{dbname}?host={self._home}&port={PORTS[name]}"

    @property
    def workers_url(self) -> str:
        """Of whichever of the two writes."""
        places = f"host={self._home},{self._home}&port={','.join(map(str, PORTS.values()))}"
        return f"postgresql://handoff_worker_login@/{DATABASE}?{places}&target_session_attrs=read-write"


@pytest.fixture
def pair(pg_server: PgServer) -> Iterator[Pair]:
    """The first one runs."""
    if pg_server.bindir is None:
        pytest.skip("TEST_PG_BINDIR does not say where pg_basebackup is")
    home = Path(tempfile.mkdtemp(prefix="handoff-", dir="/var/tmp"))
    pair = Pair(home, pg_server.bindir)
    try:
        pair.start("first")
        value(pair.url("first", "postgres"), f"create database {DATABASE} encoding 'UTF8' template template0")
        yield pair
    finally:
        for name in PORTS:
            if (home / name / "postmaster.pid").exists():
                pair.stop(name, "immediate")
        shutil.rmtree(home)


@contextmanager
def worker(url: str, partners: Partners) -> Iterator[subprocess.Popen[bytes]]:
    """A worker on a database."""
    environ = {
        "PATH": "/usr/bin:/bin",
        "WORKER_DATABASE_URL": url,
        "HANDOFF_OUTGOING_TEST_HOSTS": partners.host,
        "PARTNER_OUTGOING_SECRET_HSI": new_secret(),
    }
    process = subprocess.Popen([sys.executable, "-m", "app.worker"], cwd=ROOT, env=environ)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def eventually(is_so: Callable[[], object]) -> None:
    """Waits until it is."""
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.05)


def value(url: str, statement: str, *arguments: object) -> Any:
    """The one value of a statement."""
    with psycopg.connect(url, autocommit=True, options=WRITING) as db:
        answer = db.execute(statement.encode(), arguments)
        row = answer.fetchone() if answer.description else None
    return row[0] if row else None


def tell(url: str, partners: Partners) -> None:
    """HSI is told of its students from now on."""
    value(url, "update handoff.partners set enroll_url = %s where slug = 'hsi' returning 1", partners.url("hsi"))


def test_it_goes_on_when_its_standby_has_taken_over(pair: Pair) -> None:
    deploy_and_seed(pair.url("first"))
    with told.partners() as partners:
        tell(pair.url("first"), partners)
        pair.follow()
        with worker(pair.workers_url, partners) as process:
            value(pair.url("first"), ENROLL, "before@school.example")
            eventually(lambda: value(pair.url("first"), SENT) == 1)
            eventually(lambda: value(pair.url("second"), SENT) == 1)
            pair.stop("first", "immediate")
            pair.take_over()
            value(pair.url("second"), ENROLL, "after@school.example")
            eventually(lambda: value(pair.url("second"), SENT) == 2)
            assert process.poll() is None
        assert [message.said["student_email"] for message in partners.told] == [
            "before@school.example",
            "after@school.example",
        ]


def test_it_waits_for_a_server_that_is_read_only(db: psycopg.Connection[Any], db_url: str, pg_server: PgServer) -> None:
    database = db.info.dbname
    with told.partners() as partners:
        tell(db_url, partners)
        value(db_url, ENROLL, "ann@school.example")
        db.execute(f'alter database "{database}" set default_transaction_read_only = on'.encode())
        with worker(pg_server.url(database, "handoff_worker_login"), partners) as process:
            tried = "select count(*) > 0 from pg_stat_activity as a where a.usename = 'handoff_worker_login'"
            eventually(lambda: value(db_url, tried))
            eventually(lambda: not value(db_url, tried))  # it has given that connection up
            assert partners.told == []
            db.execute(f'alter database "{database}" reset default_transaction_read_only'.encode())
            value(db_url, CUT)
            eventually(lambda: value(db_url, SENT) == 1)
            assert process.poll() is None
            # One whose sessions are open already becomes read-only under them.
            db.execute(f'alter database "{database}" set default_transaction_read_only = on'.encode())
            value(db_url, CUT)
            value(db_url, ENROLL, "ben@school.example")
            db.execute(f'alter database "{database}" reset default_transaction_read_only'.encode())
            eventually(lambda: value(db_url, SENT) == 2)
        assert len(partners.told) == 2
