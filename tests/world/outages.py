"""A PostgreSQL of its own that may be broken, in every way that a partner's delivery can meet."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path

import psycopg
from psycopg.rows import DictRow, dict_row

from app.operate.postgres import embedded
from tests.world.partners import Answer
from tests.world.postgres import deploy_and_seed
from tests.world.server import children

PROMISED_SECONDS = 5
RECOVERY_SECONDS = 60
DISK_BYTES = 512 << 20
CUT = """
select pg_catalog.pg_terminate_backend(a.pid) from pg_catalog.pg_stat_activity as a where a.usename like 'handoff%'
"""
RECEIVE = "function handoff.receive_partner_event(text, text, bytea, text, jsonb)"
# Where no disk can be made small and filled: what PostgreSQL says when one is.
FULL_TRIGGER = """
create function public.disk_full() returns trigger language plpgsql as
  $$ begin raise exception using errcode = 'disk_full'; end $$;
create trigger disk_full before insert on handoff.partner_events execute function public.disk_full();
"""
# What stops applying an event: an error of this code, so many times.
FAIL = """
create sequence public.failures;
create function public.fail() returns trigger language plpgsql security definer as
  $$ begin
    if nextval('public.failures') <= {times} then
      raise exception using errcode = '{code}';
    end if;
    return new;
  end $$;
create trigger fail before update on handoff.enrollment_steps for each row execute function public.fail();
"""
# What is called by name and is not there, so many times: a deploy has just given it other arguments.
RECEIVED = RECEIVE.replace("receive_partner_event", "received")
MISS = f"""
create sequence public.misses;
alter {RECEIVE} rename to received;
create {RECEIVE} returns handoff.event_receipt language plpgsql security definer as
  $$ begin
    if nextval('public.misses') <= {{times}} then
      raise undefined_function;
    end if;
    return handoff.received($1, $2, $3, $4, $5);
  end $$;
