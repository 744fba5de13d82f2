"""Brings a database to the state of the files under db/: roles, migrations, functions, policies.

One command, safe to repeat and to kill: everything under one advisory lock, every migration in one transaction with the
note that it was applied, functions and policies in one transaction.
"""

from __future__ import annotations

import hashlib
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from yoyo import read_migrations
from yoyo.backends.core.postgresql import PostgresqlPsycopgBackend
from yoyo.connections import DatabaseURI
from yoyo.migrations import Migration

from app.operate.postgres.embedded import PostgresError
from app.operate.which_database import database_url
from app.settings import SettingsError

ROOT = Path(__file__).resolve().parents[3] / "db"
ROOMS = ("migrations", "functions", "policies")
LOCK_KEY = 7_232_117_001
DEPLOY_WAIT = "60s"
# Shorter than deadlock_timeout (1 s): when a running event and we wait for each other, it is we who give way.
LOCK_WAIT = "500ms"
TRIES = 40
FUNCTION = re.compile(rb"^create or replace (?:function|procedure) (\w+\.\w+)\s*\(", re.MULTILINE)

Connection = psycopg.Connection[Any]


class DeployError(Exception):
    """The database or the files are not fit for a deploy; the text says what to do."""


class Busy(DeployError):
    """Somebody else held a lock for too long."""


@dataclass(frozen=True)
class Files:
    """The files under db/, with the hash that each had when the deploy began."""

    root: Path
    hashes: dict[str, str]

    @classmethod
    def read(cls, root: Path) -> Files:
        """All files of the three rooms, by their path below `root`, in the order in which they are applied."""
        found = {path.relative_to(root).as_posix(): path for room in ROOMS for path in (root / room).rglob("*.sql")}
        return cls(root, {path: hashlib.sha256(found[path].read_bytes()).hexdigest() for path in sorted(found)})

    def room(self, room: str) -> list[str]:
        """The paths in one of the rooms."""
        return [path for path in self.hashes if path.startswith(f"{room}/")]

    def sql(self, path: str) -> bytes:
        """The text of one file."""
        return (self.root / path).read_bytes()

    def functions(self, path: str) -> list[str]:
        """The names, with their schemas, of the functions that a file defines."""
        return [name.decode() for name in FUNCTION.findall(self.sql(path))]


