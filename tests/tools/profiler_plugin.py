"""A plugin of pytest, -p tests.tools.profiler_plugin: notes what the databases of tests ran, before they are dropped.

Not of those that a test makes for itself: those are for deploys, into which functions are put and not called.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from tests.tools import profiler
from tests.world.postgres import PgServer

NOTES = "TEST_PROFILE"  # names the file


@pytest.fixture(scope="session")
def live_noted(live_dbname: str, pg_server: PgServer) -> Iterator[None]:
    """The database that the tests with the live server share."""
    yield
    _note(pg_server.url(live_dbname))


@pytest.fixture(autouse=True)
def noted(request: pytest.FixtureRequest) -> Iterator[None]:
    """The test's own database: asked for here, it is still there after everything else that the test used."""
    if "live_dbname" in request.fixturenames:
        request.getfixturevalue("live_noted")
    url = request.getfixturevalue("db_url") if "db_url" in request.fixturenames else None
    yield
    if url:
        _note(url)


def _note(url: str) -> None:
    with suppress(psycopg.errors.InvalidSchemaName):  # the test has dropped it
        profiler.note(profiler.read(url).ran, Path(os.environ[NOTES]))
