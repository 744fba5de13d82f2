"""A database that lives as long as a simulation, with a clock that skips time. No other ever gets that clock."""

from __future__ import annotations

import re
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from app.database.pools import AS_ROLE
from app.operate.deploy import deploy
from app.operate.postgres import embedded
from app.operate.which_database import own_database_url

Connection = psycopg.Connection[dict[str, Any]]
CLOCK = Path(__file__).with_name("clock.sql")
DBNAME = re.compile(r"^(postgres(?:ql)?://[^/?]*)(/[^?]*)?")


@contextmanager
def throw_away_database() -> Iterator[str]:
    """The URL of a superuser's; on the server of DEMO_DATABASE_URL, else on an embedded one. Gone after the block.

    Raises SettingsError, PostgresError, DeployError, psycopg.Error.
    """
    if server := own_database_url("DEMO_DATABASE_URL"):
        with _database_on(server) as url:
            _prepare(url)
            yield url
        return
    with tempfile.TemporaryDirectory(prefix="handoff-days-") as directory:
        own = embedded.start(Path(directory) / "pg", fast=True)
        try:
            _prepare(own.url())
            yield own.url()
        finally:
            own.destroy()


def connect(url: str, role: str) -> Connection:
    """A connection that has a role for good, each statement its own commit."""
    connection = psycopg.connect(url, autocommit=True, application_name="handoff days", row_factory=dict_row)
    connection.execute(AS_ROLE, [False, role])
    connection.execute(sql.SQL("set role {}").format(sql.Identifier(role)))
    return connection


@contextmanager
def _database_on(server: str) -> Iterator[str]:
    name = f"handoff_days_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        create = sql.SQL("create database {} encoding 'UTF8' template template0")
        connection.execute(create.format(sql.Identifier(name)))
        try:
            yield DBNAME.sub(rf"\g<1>/{name}", server)
        finally:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _prepare(url: str) -> None:
    """Deploys, and puts the clock in, before anybody else is there. What is committed need not outlive the server."""
    deploy(url)
    with psycopg.connect(url, autocommit=True) as connection:
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("alter database {} set synchronous_commit = off").format(name))
        connection.execute(CLOCK.read_bytes())
