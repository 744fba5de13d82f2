"""How a deploy works in the database: in whose name, how long it waits, and what its errors say."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import psycopg

DEPLOY_WAIT = "60s"
# How long each try waits for its locks, in ms: who is only busy is done soon, and who waits for us as we for them would
# be for ever. Shorter than deadlock_timeout (1 s): when a running event and we wait for each other, we give way.
LOCK_WAITS = (50, 100, 200, 500)
TRIES = 120  # with the pauses between them about 45 s

LOCAL = {
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
    "standard_conforming_strings": "on",
    "transform_null_equals": "off",
    "array_nulls": "on",
    "DateStyle": "ISO, MDY",
    "IntervalStyle": "postgres",
    "quote_all_identifiers": "off",
    "row_security": "on",
}
SETTLE = "select set_config(s.name, s.value, true) from unnest(%s::text[], %s::text[]) as s (name, value)"

# Who takes the row is the one deploy; only the owner can.
TAKE_LOCK = "select from handoff_ops.locks as l where l.name = 'deploy' for update"
# Before the first deploy there is no row, and nobody else of ours. After a restore the table may be another's. One that
# lost its row-level security is not locked: the bootstrap has to change it.
FIRST_LOCK = "select pg_advisory_xact_lock(7232117001)"
HAS_LOCK = """
select exists (
  select
  from pg_catalog.pg_class as c
  join pg_catalog.pg_policy as p on p.polrelid = c.oid and p.polname = 'owner_all'
  where c.oid = to_regclass('handoff_ops.locks') and c.relowner = to_regrole('handoff_owner')
    and c.relrowsecurity and c.relforcerowsecurity
)
"""

Connection = psycopg.Connection[Any]
Result = TypeVar("Result")


class DeployError(Exception):
    """The database or the files are not fit for a deploy; the text says what to do."""


class Busy(DeployError):
    """Somebody else held a lock for too long."""


def connect(url: str) -> Connection:
    """A connection for a deploy: each transaction stands by itself, also through a pooler."""
    connection = psycopg.connect(
        url, autocommit=True, application_name="handoff deploy", client_encoding="utf8", prepare_threshold=None
    )
    connection.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
    return connection


def take_lock(guard: Connection) -> None:
    """Waits for a deploy that is running, and keeps others waiting until the guard's transaction ends.

    A transaction's lock ends with it, whoever holds the server's session then. Raises DeployError.
    """
    try:
        settle(guard, DEPLOY_WAIT)
        row = guard.execute(HAS_LOCK).fetchone()
        if row and row[0]:
            guard.execute("set local role handoff_owner")
            guard.execute(TAKE_LOCK)
        else:
            guard.execute(FIRST_LOCK)
    except psycopg.errors.LockNotAvailable as error:
        raise DeployError(f"Another deploy has been running for {DEPLOY_WAIT}; try again later.") from error


def settle(connection: Connection, lock_timeout: str) -> None:
    """For this transaction: waits no longer for a lock, works as long as it takes, and ends when we are killed.

    Every transaction says so anew: a pooler may hand each to another session of the server. How the server reads and
    writes values is not left to its configuration.
    """
    settings = LOCAL | {"lock_timeout": lock_timeout}
    connection.execute(SETTLE, [list(settings), list(settings.values())])
    with suppress(psycopg.errors.InvalidParameterValue), connection.transaction():  # a server on Windows can't look
        connection.execute("set local client_connection_check_interval = '1s'")


@contextmanager
def as_owner(connection: Connection, lock_timeout: str = DEPLOY_WAIT) -> Iterator[None]:
    """A transaction in the role that owns everything; the server prints names with their schemas."""
    with connection.transaction():
        settle(connection, lock_timeout)
        connection.execute("set local role handoff_owner")
        connection.execute("set local search_path = pg_catalog, pg_temp")
        yield


def giving_way(work: Callable[[str], Result]) -> Result:
    """Does what is one transaction; when somebody is in its way, gives up the locks and tries again.

    The work is told how long it may wait for its locks.
    """
    waits = [LOCK_WAITS[number % len(LOCK_WAITS)] for number in range(TRIES)]
    for wait in waits[:-1]:
        with suppress(Busy):
            return work(f"{wait}ms")
        time.sleep(wait / 1000)
    return work(f"{waits[-1]}ms")


@contextmanager
def naming(path: str) -> Iterator[None]:
    """Errors of the server name the file."""
    try:
        yield
    except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected, psycopg.errors.QueryCanceled) as error:
        raise Busy(f"db/{path}: {error}. Somebody else uses it (a backup, a report?); try again later.") from error
    except psycopg.Error as error:
        raise DeployError(f"db/{path}: {error}") from error
