"""Connections to PostgreSQL: who each one is, how long it may take, and what is raised when there is none.

Pages get one transaction in the role of the person, with the claims set: row-level security decides what they see.
Webhooks get connections that took their one role when they were opened, so that an event is one statement.
"""

from __future__ import annotations

import json
import logging
import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any, NamedTuple, cast

import psycopg
from flask import current_app
from psycopg.rows import DictRow, dict_row, scalar_row
from psycopg_pool import ConnectionPool, PoolTimeout

from app.settings import Settings

log = logging.getLogger("handoff.database")

POOL_SIZE = 4  # threads of a worker: nobody waits for another thread's connection
POOL_SECONDS = 1.5
IDLE_SECONDS = 1.0  # a connection that was used since is taken as it is
ANSWER_SECONDS = 4.0  # a server that hangs answers nothing, not even that the statement took too long
# The settings that a role has by default in this database, for who takes it later; see db/bootstrap.sql.
AS_ROLE = """
select set_config(split_part(c.setting, '=', 1), substr(c.setting, strpos(c.setting, '=') + 1), %s)
from pg_catalog.pg_db_role_setting as s
join pg_catalog.pg_database as d on d.oid = s.setdatabase
cross join unnest(s.setconfig) as c (setting)
where d.datname = current_database() and s.setrole = to_regrole(%s) and c.setting not like 'role=%%'
"""
RETRIED = (
    psycopg.errors.SerializationFailure,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.AdminShutdown,
    psycopg.errors.IdleSessionTimeout,
)
LOGINS = {
    "pages": ("handoff_pages_login", "handoff_pages_login"),
    "webhook": ("handoff_webhook_login", "handoff_webhook"),
}
# A pooler hands out another connection, which does not know what was prepared.
OPTIONS: dict[str, Any] = {"autocommit": True, "connect_timeout": 3, "prepare_threshold": None}
KEPT_ALIVE: dict[str, Any] = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
POOLED = "DATABASE_URL leads through a pooler, which keeps no role: set PAGES_DATABASE_URL and WEBHOOK_DATABASE_URL"
_deadline: ContextVar[float] = ContextVar("deadline", default=math.inf)
_queued: ContextVar[float] = ContextVar("queued", default=0.0)


class DatabaseUnavailable(Exception):
    """The pool is exhausted or the database is out of reach: our trouble, to be answered with 503."""


class Identity(NamedTuple):
    """A signed-in person; role is 'student' or 'admin'."""

    profile_id: str
    role: str
    full_name: str
    email: str


@contextmanager
def queued(seconds: float) -> Iterator[None]:
    """The request of this block has waited that long for a thread already."""
    token = _queued.set(seconds)
    try:
        yield
    finally:
        _queued.reset(token)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """All waiting for a thread and, in this block, for the database takes no longer than that together."""
    token = _deadline.set(time.monotonic() + seconds - _queued.get())
    try:
        yield
    finally:
        _deadline.reset(token)


def _left(most: float) -> float:
    return max(0.0, min(most, _deadline.get() - time.monotonic()))


class PatientConnection(psycopg.Connection[Any]):
    """A connection that waits ANSWER_SECONDS for an answer, then is closed: what it was doing is not known."""

    used_at = float("-inf")

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """See psycopg.Connection.wait; raises OperationalError when no answer comes in time."""
        try:
            return super().wait(gen, interval, _left(ANSWER_SECONDS) if timeout is None else timeout)
        except psycopg.errors._WaitTimeout as error:  # psycopg has no public name for it
            self.close()
            raise psycopg.OperationalError("no answer in time") from error


class Pools:
    """The two pools of a process, opened on first use: after the web server's fork."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._pools: dict[str, ConnectionPool[PatientConnection]] = {}

    def get(self, kind: str) -> ConnectionPool[PatientConnection]:
        """The pool 'pages' or 'webhook'."""
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
        return {"pages": self._settings.pages_database_url, "webhook": self._settings.webhook_database_url}[kind]

    def _url(self, kind: str) -> str:
        return self._own(kind) or self._settings.database_url or ""

    def _configure(self, kind: str, connection: psycopg.Connection[Any]) -> None:
        """Makes the session of another login what that of our own is by default."""
        if self._own(kind) is None:
            if is_pooled(connection):
                raise psycopg.OperationalError(POOLED)
            # Pages switch their role per transaction; the webhook's one role is for good.
            login, role = LOGINS[kind]
            connection.execute(AS_ROLE, [False, login])
            connection.execute(f"set role {role}".encode())


def is_pooled(connection: psycopg.Connection[Any]) -> bool:
    """Whether a pooler is between: it tells a process of its own making, and not the server's."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        return bool(cursor.execute("select pg_backend_pid()").fetchone() != connection.info.backend_pid)