grant execute on {RECEIVE} to handoff_webhook;
"""


class Database:
    """A cluster that may be broken, and the faults. `durable`: it may crash, so commits are written at once."""

    def __init__(self, directory: Path, bindir: Path | None, *, durable: bool = False) -> None:
        self._directory, self._bindir, self._durable = directory, bindir, durable
        self.start()

    def start(self) -> None:
        """Runs it, also after it was stopped or has crashed."""
        self.cluster = embedded.start(self._directory, fast=not self._durable, bindir=self._bindir)

    def deploy(self) -> None:
        """Handoff and its seeds in it."""
        deploy_and_seed(self.cluster.url())

    def connect(self) -> psycopg.Connection[DictRow]:
        """As superuser, each statement its own commit."""
        writing = "-c default_transaction_read_only=off"
        return psycopg.connect(self.cluster.url(), autocommit=True, row_factory=dict_row, options=writing)

    def run(self, statement: str) -> None:
        """One statement, by the superuser, on a connection of its own."""
        with self.connect() as db:
            db.execute(statement.encode())

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Refuses connections."""
        self.cluster.stop()
        try:
            yield
        finally:
            self.start()

    @contextmanager
    def torn_down(self) -> Iterator[None]:
        """Stopped at once, as by a power cut: nothing is finished, and the next start recovers."""
        postmaster = self._postmaster()
        os.kill(postmaster, signal.SIGQUIT)
        try:
            while self.cluster.pid():
                time.sleep(0.01)
            yield
        finally:
            self.start()

    def crash(self, send: Callable[[], object]) -> None:
        """Kills a session in the middle of a transaction that `send` brings: PostgreSQL ends all and recovers."""
        with suppress(psycopg.OperationalError), self.enrollments_locked() as holder:
            send()
            os.kill(self.await_sessions_behind(holder)[0], signal.SIGKILL)
            holder.execute("select pg_catalog.pg_sleep(60)")  # until it is ended
        self.start()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Takes connections and says nothing: a machine that hangs, a network that swallows."""
        postmaster = self._postmaster()
        pids = [postmaster, *children(postmaster)]
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                with suppress(ProcessLookupError):  # it had ended already, and now its postmaster has seen that
                    os.kill(pid, signal.SIGCONT)

    @contextmanager
    def table_locked(self) -> Iterator[None]:
        """Somebody holds the whole inbox."""
        with self.connect() as db, db.transaction():
            db.execute("lock table handoff.partner_events in access exclusive mode")
            yield

    @contextmanager
    def enrollments_locked(self) -> Iterator[psycopg.Connection[DictRow]]:
        """The transaction that holds all enrollments: events get stuck in the middle of theirs."""
        with self.connect() as db, db.transaction():
            db.execute("lock table handoff.enrollments in exclusive mode")
            yield db

    def await_sessions_behind(self, holder: psycopg.Connection[DictRow]) -> list[int]:
        """The sessions that wait for what another one holds, as soon as there is one."""
        with self.connect() as db:
            return await_sessions_behind(db, holder)

    @contextmanager
    def out_of_connections(self) -> Iterator[None]:
        """Everybody's are cut, and nobody but a superuser gets a new one."""
        self.run("alter database handoff connection limit 0")
        self.run(CUT)
        try:
            yield
        finally:
            self.run("alter database handoff connection limit -1")

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """As after a failover to a standby."""
        with self.left_read_only():
            yield
        self.run(CUT)

    @contextmanager
    def left_read_only(self) -> Iterator[None]:
        """The same, and who came meanwhile stays with the standby."""
        self.run("alter database handoff set default_transaction_read_only = on")
        self.run(CUT)
        try:
            yield
        finally:
            self.run("alter database handoff reset default_transaction_read_only")

    @contextmanager
    def without_rights(self) -> Iterator[None]:
        """Somebody took the function's rights away."""
        self.run(f"revoke execute on {RECEIVE} from handoff_webhook")
        try:
            yield
        finally:
            self.run(f"grant execute on {RECEIVE} to handoff_webhook")

    @contextmanager
    def failing(self, code: str, times: int = 1_000_000) -> Iterator[None]:
        """Applying an event ends in an error of this SQLSTATE, so many times."""
        self.run(FAIL.format(code=code, times=times))
        try:
            yield
        finally:
            self.run("drop function public.fail() cascade; drop sequence public.failures")

    @contextmanager
    def missing(self, times: int) -> Iterator[None]:
        """A function that receives events is not found, so many times."""
        self.run(MISS.format(times=times))
        try:
            yield
        finally:
            self.run(f"drop {RECEIVE}; alter {RECEIVED} rename to receive_partner_event; drop sequence public.misses")

    @contextmanager
    def on_a_small_disk(self) -> Iterator[bool]:
        """From now on the data lie on a disk of DISK_BYTES, or else this is false: only root may mount one."""
        data = self.cluster.data
        owner = data.stat()
        options = f"size={DISK_BYTES},mode=0700,uid={owner.st_uid},gid={owner.st_gid}"
        self.cluster.stop()
        copy = data.with_name("data.small")
        data.rename(copy)
        data.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(data)]
        with ExitStack() as undo:
            try:
                mounted = subprocess.run(mount, capture_output=True).returncode == 0
            except FileNotFoundError:
                mounted = False
            if mounted:
                undo.callback(subprocess.run, ["umount", str(data)], check=True)
                undo.callback(self.cluster.stop)
                subprocess.run(["cp", "-a", f"{copy}/.", str(data)], check=True)
                shutil.rmtree(copy)
            else:
                data.rmdir()
                copy.rename(data)
            self.start()
            self.run("alter system set max_wal_size = '128MB'")
            self.run("select pg_catalog.pg_reload_conf()")
            yield mounted

    @contextmanager
    def disk_full(self) -> Iterator[None]:
        """Not a byte is left where the data are."""
        if not os.path.ismount(self.cluster.data):
            self.run(FULL_TRIGGER)
            try:
                yield
            finally:
                self.run("drop function public.disk_full() cascade")
            return
        ballast = self.cluster.data / "ballast"
        try:
            with ballast.open("wb", buffering=0) as file, suppress(OSError):
                while True:
                    file.write(bytes(1 << 16))
            yield
        finally:
            ballast.unlink()
            self.start()  # out of room for its log, it may have stopped

    def _postmaster(self) -> int:
        postmaster = self.cluster.pid()
        assert postmaster
        return postmaster


def await_sessions_behind(db: psycopg.Connection[DictRow], holder: psycopg.Connection[DictRow]) -> list[int]:
    """The sessions that wait for what another one holds, as soon as there is one."""
    deadline = time.monotonic() + RECOVERY_SECONDS
    while time.monotonic() < deadline:
        if pids := sessions_behind(db, holder):
            return pids
    raise AssertionError("nobody waits")


def sessions_behind(db: psycopg.Connection[DictRow], holder: psycopg.Connection[DictRow]) -> list[int]:
    """The sessions that wait for what another one holds, if any."""
    rows = db.execute(
        "select a.pid from pg_catalog.pg_stat_activity as a where %s = any (pg_catalog.pg_blocking_pids(a.pid))",
        [holder.info.backend_pid],
    )
    return [row["pid"] for row in rows]


Fault = Callable[[Database], AbstractContextManager[None]]
FAULTS: dict[str, Fault] = {
    "the database is stopped": Database.stopped,
    "the database hangs": Database.frozen,
    "the inbox is locked": Database.table_locked,
    "the database is out of connections": Database.out_of_connections,
    "the database is read-only": Database.read_only,
    "the rights are wrong": Database.without_rights,
}


def check(answer: Answer) -> None:
    """503 is answered as docs/partners/webhooks.md promises."""
    assert answer.said == "503 unavailable"
    assert set(answer.json) == {"error", "code"}
    assert 1 <= int(answer.headers["Retry-After"]) <= 120
    assert answer.seconds < PROMISED_SECONDS
