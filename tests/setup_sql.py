"""The SQL files that tests lean on, in the order in which they are loaded: plain SQL, no psql commands."""

from pathlib import Path

import psycopg

PGTAP_TESTS = Path(__file__).resolve().parents[1] / "db" / "tests"
SETUP = [PGTAP_TESTS / name for name in ("setup.sql", "invariants.sql", "stage.sql")]


def load(connection: psycopg.Connection) -> None:
    """Define the schema `test` in a deployed database; the connection is a superuser's."""
    with connection.transaction():
        for path in SETUP:
            connection.execute(path.read_bytes())
