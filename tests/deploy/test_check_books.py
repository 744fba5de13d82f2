"""seeds/CHECK_BOOKS.sql, run with psql as a DBA runs it; what it sees is tested in test_invariants.py."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from psycopg.rows import DictRow

from tests.world.people import Student
from tests.world.postgres import PgServer
from tests.world.psql import SEEDS, Said, psql

Db = psycopg.Connection[DictRow]
RIGHT = "OK: the books balance."


@pytest.fixture
def check(pg_server: PgServer, db_url: str) -> Callable[[], Said]:
    """check(): the script on this test's database, as the superuser."""
    return lambda: psql(pg_server.bindir, db_url, "-f", SEEDS / "CHECK_BOOKS.sql")


def test_without_a_student_the_books_balance(check: Callable[[], Said]) -> None:
    assert (said := check()).lines[-1] == RIGHT
    assert (said.code, said.errors) == (0, "")


def test_the_figures_are_printed(check: Callable[[], Said], db: Db) -> None:
    Student.enroll(db, "cna")
    db.execute("select handoff.receive_partner_event('hsi', 'k', '{}')")
    assert check().lines == [
        "enrollments active: 1",
        "certificates: 0",
        "transitions: 4",
        "events rejected missing_field: 1",
        "other bodies under a known key: 0",
        RIGHT,
    ]


def test_what_is_wrong_has_a_line_and_the_end_is_not_zero(check: Callable[[], Said], db: Db) -> None:
    student = Student.enroll(db, "cna")
    db.execute("update handoff.enrollment_steps set failed_attempts = 7 where partner_slug = 'hsi'")
    said = check()
    assert said.code != 0
    [line] = [line for line in said.lines if str(student.enrollment) in line]
    assert line.startswith("a step counts its failed attempts and its parts: ")
    assert RIGHT not in said.lines


def test_it_writes_nothing() -> None:
    assert "read only;" in (SEEDS / "CHECK_BOOKS.sql").read_text()
