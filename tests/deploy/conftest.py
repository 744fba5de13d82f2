"""A copy of db/ to edit, a database to upgrade, the scripts in seeds/ on a test's own database, and who deploys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import DictRow

from tests.deploy.landed import load
from tests.deploy.scripts import Run
from tests.world.deploys import Tree
from tests.world.postgres import PgServer
from tests.world.psql import SEEDS, psql

Db = psycopg.Connection[DictRow]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A copy of the files under db/."""
    return Tree.copy(tmp_path)


@pytest.fixture
def empty_url(empty: str, pg_server: PgServer) -> str:
    """The superuser's URL of an empty database."""
    return pg_server.url(empty)


@pytest.fixture
def landed(empty: str, pg_server: PgServer, fresh: str) -> str:
    """The name of a database as the last landed version left it; its roles are there, `fresh` made them."""
    assert fresh
    load(pg_server.url(empty))
    return empty


@pytest.fixture
def run(pg_server: PgServer, db_url: str) -> Run:
    """run("CHECK_SCHEMA.sql"): the script on this test's database, as the superuser."""
    return lambda script: psql(pg_server.bindir, db_url, "-f", SEEDS / script)


@pytest.fixture(params=["inherit", "noinherit"])
def dba_url(request: pytest.FixtureRequest, db: Db, pg_server: PgServer) -> Iterator[str]:
    """A plain login that was granted handoff_owner."""
    db.execute(f"create role handoff_test_dba login {request.param} in role handoff_owner")
    try:
        yield pg_server.url(db.info.dbname, "handoff_test_dba")
    finally:
        db.execute("drop role handoff_test_dba")
