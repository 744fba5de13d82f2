"""A plugin of pytest (-p tests.tools.mutant_plugin): breaks the database from which each test's own is cloned."""

from __future__ import annotations

import os

import psycopg
import pytest
from pytest_postgresql.executors import NoopExecutor

from tests.world.postgres import PgServer

MUTANT = "TEST_MUTANT"  # the SQL that breaks it


@pytest.fixture(scope="session", autouse=True)
def mutated(postgresql_noproc: NoopExecutor, pg_server: PgServer) -> None:
    """Before any test, and before the live server."""
    with psycopg.connect(pg_server.url(postgresql_noproc.template_dbname)) as connection:
        connection.execute(os.environ[MUTANT])
