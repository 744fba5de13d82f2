"""/healthz and /readyz: what a load balancer and a monitor are told."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from psycopg import sql

from app import create_app
from app.operate.readiness import FRESH_SECONDS
from app.settings import Settings
from tests.world.outages import CUT
from tests.world.postgres import PgServer
from tests.world.server import SECRET_KEY
from tests.world.site import Site

NOWHERE = "postgresql:///handoff?host=/nowhere"


@pytest.fixture
def without_database() -> Iterator[Flask]:
    app = create_app(Settings(database_url=NOWHERE, secret_key=SECRET_KEY))
    yield app
    app.extensions["handoff_readiness"].close()
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
    app.extensions["handoff_readiness"].close()
    app.extensions["handoff_pools"].close()
    assert (answer.status_code, answer.json) == (503, {"ready": False, "reason": "schema not current"})


def told_within_seconds(client: FlaskClient, expected: dict[str, object]) -> None:
    """What is told follows within FRESH_SECONDS and a pause or two; each answer comes at once."""
    deadline = time.monotonic() + 15
    while client.get("/readyz").json != expected:
        assert time.monotonic() < deadline, client.get("/readyz").json
        time.sleep(0.05)


@pytest.fixture
def own_site(make_site: Callable[..., Site]) -> Iterator[Site]:
    """A site whose database may be spoilt."""
    site = make_site()
    assert site.visitor().client.get("/readyz").status_code == 200
    yield site
    site.close()


def test_readyz_is_200_again_after_the_database_came_back(own_site: Site) -> None:
    client, database = own_site.visitor().client, sql.Identifier(own_site.db.info.dbname)
    own_site.db.execute(sql.SQL("alter database {} connection limit 0").format(database))
    own_site.db.execute(CUT)
    told_within_seconds(client, {"ready": False, "reason": "database unreachable"})
    own_site.db.execute(sql.SQL("alter database {} connection limit -1").format(database))
    told_within_seconds(client, {"ready": True})


def test_readyz_is_503_when_the_database_is_read_only(own_site: Site) -> None:
    client, database = own_site.visitor().client, sql.Identifier(own_site.db.info.dbname)
    own_site.db.execute(sql.SQL("alter database {} set default_transaction_read_only = on").format(database))
    own_site.db.execute(CUT)
    told_within_seconds(client, {"ready": False, "reason": "database is read-only"})
    with psycopg.connect(own_site.db.info.dsn, autocommit=True, options="-c default_transaction_read_only=off") as db:
        db.execute(sql.SQL("alter database {} reset default_transaction_read_only").format(database))
    told_within_seconds(client, {"ready": True})


@pytest.mark.parametrize(
    "fault",
    [
        "alter role handoff_webhook_login in database {} set role = 'none'",
        "revoke execute on function handoff.receive_partner_event from handoff_webhook",
    ],
)
def test_readyz_is_503_when_webhooks_have_not_their_role(own_site: Site, fault: str) -> None:
    client, database = own_site.visitor().client, sql.Identifier(own_site.db.info.dbname)
    own_site.db.execute(sql.SQL(fault).format(database))  # type: ignore[arg-type]
    own_site.db.execute(CUT)
    told_within_seconds(client, {"ready": False, "reason": "webhooks have not their role"})


def test_readyz_is_503_when_a_commit_waits_for_a_standby_that_is_away(own_site: Site) -> None:
    client, database = own_site.visitor().client, sql.Identifier(own_site.db.info.dbname)
    own_site.db.execute(sql.SQL("alter database {} set synchronous_commit = on").format(database))
    own_site.db.execute(CUT)
    own_site.db.execute("alter system set synchronous_standby_names = 'away'")
    own_site.db.execute("select pg_catalog.pg_reload_conf()")
    try:
        told_within_seconds(client, {"ready": False, "reason": "database unreachable"})
        begun_at = time.monotonic()
        assert client.get("/readyz").status_code == 503
        assert time.monotonic() - begun_at < FRESH_SECONDS / 2
    finally:
        own_site.db.execute("alter system reset synchronous_standby_names")
        own_site.db.execute("select pg_catalog.pg_reload_conf()")
    told_within_seconds(client, {"ready": True})


def test_a_monitor_gets_no_cookie_and_nothing_is_cached(site: Site) -> None:
    for path in ("/healthz", "/readyz"):
        headers = site.visitor().client.get(path).headers
        assert "Set-Cookie" not in headers and headers["Cache-Control"] == "no-store"
