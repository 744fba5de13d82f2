"""The connections of a process: who each one is, how it is made, kept and given back.

Webhooks get connections that have their one role from the start, so that an event is one statement.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg
from psycopg.rows import dict_row, scalar_row
from psycopg_pool import ConnectionPool

from app.database.deadlines import left
from app.settings import Settings

log = logging.getLogger("handoff.database")

POOL_SIZE = 4  # threads of a worker: nobody waits for another thread's connection
POOL_SECONDS = 1.5
IDLE_SECONDS = 1.0  # a connection that was used since is taken as it is, where who uses it can begin anew
ANSWER_SECONDS = 4.0  # a server that hangs answers nothing, not even that the statement took too long
# The settings that a role has by default in this database, for who takes it later; see db/bootstrap.sql.
AS_ROLE = """
select set_config(split_part(c.setting, '=', 1), substr(c.setting, strpos(c.setting, '=') + 1), %s)
from pg_catalog.pg_db_role_setting as s
join pg_catalog.pg_database as d on d.oid = s.setdatabase
cross join unnest(s.setconfig) as c (setting)
where d.datname = current_database() and s.setrole = to_regrole(%s) and c.setting not like 'role=%%'
"""
LOGINS = {
    "pages": ("handoff_pages_login", "handoff_pages_login"),
    "webhook": ("handoff_webhook_login", "handoff_webhook"),
    "worker": ("handoff_worker_login", "handoff_worker"),
}
# A pooler hands out another connection, which does not know what was prepared.
OPTIONS: dict[str, Any] = {"autocommit": True, "connect_timeout": 3, "prepare_threshold": None}
KEPT_ALIVE: dict[str, Any] = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
POOLED = "DATABASE_URL leads through a pooler, which keeps no role: set PAGES_DATABASE_URL and WEBHOOK_DATABASE_URL"


class PatientConnection(psycopg.Connection[Any]):
    """A connection that waits ANSWER_SECONDS for an answer, then is closed: what it was doing is not known."""

    used_at = float("-inf")

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """See psycopg.Connection.wait; raises OperationalError when no answer comes in time."""
        try:
            return super().wait(gen, interval, left(ANSWER_SECONDS) if timeout is None else timeout)
        except psycopg.errors._WaitTimeout as error:  # psycopg has no public name for it
            self.close()
            raise psycopg.OperationalError("no answer in time") from error


class Pools:
    """The pools of a process, opened on first use: after the web server's fork."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._pools: dict[str, ConnectionPool[PatientConnection]] = {}

    def get(self, kind: str) -> ConnectionPool[PatientConnection]:
        """The pool 'pages', 'webhook' or 'worker'."""
        with self._lock:
            if kind not in self._pools:
                self._pools[kind] = self._open(kind)
            return self._pools[kind]

    def close(self) -> None:
        """Closes every connection."""
        with self._lock:
            for pool in self._pools.values():
                pool.close()
            self._pools.clear()

    def connect(self, kind: str) -> psycopg.Connection[Any]:
        """A connection of its own, as one of the pool's, which waits for an answer as long as it takes."""
        held = psycopg.connect(self._url(kind), **OPTIONS, **KEPT_ALIVE, application_name=f"handoff {kind}")
        self._configure(kind, held)
        return held

    def _open(self, kind: str) -> ConnectionPool[PatientConnection]:
        if self._own(kind) is None:
            log.warning(
                "%s_DATABASE_URL is not set: connecting with DATABASE_URL, whose login could do more", kind.upper()
            )
        return ConnectionPool(
            self._url(kind),
            connection_class=PatientConnection,
            kwargs={**OPTIONS, "row_factory": dict_row, "application_name": f"handoff {kind}"},
            configure=partial(self._configure, kind),
            min_size=1,
            max_size=POOL_SIZE,
            timeout=POOL_SECONDS,
            reconnect_timeout=5,
            open=True,
        )

    def _own(self, kind: str) -> str | None:
        return {
            "pages": self._settings.pages_database_url,
            "webhook": self._settings.webhook_database_url,
            "worker": self._settings.worker_database_url,
        }[kind]

    def _url(self, kind: str) -> str:
        return self._own(kind) or self._settings.database_url or ""

    def _configure(self, kind: str, connection: psycopg.Connection[Any]) -> None:
        """Makes the session of another login what that of our own is by default."""
        if self._own(kind) is None:
            if is_pooled(connection):
                raise psycopg.OperationalError(POOLED)
            # Pages switch their role per transaction; the others' one role is for good.
            login, role = LOGINS[kind]
            connection.execute(AS_ROLE, [False, login])
            connection.execute(f"set role {role}".encode())


def is_pooled(connection: psycopg.Connection[Any]) -> bool:
    """Whether a pooler is between: it tells a process of its own making, and not the server's."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        return bool(cursor.execute("select pg_backend_pid()").fetchone() != connection.info.backend_pid)


@contextmanager
def taken(pool: ConnectionPool[PatientConnection], idle_seconds: float = IDLE_SECONDS) -> Iterator[PatientConnection]:
    """A connection of the pool for a block; one that was not used for so long is tried before.

    Raises PoolTimeout, OperationalError.
    """
    held = _living(pool, idle_seconds)
    try:
        with held, _given_up_when_read_only(held):
            yield held
    finally:
        held.used_at = time.monotonic()
        pool.putconn(held)


def _living(pool: ConnectionPool[PatientConnection], idle_seconds: float) -> PatientConnection:
    """A connection of the pool, and not one that was cut while nobody used it.

    The pool's own check waits longer and longer between two tries; after a pause every connection may be dead.
    """
    deadline = time.monotonic() + left(POOL_SECONDS)
    while True:
        held = pool.getconn(timeout=deadline - time.monotonic())
        if time.monotonic() - held.used_at < idle_seconds:
            return held
        try:
            held.execute("")
        except psycopg.OperationalError:
            held.close()
            pool.putconn(held)
        else:
            return held


@contextmanager
def _given_up_when_read_only(held: PatientConnection) -> Iterator[None]:
    try:
        yield
    except psycopg.errors.ReadOnlySqlTransaction:
        held.close()  # after a failover it leads to the old server; the pool's next one finds the new one
        raise