def fingerprint() -> str:
    """One hash of all files that a deploy applies, as handoff.deployed_fingerprint() gives it for the database."""
    lines = sorted(f"{path} {sha256}" for path, sha256 in Files.read(ROOT).hashes.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def deploy(url: str, root: Path = ROOT) -> list[str]:
    """Deploys `root` to the database of a libpq URI and returns what was done, a line each; no line: nothing was to do.

    Raises DeployError, or psycopg.Error when the server refuses.
    """
    files = Files.read(root)
    with psycopg.connect(url, autocommit=True, application_name="handoff deploy", client_encoding="utf8") as connection:
        _check_server(connection)
        _settle(connection, DEPLOY_WAIT)
        try:
            connection.execute("select pg_advisory_lock(%s)", [LOCK_KEY])
        except psycopg.errors.LockNotAvailable as error:
            raise DeployError(f"Another deploy has been running for {DEPLOY_WAIT}; try again later.") from error
        with connection.transaction():
            connection.execute(files.sql("bootstrap.sql"))
        applied = _applied(connection)
        _check_drift(files, applied)
        migrated = _migrate(url, files, applied)
        code = _code_to_apply(connection, files, applied, after_migration=bool(migrated))
        gone = [path for path in applied if path not in files.hashes]
        _giving_way(partial(_apply_code, connection, files, code, gone))
        return [f"applied {path}" for path in migrated + code] + [f"forgot {path}" for path in gone]


def _check_server(connection: Connection) -> None:
    if connection.info.server_version < 150000:
        raise DeployError("PostgreSQL 15 or newer is needed.")
    if connection.info.parameter_status("server_encoding") != "UTF8":
        raise DeployError("The database must have the encoding UTF8.")


def _settle(connection: Connection, lock_timeout: str) -> None:
    """Waits for locks no longer than this, works as long as it takes, and ends when we are killed."""
    connection.execute("select set_config('lock_timeout', %s, false)", [lock_timeout])
    connection.execute("set statement_timeout = 0")
    with suppress(psycopg.errors.InvalidParameterValue):  # a server on Windows can't look
        connection.execute("set client_connection_check_interval = '1s'")


@contextmanager
def _as_owner(connection: Connection) -> Iterator[None]:
    """A transaction in the role that owns everything."""
    with connection.transaction():
        connection.execute("set local role handoff_owner")
        yield


def _applied(connection: Connection) -> dict[str, str]:
    with _as_owner(connection):
        return dict(connection.execute("select f.path, f.sha256 from handoff_ops.deployed_files as f").fetchall())


def _check_drift(files: Files, applied: dict[str, str]) -> None:
    for path, sha256 in sorted(applied.items()):
        if path.startswith("migrations/") and files.hashes.get(path) != sha256:
            what = "was changed" if path in files.hashes else "is gone"
            raise DeployError(f"db/{path} {what} after it was applied. Put it back; a change is a new migration.")


def _migrate(url: str, files: Files, applied: dict[str, str]) -> list[str]:
    """Applies new migrations through yoyo, each in one transaction with yoyo's mark and ours."""
    done: list[str] = []
    if all(path in applied for path in files.room("migrations")):
        return done
    backend = PostgresqlPsycopgBackend(_yoyo_uri(url), "_yoyo_migration")
    with backend:
        _settle(backend.connection, DEPLOY_WAIT)
        backend.create_lock_table()
        # We hold the advisory lock, so a row that is there was left by a deploy that was killed.
        backend.break_lock()
        new = backend.to_apply(read_migrations(str(files.root / "migrations")))
        _settle(backend.connection, LOCK_WAIT)
        for migration in new:
            path = f"migrations/{migration.id}.sql"
            _giving_way(partial(_apply_migration, backend, migration, path, files.hashes[path]))
            done.append(path)
    return done


def _apply_migration(backend: PostgresqlPsycopgBackend, migration: Migration, path: str, sha256: str) -> None:
    with _naming(path), backend.transaction():
        migration.process_steps(backend, "apply")
        backend.mark_one(migration, log=False)  # its log wants the name of the account, and not all have one
        backend.execute(
            "insert into handoff_ops.deployed_files (path, sha256) values (:path, :sha256)",
            {"path": path, "sha256": sha256},
        )


def _yoyo_uri(url: str) -> DatabaseURI:
    parts = conninfo_to_dict(url)
    options = f"{parts.pop('options', None) or ''} -c role=handoff_owner"
    ours = {"schema": "handoff_ops", "application_name": "handoff migration", "client_encoding": "utf8"}
    return DatabaseURI(
        scheme="postgresql+psycopg",
        username=parts.pop("user", None),
        password=parts.pop("password", None),
        hostname=parts.pop("host", None),
        port=parts.pop("port", None),
        database=parts.pop("dbname", None),
        args={**parts, **ours, "options": options},
    )


def _giving_way(work: Callable[[], None]) -> None:
    """Does what is one transaction; when somebody is in its way, lets him pass and tries again."""
    for tries_left in reversed(range(TRIES)):
        try:
            return work()
        except Busy:
            if not tries_left:
                raise
            time.sleep(0.1)


def _apply_code(connection: Connection, files: Files, paths: list[str], gone: list[str]) -> None:
    """Applies functions and policies in one transaction."""
    with _as_owner(connection):
        connection.execute("select set_config('lock_timeout', %s, true)", [LOCK_WAIT])
        connection.execute("set local check_function_bodies = off")
        if any(path.startswith("policies/") for path in paths):
            _lock_tables(connection, files)
        for path in paths:
            with _naming(path):
                connection.execute(files.sql(path))
            _note(connection, path, files.hashes[path])
        connection.execute("delete from handoff_ops.deployed_files where path = any(%s)", [gone])
        _check_functions(connection, files)


def _code_to_apply(
    connection: Connection, files: Files, applied: dict[str, str], *, after_migration: bool
) -> list[str]:
    """Functions that changed; all policies when one changed, or when there is something new to protect."""
    there = {name for name, _, _ in _deployed_functions(connection, files)}
    # A function that was dropped counts as new: by hand, or with a type that a migration replaced.
    lost = {path for path in files.room("functions") if not there.issuperset(files.functions(path))}
    known = {path: sha256 for path, sha256 in applied.items() if path not in lost}
    functions = [path for path in files.room("functions") if known.get(path) != files.hashes[path]]
    policies = files.room("policies")
    reasons = (
        after_migration,
        not known.keys() <= files.hashes.keys(),
        any(path not in known for path in functions),
        any(known.get(path) != files.hashes[path] for path in policies),
    )
    return functions + (policies if any(reasons) else [])


def _lock_tables(connection: Connection, files: Files) -> None:
    connection.execute("select set_config('statement_timeout', %s, true)", [LOCK_WAIT])
    with _naming("lock_tables.sql"):
        connection.execute(files.sql("lock_tables.sql"))
    connection.execute("set local statement_timeout = 0")


def _deployed_functions(connection: Connection, files: Files) -> list[tuple[str, str, int]]:
    """Name, signature and number of overloads of each."""
    return connection.execute(files.sql("deployed_functions.sql")).fetchall()


def _check_functions(connection: Connection, files: Files) -> None:
    """`create or replace` never removes: a function that no file defines is one that somebody forgot, or slipped in."""
    defined = {name for path in files.room("functions") for name in files.functions(path)}
    for name, signature, overloads in _deployed_functions(connection, files):
        if name not in defined:
            raise DeployError(f"No file defines the function {signature}. Drop it in a migration, or add its file.")
        if overloads > 1:
            raise DeployError(
                f"{name} exists with more than one signature. Drop the old one in a migration: {signature}"
            )


def _note(connection: Connection, path: str, sha256: str) -> None:
    connection.execute(
        "insert into handoff_ops.deployed_files (path, sha256) values (%s, %s) "
        "on conflict (path) do update set sha256 = excluded.sha256, applied_at = pg_catalog.now()",
        [path, sha256],
    )


@contextmanager
def _naming(path: str) -> Iterator[None]:
    """Errors of the server name the file."""
    try:
        yield
    except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected, psycopg.errors.QueryCanceled) as error:
        raise Busy(f"db/{path}: {error}. Somebody else uses it (a backup, a report?); try again later.") from error
    except psycopg.Error as error:
        raise DeployError(f"db/{path}: {error}") from error


def main() -> int:
    """`make migrate`: deploys to DATABASE_URL."""
    try:
        lines = deploy(database_url())
    except (DeployError, SettingsError, PostgresError, psycopg.Error) as error:
        print(f"deploy failed: {error}", file=sys.stderr)
        return 1
    print("\n".join(lines) if lines else "nothing to do: the database is current")
    return 0
