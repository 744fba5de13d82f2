"""The PostgreSQL server on which tests make their databases, and what it takes to make one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from app.operate.deploy import deploy
from app.operate.postgres import embedded
from app.operate.seed import seed
from tests import ROOT

WORK = ".pg-test-"  # + process id

# `create database ... template` copies neither the settings of roles in a database nor its grants.
COPY_SETTINGS = """
with source as (select oid, datacl from pg_catalog.pg_database where datname = %(source)s),
     target as (select oid from pg_catalog.pg_database where datname = %(target)s),
     settings as (
       insert into pg_catalog.pg_db_role_setting (setdatabase, setrole, setconfig)
       select target.oid, setting.setrole, setting.setconfig
         from target, source join pg_catalog.pg_db_role_setting as setting on setting.setdatabase = source.oid)
update pg_catalog.pg_database as database set datacl = source.datacl
  from source, target where database.oid = target.oid
"""


@dataclass(frozen=True)
class Pooler:
    """Where a pooler listens."""

    directory: str
    port: int

    def url(self, dbname: str, user: str) -> str:
        """A libpq URI of a database behind it."""
        return f"postgresql://{user}@/{quote(dbname, safe='')}?host={quote(self.directory)}&port={self.port}"


@dataclass(frozen=True)
class PgServer:
    """Where to make the databases; the fields that pytest-postgresql looks at, and psql's directory."""

    host: str
    port: int
    user: str
    password: str | None
    bindir: Path | None
    options: str = ""
    maintenance_dbname: str = "postgres"
    template_dbname: None = None
    pooler: Pooler | None = None

    def url(self, dbname: str, user: str | None = None) -> str:
        """A libpq URI of a database on this server; another user than the superuser needs no password here.

        The logins of the shell go through the pooler, where there is one.
        """
        if self.pooler and user in ("handoff_pages_login", "handoff_webhook_login"):
            return self.pooler.url(dbname, user)
        login = quote(user or self.user, safe="")
        if self.password and not user:
            login += f":{quote(self.password, safe='')}"
        return f"postgresql://{login}@/{quote(dbname, safe='')}?host={quote(self.host)}&port={self.port}"


@contextmanager
def running() -> Iterator[PgServer]:
    """The server named by TEST_PG_URL (TEST_PG_BINDIR has its psql), else a fast embedded one until the block ends."""
    if url := os.environ.get("TEST_PG_URL"):
        parts = conninfo_to_dict(url)
        bindir = os.environ.get("TEST_PG_BINDIR")
        yield PgServer(
            host=str(parts.get("host") or "localhost"),
            port=int(parts.get("port") or 5432),
            user=str(parts.get("user") or "postgres"),
            password=str(parts["password"]) if parts.get("password") else None,
            bindir=Path(bindir) if bindir else None,
        )
        return
    with thrown_away(work_directory()) as server:
        yield server


@contextmanager
def thrown_away(directory: Path, bindir: Path | None = None) -> Iterator[PgServer]:
    """A fast server that is gone after the block, with all it had."""
    try:
        server = embedded.start(directory, fast=True, bindir=bindir)
        yield PgServer(server.host, server.port, "postgres", None, server.bindir)
    finally:
        embedded.destroy(directory)


def work_directory() -> Path:
    """Where this process keeps its server; what a killed process left is found by its id."""
    return ROOT / f"{WORK}{os.getpid()}"


def deploy_and_seed(url: str) -> None:
    """What the product's own commands do to an empty database."""
    deploy(url)
    seed(url)


def copy_database(connection: psycopg.Connection[Any], source: str, target: str) -> None:
    """Make a database as another is that nobody uses, with its settings and grants; one of that name goes first."""
    names = sql.Identifier(target), sql.Identifier(source)
    connection.execute(sql.SQL("drop database if exists {} with (force)").format(names[0]))
    connection.execute(sql.SQL("create database {} template {}").format(*names))
    copy_settings(connection, source, target)


def copy_settings(connection: psycopg.Connection[Any], source: str, target: str) -> None:
    """Give a database that was made from a template the settings and grants of that."""
    connection.execute(COPY_SETTINGS, {"source": source, "target": target})
