"""Migrations: once each, through yoyo, in one transaction with the note that it was applied."""

from __future__ import annotations

from functools import partial
from typing import Any

from psycopg.conninfo import conninfo_to_dict
from yoyo import read_migrations
from yoyo.backends.core.postgresql import PostgresqlPsycopgBackend
from yoyo.connections import DatabaseURI
from yoyo.migrations import Migration

from app.operate.deploy import drift, session
from app.operate.deploy.files import Files
from app.operate.deploy.record import Record
from app.operate.deploy.session import DeployError, giving_way, naming, settle


def check_drift(files: Files, record: Record) -> None:
    """Refuses when an applied migration is not as it was."""
    for path, noted in sorted(record.items()):
        if path.startswith("migrations/") and files.hashes.get(path) != noted.sha256:
            what = "was changed" if path in files.hashes else "is gone"
            raise DeployError(f"db/{path} {what} after it was applied. Put it back; a change is a new migration.")


class Backend(PostgresqlPsycopgBackend):  # type: ignore[misc]
    """yoyo's, with every statement in a transaction in the owner's role: nothing is set for longer than that."""

    lock_timeout = session.DEPLOY_WAIT

    def init_connection(self, connection: Any) -> None:
        """See DatabaseBackend; a setting of the session would be another session's through a pooler."""

    def begin(self) -> None:
        """See DatabaseBackend."""
        super().begin()
        self.execute("set transaction isolation level read committed")
        settle(self.connection, self.lock_timeout)
        self.execute("set local role handoff_owner")
        self.execute("set local search_path = handoff_ops")

    def execute(self, sql: Any, params: Any = None) -> Any:
        """See DatabaseBackend."""
        if self._in_transaction:
            return super().execute(sql, params)
        with self.transaction():
            return super().execute(sql, params)


def migrate(url: str, files: Files, record: Record) -> list[str]:
    """Applies new migrations through yoyo, each in one transaction with yoyo's mark and ours; returns their paths."""
    done: list[str] = []
    if all(path in record for path in files.room("migrations")):
        return done
    with Backend(_yoyo_uri(url), "_yoyo_migration") as backend:
        backend.create_lock_table()
        # We hold the deploy's lock, so a row that is there was left by a deploy that was killed.
        backend.break_lock()
        new = backend.to_apply(read_migrations(str(files.root / "migrations")))
        for migration in new:
            path = f"migrations/{migration.id}.sql"
            giving_way(partial(_apply, backend, migration, path, files.hashes[path]))
            done.append(path)
    return done


def _apply(backend: Backend, migration: Migration, path: str, sha256: str, wait: str) -> None:
    backend.lock_timeout = wait
    with naming(path), backend.transaction(), drift.noting(backend.connection):
        migration.process_steps(backend, "apply")
        backend.mark_one(migration, log=False)  # its log wants the name of the account, and not all have one
        backend.execute(
            "insert into handoff_ops.deployed_files (path, sha256) values (:path, :sha256)",
            {"path": path, "sha256": sha256},
        )


def _yoyo_uri(url: str) -> DatabaseURI:
    parts = conninfo_to_dict(url)
    ours = {"application_name": "handoff migration", "client_encoding": "utf8", "prepare_threshold": None}
    return DatabaseURI(
        scheme="postgresql+psycopg",
        username=parts.pop("user", None),
        password=parts.pop("password", None),
        hostname=parts.pop("host", None),
        port=parts.pop("port", None),
        database=parts.pop("dbname", None),
        args={**parts, **ours},
    )
