"""/healthz and /readyz: what a load balancer and a monitor are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest
from flask import Flask
from psycopg import sql

from app import create_app
from app.settings import Settings
from tests.world.postgres import PgServer
from tests.world.server import SECRET_KEY
from tests.world.site import Site

NOWHERE = "postgresql:///handoff?host=/nowhere"


@pytest.fixture
def without_database() -> Iterator[Flask]:
    app = create_app(Settings(database_url=NOWHERE, secret_key=SECRET_KEY))
    yield app
    app.extensions["handoff_pools"].close()


@pytest.fixture
def empty_database(pg_server: PgServer) -> Iterator[str]:
    """The name of a database in which nothing was ever deployed."""
    name = "tests_empty"
    database = sql.Identifier(name)
    with psycopg.connect(pg_server.url("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(database))
        connection.execute(sql.SQL("create database {} template template0").format(database))
        yield name
        connection.execute(sql.SQL("drop database {} with (force)").format(database))


def test_healthz_needs_no_database(without_database: Flask) -> None:
    answer = without_database.test_client().get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"ok": True})
    assert without_database.extensions["handoff_pools"]._pools == {}


def test_readyz_is_200_when_the_database_holds_the_schema_of_these_files(site: Site) -> None:
    answer = site.visitor().client.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"ready": True})


def test_readyz_is_503_when_the_database_is_unreachable(without_database: Flask) -> None:
    answer = without_database.test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"ready": False, "reason": "database unreachable"})


@pytest.mark.parametrize(
    "change",
    [
        "update handoff_ops.deployed_files set sha256 = repeat('0', 64) where path like 'functions/handoff/people/%'",
        "delete from handoff_ops.deployed_files where path = (select max(path) from handoff_ops.deployed_files)",
        "insert into handoff_ops.deployed_files (path, sha256) values ('functions/newer.sql', repeat('0', 64))",
        "truncate handoff_ops.deployed_files",
        "drop function handoff.deployed_fingerprint()",
        "revoke execute on function handoff.deployed_fingerprint() from handoff_public",
    ],
)
def test_readyz_is_503_when_the_schema_is_not_that_of_these_files(site: Site, change: str) -> None:
    site.db.execute(change.encode())
    answer = site.visitor().client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"ready": False, "reason": "schema not current"})


def test_readyz_is_503_when_nothing_was_ever_deployed(empty_database: str, pg_server: PgServer, site: Site) -> None:
    url = pg_server.url(empty_database, "handoff_pages_login")
    app = create_app(Settings(pages_database_url=url, secret_key=SECRET_KEY))
    answer = app.test_client().get("/readyz")
    app.extensions["handoff_pools"].close()
    assert (answer.status_code, answer.json) == (503, {"ready": False, "reason": "schema not current"})


def test_readyz_is_200_again_after_the_database_came_back(make_site: Callable[..., Site]) -> None:
    site = make_site()
    client = site.visitor().client
    assert client.get("/readyz").status_code == 200
    database = sql.Identifier(site.db.info.dbname)
    site.db.execute(sql.SQL("alter database {} connection limit 0").format(database))
    site.db.execute(
        "select pg_catalog.pg_terminate_backend(a.pid) from pg_catalog.pg_stat_activity as a"
        " where a.datname = current_database() and a.usename = 'handoff_pages_login'"
    )
    assert client.get("/readyz").json == {"ready": False, "reason": "database unreachable"}
    site.db.execute(sql.SQL("alter database {} connection limit -1").format(database))
    site.close()  # the pool would find it by itself, later
    assert client.get("/readyz").status_code == 200


def test_a_monitor_gets_no_cookie_and_nothing_is_cached(site: Site) -> None:
    for path in ("/healthz", "/readyz"):
        headers = site.visitor().client.get(path).headers
        assert "Set-Cookie" not in headers and headers["Cache-Control"] == "no-store"
