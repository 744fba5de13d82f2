"""An upgrade notes what completed a step, and counts a failed attempt and a part once, however often it was told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg import Connection
from psycopg.rows import DictRow

from app.operate.deploy import deploy
from tests.world import deploys
from tests.world.postgres import PgServer

Db = Connection[DictRow]
COUNTS = "select s.failed_attempts, s.progress_count from handoff.enrollment_steps as s where s.id = %s"


@pytest.fixture
def url(landed: str, pg_server: PgServer) -> str:
    return pg_server.url(landed)


@pytest.fixture
def db(url: str) -> Iterator[Db]:
    with deploys.connect(url) as connection:
        yield connection


def value(db: Db, statement: str, *arguments: object) -> Any:
    """The one value that a statement returns."""
    row = db.execute(statement.encode(), arguments).fetchone()
    assert row is not None
    [found] = row.values()
    return found


def enroll(db: Db, program: str) -> UUID:
    """A new student; the id of the first step."""
    student = value(db, "select handoff.create_profile(%s, 'A Student')", f"{uuid4()}@school.example")
    enrollment = value(db, "select handoff.enroll_student(%s, %s)", student, program)
    return UUID(str(value(db, "select c.step_id from handoff.get_current_step(%s) as c", enrollment)))


def step_after(db: Db, step: UUID) -> UUID:
    """The next step of the enrollment."""
    statement = (
        "select n.id from handoff.enrollment_steps as s join handoff.enrollment_steps as n"
        " on n.enrollment_id = s.enrollment_id and n.sequence_order = s.sequence_order + 1 where s.id = %s"
    )
    return UUID(str(value(db, statement, step)))


def send(db: Db, step: UUID, event: str, **fields: object) -> UUID:
    """A delivery under a key of its own, from the partner of a step about its student; the receipt."""
    row = db.execute(
        "select s.partner_slug, e.student_id from handoff.enrollment_steps as s"
        " join handoff.enrollments as e on e.id = s.enrollment_id where s.id = %s",
        [step],
    ).fetchone()
    assert row is not None
    body = json.dumps({"event": event, "student_id": str(row["student_id"])} | fields).encode()
    statement = "select r.receipt from handoff.receive_partner_event(%s, %s, %s) as r"
    return UUID(str(value(db, statement, row["partner_slug"], str(uuid4()), body)))


def counts(db: Db, step: UUID) -> tuple[int, int]:
    """The failed attempts and the parts of a step."""
    row = db.execute(COUNTS, [step]).fetchone()
    assert row is not None
    return row["failed_attempts"], row["progress_count"]


def credited(db: Db, step: UUID) -> object:
    """The event to which the completion of a step is credited."""
    return value(db, "select s.completed_by from handoff.enrollment_steps as s where s.id = %s", step)


def faults(db: Db) -> list[DictRow]:
    return db.execute("select * from handoff_private.book_faults()").fetchall()


def test_every_completion_is_credited_to_the_event_that_made_it(db: Db, url: str) -> None:
    deploy(url)
    rows = db.execute(
        "select s.id, s.status, e.event_key from handoff.enrollment_steps as s"
        " left join handoff.partner_events as e on e.receipt = s.completed_by"
    ).fetchall()
    assert sorted(row["status"] for row in rows) == ["completed"] * 4 + ["in_progress", "pending"]
    for row in rows:
        assert row["event_key"] == (f"completes-{row['id']}" if row["status"] == "completed" else None)


def test_of_several_completions_the_last_has_the_credit_and_a_persons_hand_none(db: Db, url: str) -> None:
    by_event, by_hand, by_another, by_hand_after, open_again = (enroll(db, "medical-assistant") for _ in range(5))
    receipt = send(db, by_event, "course.completed")
    send(db, by_event, "course.completed")  # ignored
    value(db, "select handoff.mark_step_complete(%s)", by_hand)
    for step in (by_another, by_hand_after, open_again):
        send(db, step, "course.completed")
        value(db, "select handoff.reopen_step(%s, 'a mistake')", step)
    another = send(db, by_another, "course.completed", completed_at=datetime.now(UTC).isoformat())
    value(db, "select handoff.mark_step_complete(%s)", by_hand_after)
    deploy(url)
    assert [credited(db, step) for step in (by_event, by_hand, by_another, by_hand_after, open_again)] == [
        *(receipt, None, another, None, None)
    ]
    assert faults(db) == []


def test_a_failed_attempt_that_was_told_thrice_counts_once(db: Db, url: str) -> None:
    now = datetime.now(UTC)
    first, again = now.isoformat(), (now + timedelta(hours=1)).isoformat()
    hsi = enroll(db, "medical-assistant")
    send(db, hsi, "course.completed")
    step = step_after(db, hsi)
    for _ in range(3):
        send(db, step, "exam.completed", passed=False, exam_id="e-1", completed_at=first)
    send(db, step, "exam.completed", passed=False, exam_id="e-1", completed_at=again)
    send(db, step, "exam.completed", passed=False, exam_id="e-2", completed_at=first)
    for _ in range(2):  # without a time nobody can tell
        send(db, step, "exam.completed", passed=False, exam_id="e-1")
    receipt = send(db, step, "exam.completed", passed=True, exam_id="e-1", completed_at=again)
    assert counts(db, step) == (7, 0)
    deploy(url)
    assert counts(db, step) == (5, 0)
    assert credited(db, step) == receipt
    assert faults(db) == []


def test_what_was_counted_right_is_left_alone(db: Db, url: str) -> None:
    hsi = enroll(db, "medical-assistant")
    send(db, hsi, "course.completed")
    step = step_after(db, hsi)
    for exam in ("e-1", "e-2"):
        send(db, step, "exam.completed", passed=False, exam_id=exam, completed_at=datetime.now(UTC).isoformat())
    assert counts(db, step) == (2, 0)
    deploy(url)
    assert counts(db, step) == (2, 0)
    assert faults(db) == []


def test_a_part_without_a_name_and_one_beyond_the_total_are_not_counted(db: Db, url: str) -> None:
    whole, begun = enroll(db, "cdl-training"), enroll(db, "cdl-training")
    for number in range(7):  # of six
        send(db, whole, "module.completed", module_id=f"m-{number}")
    send(db, whole, "module.completed", module_id="m-0")  # ignored
    send(db, begun, "module.completed", module_id="m-0")
    for _ in range(2):
        send(db, begun, "module.completed")
    assert (counts(db, whole), counts(db, begun)) == ((0, 7), (0, 3))
    deploy(url)
    assert (counts(db, whole), counts(db, begun)) == ((0, 6), (0, 1))
    assert faults(db) == []
