"""docs/operate/security.md: what everybody may do is taken away as it says, and Handoff needs none of it."""

from __future__ import annotations

import json
import re

import psycopg
import pytest
from psycopg.rows import DictRow

from app.operate.deploy import deploy
from app.operate.seed import seed
from tests import ROOT
from tests.world.people import Student
from tests.world.postgres import PgServer

TEXT = (ROOT / "docs" / "operate" / "security.md").read_text()
[SWITCHING] = re.findall(r"```sql\n(grant handoff_student.*?)```", TEXT, re.DOTALL)
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


def test_another_shell_switches_to_a_person_and_reads_what_is_the_persons_own(
    db: psycopg.Connection[DictRow], pg_server: PgServer
) -> None:
    jo, _ = Student.enroll(db, "cna"), Student.enroll(db, "cna")
    db.execute("create role authenticator login noinherit")
    try:
        db.execute(SWITCHING.encode())
        url = pg_server.url(db.info.dbname, "authenticator")
        with psycopg.connect(url, autocommit=True) as shell:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                shell.execute("select from handoff.enrollments")
            for role, seen in (("handoff_student", {jo.id}), ("handoff_admin", set())):
                with shell.transaction():
                    claims = json.dumps({"sub": str(jo.id), "role": role})
                    shell.execute(
                        "select set_config('role', %s, true), set_config('request.jwt.claims', %s, true)",
                        [role, claims],
                    )
                    rows = shell.execute("select e.student_id from handoff.enrollments as e").fetchall()
                assert {row[0] for row in rows} == seen
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                shell.execute("set role handoff_webhook")
    finally:
        db.execute("drop owned by authenticator")
        db.execute("drop role authenticator")
