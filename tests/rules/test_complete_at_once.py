"""What complete_at_once says of what it leaves to the long way: a fault of ours is a warning, the rest is everyday."""

from __future__ import annotations

import json
from uuid import UUID

import psycopg
import pytest
from psycopg.errors import Diagnostic
from psycopg.rows import DictRow

from tests.world.setup_sql import load

Db = psycopg.Connection[DictRow]

FAULT_AT_ONCE = """
create function public.fault() returns trigger language plpgsql as $$
begin
  if current_setting('handoff.act') = 'kept' then
    raise 'fault';
  end if;
  return new;
end
$$;
create trigger fault before insert on handoff.step_transitions for each row execute function public.fault();
"""


@pytest.fixture
def notices(db: Db) -> list[str]:
    """What the server says from now on beside its answers, as severity and code."""
    load(db)
    said: list[str] = []

    def note(diagnostic: Diagnostic) -> None:
        said.append(f"{diagnostic.severity_nonlocalized} {diagnostic.sqlstate}")

    db.add_notice_handler(note)
    return said


def enrolled(db: Db, email: str) -> UUID:
    """A student whose step at HSI is in progress."""
    row = db.execute("select test.enroll('cna', %s), test.student(%s) as id", [email, email]).fetchone()
    assert row
    return UUID(str(row["id"]))


def receive(db: Db, key: str, body: bytes) -> str:
    """The outcome of a delivery of HSI's."""
    statement = "select r.status, r.reason from handoff.receive_partner_event('hsi', %s, %s) as r"
    row = db.execute(statement, [key, body]).fetchone()
    assert row
    return f"{row['status']}:{row['reason']}"


def completion(student: UUID) -> bytes:
    """The body of a completion at HSI."""
    return json.dumps({"event": "course.completed", "student_id": str(student)}).encode()


def test_a_fault_is_a_warning_and_the_event_is_taken(db: Db, notices: list[str]) -> None:
    student = enrolled(db, "john@test.example")
    db.execute(FAULT_AT_ONCE)
    assert receive(db, "k", completion(student)) == "accepted:completed"
    assert notices == ["WARNING 01000"]


@pytest.mark.parametrize("body", [b"\xff", b"{", b"[1]", b'{"event":"course.completed","student_id":"nobody"}'])
def test_a_body_that_is_not_plain_is_no_warning(db: Db, notices: list[str], body: bytes) -> None:
    receive(db, "k", body)
    assert notices == []


def test_a_key_that_is_taken_is_no_warning(db: Db, notices: list[str]) -> None:
    john, jane = enrolled(db, "john@test.example"), enrolled(db, "jane@test.example")
    assert receive(db, "k", completion(john)) == "accepted:completed"
    assert receive(db, "k", completion(jane)) == "conflict:key_reused"
    assert notices == []
