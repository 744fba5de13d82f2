"""The SQL files that tests lean on, in the order in which they are loaded: plain SQL, no psql commands."""

import psycopg

from tests import DB

PGTAP_TESTS = DB / "tests"
SETUP = [PGTAP_TESTS / name for name in ("setup.sql", "invariants.sql", "stage.sql")]


def load(connection: psycopg.Connection) -> None:
    """Define the schema `test` in a deployed database; the connection is a superuser's."""
    with connection.transaction():
        for path in SETUP:
            connection.execute(path.read_bytes())
