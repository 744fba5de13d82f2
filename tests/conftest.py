"""A database of its own for each test, cloned from one that was deployed and seeded once."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import DictRow, dict_row
from pytest_postgresql import factories
from pytest_postgresql.executors import NoopExecutor

from app import create_app
from app.operate.deploy import deploy
from app.settings import Settings
from tests import forget_settings
from tests.tools import monitor
from tests.tools.debian import DebianError
from tests.tools.nginx import CACHE as NGINX
from tests.tools.nginx import ensure as ensure_nginx
from tests.tools.pooler import pooling
from tests.world import deploys, partners, postgres
from tests.world.people import Student
from tests.world.postgres import PgServer, Pooler, copy_database, copy_settings, deploy_and_seed
from tests.world.server import SECRET_KEY, Server, serving
from tests.world.site import Site

forget_settings()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What asks nothing of the session's server says the same on every one."""
    for item in items:
        if isinstance(item, pytest.Function) and not {"pg_server", "postgresql"}.intersection(item.fixturenames):
            item.add_marker("once")


@pytest.fixture(scope="session")
def pg_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PgServer]:
    """The server of this session; with HANDOFF_POOLED the shell reaches it through a pooler."""
    with postgres.running() as server, ExitStack() as opened:
        if os.environ.get("HANDOFF_POOLED"):
            pooler = opened.enter_context(pooling(server, Path(tempfile.mkdtemp(prefix="handoff-pool-"))))
            yield replace(server, pooler=pooler)
        else:
            yield server


@pytest.fixture(scope="session")
def pooler(pg_server: PgServer) -> Iterator[Pooler]:
    """PgBouncer in transaction mode before the server."""
    if pg_server.pooler:
        yield pg_server.pooler
        return
    try:
        with pooling(pg_server, Path(tempfile.mkdtemp(prefix="handoff-pool-"))) as found:
            yield found
    except DebianError as error:
        pytest.skip(f"PgBouncer: {error}")


@pytest.fixture(scope="session")
def nginx() -> list[str]:
    """The command that runs nginx, without arguments."""
    try:
        found = ensure_nginx(NGINX)
    except DebianError as error:
        pytest.skip(f"nginx: {error}")
    return found.command


@pytest.fixture(scope="session")
def monitoring() -> Callable[[str], list[str]]:
    """monitoring("promtool"): the command that runs a tool of Prometheus or Alertmanager, without arguments."""

    def command(tool: str) -> list[str]:
        try:
            return monitor.ensure(tool, monitor.CACHE).command
        except DebianError as error:
            pytest.skip(f"{tool}: {error}")

    return command


def _deploy_and_seed(*, host: str, port: int, user: str, password: str | None, dbname: str, **_: Any) -> None:
    deploy_and_seed(PgServer(host, port, user, password, None).url(dbname))


postgresql_noproc = factories.postgresql_noproc(dbname="tests", load=[_deploy_and_seed], depends_on="pg_server")
postgresql = factories.postgresql("postgresql_noproc")


@pytest.fixture
def db_url(postgresql: psycopg.Connection[Any], pg_server: PgServer) -> str:
    """The superuser's URL of this test's own database. Whatever still uses the database after the test is cut off."""
    target = postgresql.info.dbname
    with postgresql:  # closed at the end: the settings reach new connections only
        copy_settings(postgresql, f"{target}_tmpl", target)
    return pg_server.url(target)


@pytest.fixture
def empty(pg_server: PgServer) -> Iterator[str]:
    """The name of an empty database."""
    with deploys.database(pg_server, f"empty_{os.getpid()}") as name:
        yield name


@pytest.fixture(scope="session")
def fresh(pg_server: PgServer) -> str:
    """The dump of a database into which everything was deployed at once."""
    with deploys.database(pg_server, f"fresh_{os.getpid()}") as name:
        deploy(pg_server.url(name))
        return deploys.dump(pg_server, name)


@pytest.fixture(scope="session")
def live_dbname(postgresql_noproc: NoopExecutor, pg_server: PgServer) -> Iterator[str]:
    """The one database that every test with the live server shares."""
    name = f"{postgresql_noproc.dbname}_live"
    with psycopg.connect(pg_server.url("postgres"), autocommit=True) as connection:
        copy_database(connection, postgresql_noproc.template_dbname, name)
        yield name
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


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
        f"{kind}_database_url": pg_server.url(db.info.dbname, f"handoff_{kind}_login")
        for kind in ("pages", "webhook", "worker")
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
