"""Brings a database to the state of the files under db/: roles, migrations, functions, policies.

One command, safe to repeat and to kill: everything under one advisory lock, every migration in one transaction with the
note that it was applied, functions and policies in one transaction.
"""

import hashlib
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict
from yoyo import read_migrations
from yoyo.backends.core.postgresql import PostgresqlPsycopgBackend
from yoyo.connections import DatabaseURI

from app.dev.target import database_url

ROOT = Path(__file__).resolve().parent.parent / "db"
LOCK_KEY = 7_232_117_001
LOCK_WAIT = "60s"
# Shorter than deadlock_timeout (1 s): when a running event and we wait for each other, it is we who give way.
CODE_LOCK_WAIT = "500ms"
CODE_TRIES = 40
FUNCTION = re.compile(r"^create or replace (?:function|procedure) (\w+)\.(\w+)\s*\(", re.MULTILINE)


class DeployError(Exception):
    """The database or the files are not fit for a deploy; the text says what to do."""


def fingerprint() -> str:
    """One hash of all files that a deploy applies, as handoff.deployed_fingerprint() gives it for the database."""
    lines = sorted(f"{path} {sha256}" for path, sha256 in _hashes().items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def deploy(url: str) -> list[str]:
    """Deploys to the database of a libpq URI and returns what was done, a line each; no line: nothing was to do.

    Raises DeployError, or psycopg.Error when the server refuses.
    """
    with psycopg.connect(url, autocommit=True, application_name="handoff deploy") as connection:
        _check_server(connection)
        connection.execute("select set_config('lock_timeout', %s, false)", [LOCK_WAIT])
        try:
            connection.execute("select pg_advisory_lock(%s)", [LOCK_KEY])
        except psycopg.errors.LockNotAvailable as error:
            raise DeployError(f"Another deploy has been running for {LOCK_WAIT}; try again when it is done.") from error
        with connection.transaction():
            connection.execute((ROOT / "bootstrap.sql").read_bytes())
        applied = _deployed(connection)
        _check_drift(applied)
        migrated = _migrate(url, applied)
        lines = [f"applied {path}" for path in migrated]
        lines += [f"applied {path}" for path in _apply_code(connection, applied, after_migration=bool(migrated))]
        _check_orphans(connection)
        return lines


def _check_server(connection: psycopg.Connection) -> None:
    if connection.info.server_version < 150000:
        raise DeployError("PostgreSQL 15 or newer is needed.")
    if connection.info.parameter_status("server_encoding") != "UTF8":
        raise DeployError("The database must have the encoding UTF8.")


def _files(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.sql"), key=lambda path: path.relative_to(ROOT).as_posix())


def _hashes() -> dict[str, str]:
    return {
        path.relative_to(ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for room in ("migrations", "functions", "policies")
        for path in _files(room)
    }


def _deployed(connection: psycopg.Connection) -> dict[str, str]:
    with _as_owner(connection):
        return dict(connection.execute("select f.path, f.sha256 from handoff_ops.deployed_files as f").fetchall())


def _check_drift(applied: dict[str, str]) -> None:
    files = _hashes()
    for path, sha256 in sorted(applied.items()):
        if path.startswith("migrations/") and files.get(path) != sha256:
            what = "was changed" if path in files else "is gone"
            raise DeployError(f"db/{path} {what} after it was applied. Put it back; a change is a new migration.")


def _migrate(url: str, applied: dict[str, str]) -> list[str]:
    """Applies new migrations through yoyo, each in one transaction with yoyo's mark and ours."""
    done = []
    files = _hashes()
    backend = PostgresqlPsycopgBackend(_yoyo_uri(url), "_yoyo_migration")
    with backend:
        backend.init_database()
        backend.create_lock_table()
        # We hold the advisory lock, so a row that is there was left by a deploy that was killed.
        backend.break_lock()
        for migration in backend.to_apply(read_migrations(str(ROOT / "migrations"))):
            path = f"migrations/{migration.id}.sql"
            with backend.transaction():
                migration.process_steps(backend, "apply")
                backend.mark_one(migration)
                backend.execute(
                    "insert into handoff_ops.deployed_files (path, sha256) values (:path, :sha256)",
                    {"path": path, "sha256": files[path]},
                )
            done.append(path)
    return done


def _yoyo_uri(url: str) -> DatabaseURI:
    parts = conninfo_to_dict(url)
    options = f"{parts.pop('options', None) or ''} -c role=handoff_owner -c lock_timeout=5s"
    return DatabaseURI(
        scheme="postgresql+psycopg",
        username=parts.pop("user", None),
        password=parts.pop("password", None),
        hostname=parts.pop("host", None),
        port=parts.pop("port", None),
        database=parts.pop("dbname", None),
        args={**parts, "schema": "handoff_ops", "options": options},
    )


def _apply_code(connection: psycopg.Connection, applied: dict[str, str], *, after_migration: bool) -> list[str]:
    """Re-applies changed functions; all policies when one changed, or when there is something new to protect."""
    files = _hashes()
    functions = [p for p in files if p.startswith("functions/") and applied.get(p) != files[p]]
    policies = [p for p in files if p.startswith("policies/")]
    gone = [p for p in applied if p not in files and not p.startswith("migrations/")]
    unchanged = all(applied.get(p) == files[p] for p in policies) and all(p in applied for p in functions)
    if unchanged and not gone and not after_migration:
        policies = []
    paths = functions + policies
    if not paths and not gone:
        return []
    for attempt in range(CODE_TRIES):
        try:
            with _as_owner(connection):
                connection.execute("select set_config('lock_timeout', %s, true)", [CODE_LOCK_WAIT])
                connection.execute("select set_config('check_function_bodies', 'off', true)")
                for path in paths:
                    _apply_file(connection, path, files[path])
                connection.execute("delete from handoff_ops.deployed_files where path = any(%s)", [gone])
            break
        except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
            if attempt + 1 == CODE_TRIES:
                raise
            time.sleep(0.1)
    return paths + [f"removal of {path}" for path in gone]


def _apply_file(connection: psycopg.Connection, path: str, sha256: str) -> None:
    try:
        connection.execute((ROOT / path).read_bytes())
    except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
        raise
    except psycopg.Error as error:
        raise DeployError(f"db/{path}: {error}") from error
    connection.execute(
        "insert into handoff_ops.deployed_files (path, sha256) values (%s, %s) "
        "on conflict (path) do update set sha256 = excluded.sha256, applied_at = pg_catalog.now()",
        [path, sha256],
    )


def _check_orphans(connection: psycopg.Connection) -> None:
    """`create or replace` never removes: a function that no file defines is one that somebody forgot, or slipped in."""
    defined = {f"{schema}.{name}" for path in _files("functions") for schema, name in _functions_of(path)}
    with _as_owner(connection):
        found = connection.execute(
            "select p.pronamespace::regnamespace || '.' || p.proname, p.oid::regprocedure::text,"
            " count(*) over (partition by p.pronamespace, p.proname)"
            " from pg_catalog.pg_proc as p"
            " where p.pronamespace::regnamespace::text in ('handoff', 'handoff_private', 'handoff_ops')"
            # The constructors of a range type are made with the type.
            " and not exists (select from pg_catalog.pg_range as r"
            "  where p.prorettype in (r.rngtypid, r.rngmultitypid) and p.prolang = 12)"
        ).fetchall()
    for name, signature, overloads in found:
        if name not in defined:
            raise DeployError(f"No file defines the function {signature}. Drop it in a migration, or add its file.")
        if overloads > 1:
            raise DeployError(f"{name} exists with more than one signature. Drop the old one in a migration: {signature}")


def _functions_of(path: Path) -> Iterator[tuple[str, str]]:
    yield from FUNCTION.findall(path.read_text())


class _as_owner:  # noqa: N801 - reads as a phrase where it is used
    """A transaction in the role that owns everything."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._transaction = self._connection.transaction()
        self._transaction.__enter__()
        self._connection.execute("set local role handoff_owner")

    def __exit__(self, *error: object) -> bool | None:
        return self._transaction.__exit__(*error)  # type: ignore[arg-type]


def main() -> int:
    """`make migrate`: deploys to DATABASE_URL."""
    try:
        lines = deploy(database_url())
    except (DeployError, psycopg.Error) as error:
        print(f"deploy failed: {error}", file=sys.stderr)
        return 1
    print("\n".join(lines) if lines else "nothing to do: the database is current")
    return 0


if __name__ == "__main__":
    sys.exit(main())