def pools() -> Pools:
    """The pools of the current application."""
    held: Pools = current_app.extensions["handoff_pools"]
    return held


@contextmanager
def connection(kind: str) -> Iterator[psycopg.Connection[DictRow]]:
    """A pooled connection in autocommit. Raises DatabaseUnavailable when there is none, or when it breaks."""
    if _left(math.inf) == 0.0:
        raise DatabaseUnavailable("no time is left")
    try:
        with _taken(pools().get(kind)) as held, _given_up_when_read_only(held):
            yield held
    except (PoolTimeout, psycopg.OperationalError) as error:
        raise DatabaseUnavailable(error.sqlstate or str(error).strip()) from error


@contextmanager
def _taken(pool: ConnectionPool[PatientConnection]) -> Iterator[PatientConnection]:
    held = _living(pool)
    try:
        with held:
            yield held
    finally:
        held.used_at = time.monotonic()
        pool.putconn(held)


def _living(pool: ConnectionPool[PatientConnection]) -> PatientConnection:
    """A connection of the pool, and not one that was cut while nobody used it.

    The pool's own check waits longer and longer between two tries; after a pause every connection may be dead.
    """
    deadline = time.monotonic() + _left(POOL_SECONDS)
    while True:
        held = pool.getconn(timeout=deadline - time.monotonic())
        if time.monotonic() - held.used_at < IDLE_SECONDS:
            return held
        try:
            held.execute("")
        except psycopg.OperationalError:
            held.close()
            pool.putconn(held)
        else:
            return held


@contextmanager
def _given_up_when_read_only(held: psycopg.Connection[DictRow]) -> Iterator[None]:
    try:
        yield
    except psycopg.errors.ReadOnlySqlTransaction:
        held.close()  # after a failover it leads to the old server; the pool's next one finds the new one
        raise


@contextmanager
def _transaction(role: str, claims: dict[str, str]) -> Iterator[psycopg.Connection[DictRow]]:
    with connection("pages") as held, held.transaction():
        held.execute(
            "select set_config('role', %s, true), set_config('request.jwt.claims', %s, true)",
            [role, json.dumps(claims)],
        )
        yield held


@contextmanager
def as_visitor() -> Iterator[psycopg.Connection[DictRow]]:
    """One transaction as handoff_public; rows are dicts. Raises DatabaseUnavailable."""
    with _transaction("handoff_public", {}) as held:
        yield held


@contextmanager
def as_person(identity: Identity) -> Iterator[psycopg.Connection[DictRow]]:
    """One transaction in the role of a person, with its claims; rows are dicts. Raises DatabaseUnavailable."""
    role = {"student": "handoff_student", "admin": "handoff_admin"}[identity.role]
    with _transaction(role, {"sub": identity.profile_id}) as held:
        yield held


def refused_field(receipt: str) -> str | None:
    """The field for which a webhook was rejected; None when it can't be told: the answer is then without it."""
    try:
        with connection("webhook") as held:
            row = held.execute("select handoff.refused_field(%s) as field", [receipt]).fetchone()
    except (DatabaseUnavailable, psycopg.Error) as error:
        log.warning("the field of a rejected delivery is not told: %s", type(error).__name__)
        return None
    return row["field"] if row else None


def receive_partner_event(slug: str, key: str, body: bytes, context: dict[str, object]) -> DictRow:
    """Stores and applies one webhook: the row of handoff.event_receipt.

    Tried again while time is left when the server chose us in a deadlock, or the connection was gone already, and once
    when a function is missing: a deploy may just have changed its arguments. The key makes a second try harmless.
    Raises DatabaseUnavailable or psycopg.Error.
    """
    was_missing = False
    while True:
        try:
            with connection("webhook") as held:
                row = held.execute(
                    "select * from handoff.receive_partner_event(%s, %s, %s, 'webhook', %s)",
                    [slug, key, body, json.dumps(context)],
                ).fetchone()
                return cast(DictRow, row)
        except DatabaseUnavailable as error:
            if not _is_passing(error.__cause__) or _left(math.inf) == 0.0:
                raise
        except psycopg.errors.UndefinedFunction:
            if was_missing:
                raise
            was_missing = True


def _is_passing(error: BaseException | None) -> bool:
    lost = isinstance(error, psycopg.OperationalError) and not isinstance(error, PoolTimeout) and error.sqlstate is None
    return lost or isinstance(error, RETRIED)
