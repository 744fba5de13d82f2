"""What every command needs: a connection in a role, the value of a function, the settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
import psycopg
from flask import current_app
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row

from app.database.pools import AS_ROLE
from app.operate.postgres.binaries import PostgresError
from app.operate.which_database import database_url
from app.settings import Settings


class Db(psycopg.Connection[dict[str, Any]]):
    """A connection in a role, which it takes anew in each transaction: a pooler may be between."""

    role = ""

    @contextmanager
    def transaction(self, *arguments: Any, **options: Any) -> Iterator[psycopg.Transaction]:
        """See psycopg.Connection.transaction."""
        is_outer = self.info.transaction_status == TransactionStatus.IDLE
        with super().transaction(*arguments, **options) as begun:
            if is_outer:
                super().execute(AS_ROLE, [True, self.role])
                super().execute("select set_config('role', %s, true)", [self.role])
            yield begun

    def execute(self, *arguments: Any, **options: Any) -> psycopg.Cursor[dict[str, Any]]:
        """See psycopg.Connection.execute; without a transaction around it, in one of its own."""
        if self.info.transaction_status != TransactionStatus.IDLE:
            return super().execute(*arguments, **options)
        with self.transaction():
            return super().execute(*arguments, **options)


def connect(role: str) -> Db:
    """The database of DATABASE_URL in a role, each statement its own commit. Raises ClickException."""
    try:
        connection = Db.connect(
            database_url(),
            autocommit=True,
            application_name="handoff command",
            connect_timeout=10,
            prepare_threshold=None,
            row_factory=dict_row,
        )
        connection.role = role
        connection.execute("select")
    except (psycopg.Error, PostgresError) as error:
        raise click.ClickException(f"no database to work on: {str(error).splitlines()[0]}") from error
    return connection


def value(db: Db, sql: str, *arguments: object) -> Any:
    """The one value of a statement, None without a row; an error of ours becomes one clear line."""
    try:
        row = db.execute(sql.encode(), arguments).fetchone()
    except psycopg.Error as error:
        hint = error.diag.message_hint
        raise click.ClickException(f"{error.diag.message_primary}. {hint or ''}".strip()) from error
    return next(iter(row.values())) if row else None


def settings() -> Settings:
    """The settings of the current application."""
    held: Settings = current_app.config["HANDOFF"]
    return held
