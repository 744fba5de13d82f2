"""A database of its own for each test, cloned from one that was deployed and seeded once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow, dict_row
from pytest_postgresql import factories

from app.dev import embedded
from tests import forget_settings

forget_settings()


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

    def url(self, dbname: str) -> str:
        """A libpq URI of a database on this server."""
        login = quote(self.user, safe="") + (f":{quote(self.password, safe='')}" if self.password else "")
        return f"postgresql://{login}@/{quote(dbname, safe='')}?host={quote(self.host)}&port={self.port}"


@pytest.fixture(scope="session")
def pg_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PgServer]:
    """The server named by TEST_PG_URL (TEST_PG_BINDIR has its psql), else a fast embedded one for this session."""
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
    directory = Path(__file__).resolve().parents[1] / f".pg-test-{os.getpid()}"
    try:
        server = embedded.start(directory, fast=True)
        yield PgServer(server.host, server.port, "postgres", None, server.bindir)
    finally:
        embedded.destroy(directory)


def _deploy_and_seed(*, host: str, port: int, user: str, password: str | None, dbname: str, **_: Any) -> None:
    from app.deploy import deploy
    from app.seed import seed

    url = PgServer(host, port, user, password, None).url(dbname)
    deploy(url)
    seed(url)


postgresql_noproc = factories.postgresql_noproc(dbname="tests", load=[_deploy_and_seed], depends_on="pg_server")
postgresql = factories.postgresql("postgresql_noproc")

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


@pytest.fixture
def db_url(postgresql: psycopg.Connection[Any], pg_server: PgServer) -> str:
    """The superuser's URL of this test's own database. Whatever still uses the database after the test is cut off."""
    target = postgresql.info.dbname
    with postgresql:  # closed at the end: the settings reach new connections only
        postgresql.execute(COPY_SETTINGS, {"source": f"{target}_tmpl", "target": target})
    return pg_server.url(target)


@pytest.fixture
def db(db_url: str) -> Iterator[psycopg.Connection[DictRow]]:
    """The superuser's connection to this test's own database, rows as dictionaries, each statement its own commit."""
    with psycopg.connect(db_url, autocommit=True, row_factory=dict_row) as connection:
        yield connection
