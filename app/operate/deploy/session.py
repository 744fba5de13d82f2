"""How a deploy works in the database: in whose name, how long it waits, and what its errors say."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import psycopg

DEPLOY_WAIT = "60s"
# Shorter than deadlock_timeout (1 s): when a running event and we wait for each other, it is we who give way.
LOCK_WAIT = "500ms"
TRIES = 40

Connection = psycopg.Connection[Any]
Result = TypeVar("Result")


class DeployError(Exception):
    """The database or the files are not fit for a deploy; the text says what to do."""


class Busy(DeployError):
    """Somebody else held a lock for too long."""


def settle(connection: Connection, lock_timeout: str) -> None:
    """Waits for locks no longer than this, works as long as it takes, and ends when we are killed."""
    connection.execute("select set_config('lock_timeout', %s, false)", [lock_timeout])
    connection.execute("set statement_timeout = 0")
    with suppress(psycopg.errors.InvalidParameterValue):  # a server on Windows can't look
        connection.execute("set client_connection_check_interval = '1s'")


@contextmanager
def as_owner(connection: Connection) -> Iterator[None]:
    """A transaction in the role that owns everything; the server prints names with their schemas."""
    with connection.transaction():
        connection.execute("set local role handoff_owner")
        connection.execute("set local search_path = pg_catalog, pg_temp")
        yield


def giving_way(work: Callable[[], Result]) -> Result:
    """Does what is one transaction; when somebody is in its way, gives up the locks and tries again."""
    for _ in range(TRIES - 1):
        with suppress(Busy):
            return work()
        time.sleep(0.1)
    return work()


@contextmanager
def naming(path: str) -> Iterator[None]:
    """Errors of the server name the file."""
    try:
        yield
    except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected, psycopg.errors.QueryCanceled) as error:
        raise Busy(f"db/{path}: {error}. Somebody else uses it (a backup, a report?); try again later.") from error
    except psycopg.Error as error:
        raise DeployError(f"db/{path}: {error}") from error
