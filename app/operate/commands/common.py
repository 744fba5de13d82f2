"""What every command needs: a connection in a role, the value of a function, the settings."""

from __future__ import annotations

from typing import Any

import click
import psycopg
from flask import current_app
from psycopg.rows import dict_row

from app.operate.postgres.binaries import PostgresError
from app.operate.which_database import database_url
from app.settings import Settings

Db = psycopg.Connection[dict[str, Any]]


def connect(role: str) -> Db:
    """The database of DATABASE_URL in a role, each statement its own commit. Raises ClickException."""
    try:
        connection = psycopg.connect(
            database_url(),
            autocommit=True,
            application_name="handoff command",
            connect_timeout=10,
            row_factory=dict_row,
        )
        connection.execute(f"set role {role}".encode())
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
