"""A database of its own for each test, cloned from one that was deployed and seeded once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow, dict_row
from pytest_postgresql import factories
from pytest_postgresql.executors import NoopExecutor

from app import create_app
from app.operate.postgres import embedded
from app.settings import Settings
from tests import ROOT, forget_settings
from tests.world import partners
from tests.world.people import Student
from tests.world.server import SECRET_KEY, Server, serving
from tests.world.site import Site

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

    def url(self, dbname: str, user: str | None = None) -> str:
        """A libpq URI of a database on this server; another user than the superuser needs no password here."""
        login = quote(user or self.user, safe="")
        if self.password and not user:
            login += f":{quote(self.password, safe='')}"
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
    directory = ROOT / f".pg-test-{os.getpid()}"
    try:
        server = embedded.start(directory, fast=True)
        yield PgServer(server.host, server.port, "postgres", None, server.bindir)
    finally:
        embedded.destroy(directory)


def _deploy_and_seed(*, host: str, port: int, user: str, password: str | None, dbname: str, **_: Any) -> None:
    from app.operate.deploy import deploy
    from app.operate.seed import seed

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
def empty(pg_server: PgServer) -> Iterator[str]:
    """The name of an empty database."""
    from tests.world import deploys

    with deploys.database(pg_server, f"empty_{os.getpid()}") as name:
        yield name


@pytest.fixture(scope="session")
def fresh(pg_server: PgServer) -> str:
    """The dump of a database into which everything was deployed at once."""
    from app.operate.deploy import deploy
    from tests.world import deploys

    with deploys.database(pg_server, f"fresh_{os.getpid()}") as name:
        deploy(pg_server.url(name))
        return deploys.dump(pg_server, name)


@pytest.fixture(scope="session")
def live_dbname(postgresql_noproc: NoopExecutor, pg_server: PgServer) -> Iterator[str]:
    """The one database that every test with the live server shares."""
    name, source = f"{postgresql_noproc.dbname}_live", postgresql_noproc.template_dbname
    drop = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
    with psycopg.connect(pg_server.url("postgres"), autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(
            sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(source))
        )
        connection.execute(COPY_SETTINGS, {"source": source, "target": name})
        yield name
        connection.execute(drop)


@pytest.fixture(scope="session")
def live_server(live_dbname: str, pg_server: PgServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The application under gunicorn, with the three logins and the partners of tests.world, for the session.

    Tests share it: each makes students of its own.
    """
    db_url = pg_server.url(live_dbname)
    partners.configure(db_url)
    settings = partners.SETTINGS | {
        "DATABASE_URL": db_url,
        "PAGES_DATABASE_URL": pg_server.url(live_dbname, "handoff_pages_login"),
        "WEBHOOK_DATABASE_URL": pg_server.url(live_dbname, "handoff_webhook_login"),
    }
    with serving(settings, tmp_path_factory.mktemp("live") / "server.log") as server:
        yield server


@pytest.fixture
def live_db(live_server: Server) -> Iterator[psycopg.Connection[DictRow]]:
    """The superuser's connection to the live server's database, rows as dictionaries, each statement its own commit."""
    with psycopg.connect(live_server.db_url, autocommit=True, row_factory=dict_row) as connection:
        yield connection


@pytest.fixture
def partner(live_server: Server) -> Callable[[str], partners.Partner]:
    """partner("hsi"): one of the live server's partners, ready to send."""
    return lambda slug: partners.Partner(slug, live_server.port)


@pytest.fixture
def enrolled(live_db: psycopg.Connection[DictRow]) -> Callable[[str], Student]:
    """enrolled("medical-assistant"): a new student in a program of the live server."""
    return lambda program: Student.enroll(live_db, program)


@pytest.fixture
def db(db_url: str) -> Iterator[psycopg.Connection[DictRow]]:
    """The superuser's connection to this test's own database, rows as dictionaries, each statement its own commit."""
    with psycopg.connect(db_url, autocommit=True, row_factory=dict_row) as connection:
        yield connection


@pytest.fixture
def make_site(db: psycopg.Connection[DictRow], pg_server: PgServer) -> Iterator[Callable[..., Site]]:
    """make_site(smtp_url=...): the application with these settings, in this process, on this test's own database."""
    logins: Any = {
        f"{kind}_database_url": pg_server.url(db.info.dbname, f"handoff_{kind}_login") for kind in ("pages", "webhook")
    }
    with ExitStack() as opened:

        def make(**settings: Any) -> Site:
            app = create_app(Settings(secret_key=SECRET_KEY, **logins, **settings))
            return opened.enter_context(closing(Site(app, db)))

        yield make


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    """The application in this process, on this test's own database."""
    return make_site()
