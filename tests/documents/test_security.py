"""docs/operate/security.md: what everybody may do is taken away as it says, and Handoff needs none of it."""

from __future__ import annotations

import re

import psycopg
import pytest
from psycopg.rows import DictRow

from app.operate.deploy import deploy
from app.operate.seed import seed
from tests import ROOT
from tests.world.postgres import PgServer

TEXT = (ROOT / "docs" / "operate" / "security.md").read_text()
[TAKEN] = re.findall(r"```sql\n(revoke temporary.*?)```", TEXT, re.DOTALL)
LOGINS = ("handoff_pages_login", "handoff_webhook_login", "handoff_worker_login")


@pytest.fixture
def closed(db: psycopg.Connection[DictRow]) -> str:
    """The name of a database on which the statements of the document were run."""
    db.execute(TAKEN.replace("database handoff ", f'database "{db.info.dbname}" ').encode())
    return db.info.dbname


@pytest.mark.parametrize("login", LOGINS)
def test_a_login_makes_nothing_any_more(closed: str, pg_server: PgServer, login: str) -> None:
    with psycopg.connect(pg_server.url(closed, login), autocommit=True) as connection:
        for statement in (
            "create temporary table mine (id integer)",
            "select lo_creat(-1)",
            "select lo_create(0)",
            "select lo_from_bytea(0, 'mine')",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_handoff_is_deployed_and_seeded_all_the_same(closed: str, pg_server: PgServer) -> None:
    assert deploy(pg_server.url(closed)) == []
    seed(pg_server.url(closed))


def test_a_login_is_let_into_no_other_database_that_is_closed(empty: str, pg_server: PgServer) -> None:
    with psycopg.connect(pg_server.url(empty), autocommit=True) as connection:
        connection.execute(f'revoke connect on database "{empty}" from public'.encode())
    for login in LOGINS:
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(pg_server.url(empty, login))
