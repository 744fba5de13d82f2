"""What histories and clients act on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.races.operations import CONFIGURE
from tests.world.setup_sql import load


@pytest.fixture
def school(db_url: str) -> Iterator[psycopg.Connection[Any]]:
    """A superuser's connection to a database with the programs of the operations, committed."""
    with psycopg.connect(db_url, autocommit=True) as connection:
        load(connection)
        connection.execute(CONFIGURE.encode())
        yield connection
