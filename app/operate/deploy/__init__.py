"""Brings a database to the state of the files under db/: roles, migrations, functions, policies.

One command, safe to repeat and to kill: everything under one lock, every migration in one transaction with the note
that it was applied, functions and policies in one transaction.
"""

from __future__ import annotations

import sys
from pathlib import Path

import psycopg

from app.operate.deploy import code, drift, session
from app.operate.deploy.files import ROOT, Files, fingerprint
from app.operate.deploy.migrations import check_drift, migrate
from app.operate.deploy.record import read_record
from app.operate.deploy.session import Busy, Connection, DeployError, settle
from app.operate.postgres.embedded import PostgresError
from app.operate.which_database import database_url
from app.settings import SettingsError

__all__ = ["ROOT", "Busy", "DeployError", "deploy", "fingerprint", "main"]

RESTORED = "restored from a dump: mails about what was before are in doubt"


def deploy(url: str, root: Path = ROOT) -> list[str]:
    """Deploys `root` to the database of a libpq URI and returns what was done, a line each; no line: nothing was to do.

    Raises DeployError, or psycopg.Error when the server refuses.
    """
    files = Files.read(root)
    with session.connect(url) as guard, guard.transaction():
        _check_server(guard)
        session.take_lock(guard)
        with session.connect(url) as connection:
            restored = drift.restore_itself(connection, files)
            found = drift.found(connection)
            with connection.transaction():
                settle(connection, session.DEPLOY_WAIT)
                with drift.noting(connection):
                    connection.execute(files.sql("bootstrap.sql"))
            session.take_lock(guard)
            record = read_record(connection)
        check_drift(files, record)
        migrated = migrate(url, files, record)
        # A new one: while migrations ran on theirs, a server that ends idle sessions had ended this one.
        with session.connect(url) as connection:
            plan = code.plan(connection, files, record, after_migration=bool(migrated))
            done = restored + [f"applied {path}" for path in migrated] + code.apply(connection, files, record, plan)
            done += _indexed(connection, files)
            return done + drift.compared(found, drift.found(connection)) + _restored(connection, files)


def _restored(connection: Connection, files: Files) -> list[str]:
    if not any(path.endswith("/find_home.sql") for path in files.room("functions")):
        return []
    with session.as_owner(connection):
        row = connection.execute("select handoff.find_home()").fetchone()
    restored = row is not None and row[0] == "restored"
    return [RESTORED] if restored else []


def _indexed(connection: Connection, files: Files) -> list[str]:
    if not any(path.endswith("/index_people.sql") for path in files.room("functions")):
        return []
    with session.as_owner(connection):
        row = connection.execute("select handoff_private.index_people()").fetchone()
    people = row[0] if row else 0
    return [f"made the words by which {people} people are found"] if people else []


def _check_server(connection: Connection) -> None:
    if connection.info.server_version < 150000:
        raise DeployError("PostgreSQL 15 or newer is needed.")
    if connection.info.parameter_status("server_encoding") != "UTF8":
        raise DeployError("The database must have the encoding UTF8.")


def main() -> int:
    """`make migrate`: deploys to DATABASE_URL."""
    try:
        lines = deploy(database_url())
    except (DeployError, SettingsError, PostgresError, psycopg.Error) as error:
        print(f"deploy failed: {error}", file=sys.stderr)
        return 1
    print("\n".join(lines) if lines else "nothing to do: the database is current")
    return 0
