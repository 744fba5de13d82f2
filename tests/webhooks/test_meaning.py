"""What events mean, through the server. docs/reference/events.md has all states.

Meaning comes from rows; a program of its own keeps each test apart from the others.
"""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from tests.world.partners import HOST, Answer, Partner, body_of, new_key
from tests.world.people import Student, events

Partners = Callable[[str], Partner]
Enroll = Callable[[str], Student]
Db = psycopg.Connection[DictRow]
Send = Callable[..., Answer]

MEDICAL = {"hsi": "course.completed", "certiport": "exam.completed", "careersafe": "training.completed"}
WAITING = "hsi:in_progress certiport:pending careersafe:pending"


@pytest.fixture
def send(partner: Partners) -> Send:
    """send("hsi", "course.completed", student.id, course_id="x"): the answer to one event."""
    return lambda slug, event, who, **more: partner(slug).send(body_of(event, who, **more))


@pytest.fixture
def program(live_db: Db) -> Callable[..., str]:
    """program(("hsi", "CPR"), approval=True): a new program through these partners, each with its course."""

    def make(*mappings: tuple[str, str | None], approval: bool = False) -> str:
        slug = f"program-{secrets.token_hex(6)}"
        live_db.execute(
            "insert into handoff.programs (slug, name, category, requires_approval) values (%s, %s, 'Test', %s)",
            [slug, slug, approval],
        )
        for order, (partner, course) in enumerate(mappings, 1):
            live_db.execute(
                "insert into handoff.program_partners (program_slug, partner_slug, sequence_order, course_ref)"
                " values (%s, %s, %s, %s)",
                [slug, partner, order, course],
            )
        return slug

    return make


def act(db: Db, function: str, id_: object) -> None:
    """The admin's hand."""
    db.execute(f"select handoff.{function}(%s, 'for the test')".encode(), [id_])


def step(student: Student, order: int) -> object:
    """The id of a step."""
    row = student.db.execute(
        "select s.id from handoff.enrollment_steps as s where s.enrollment_id = %s and s.sequence_order = %s",
        [student.enrollment, order],
    ).fetchone()
    assert row
    return row["id"]


# Whose, and which step


def test_the_partners_id_of_the_enrollment_is_kept_and_finds_the_step_later(
    send: Send, partner: Partners, enrolled: Enroll, live_db: Db
) -> None:
    first = enrolled("cpr-first-aid")
    row = live_db.execute("select handoff.enroll_student(%s, 'cna') as id", [first.id]).fetchone()
    assert row
    named = live_db.execute(
        "select s.id from handoff.enrollment_steps as s where s.enrollment_id = %s and s.partner_slug = 'hsi'",
        [row["id"]],
    ).fetchone()
    assert named
    reference = f"H-{first.id}"
    live_db.execute(
        "update handoff.enrollment_steps set external_enrollment_id = %s where id = %s", [reference, named["id"]]
    )
    assert send("hsi", "course.completed", first.id).said == "202 parked:ambiguous"
    told = send("hsi", "course.completed", first.id, enrollment_id=reference)
    assert told.said == "200 accepted:completed"
    assert first.steps() == "hsi:in_progress"


def test_an_acknowledgement_brings_the_partners_id_of_the_enrollment(send: Send, enrolled: Enroll, live_db: Db) -> None:
    student = enrolled("cpr-first-aid")
    assert send("hsi", "enrollment.created", student.id, enrollment_id=f"H-{student.id}").status == 200
    row = live_db.execute(
        "select s.external_enrollment_id as id from handoff.enrollment_steps as s where s.enrollment_id = %s",
        [student.enrollment],
    ).fetchone()
    assert row == {"id": f"H-{student.id}"}
    told = send("hsi", "course.completed", student.id, enrollment_id=f"H-{student.id}")
    assert told.said == "200 accepted:completed"


def test_a_course_that_no_step_names_is_parked(send: Send, enrolled: Enroll, program: Callable[..., str]) -> None:
    student = enrolled(program(("hsi", "CPR"), ("hsi", "First Aid")))
    assert send("hsi", "course.completed", student.id, course_id="Bloodborne").said == "202 parked:unmapped_course"
    assert send("hsi", "course.completed", student.id).said == "202 parked:unmapped_course"
    assert send("hsi", "course.completed", student.id, course_id="First Aid").said == "200 accepted:completed_early"
    assert send("hsi", "course.completed", student.id, course_id="CPR").said == "200 accepted:completed"
    assert student.certificates() == 1


def test_an_event_that_names_another_students_step_touches_nobody(send: Send, enrolled: Enroll) -> None:
    john, jane = enrolled("cpr-first-aid"), enrolled("cpr-first-aid")
    told = send("hsi", "course.completed", john.id, enrollment_id=str(step(jane, 1)))
    assert told.said == "202 parked:ambiguous"
    assert (john.steps(), jane.steps()) == ("hsi:in_progress", "hsi:in_progress")


@pytest.mark.parametrize("event", ["completion.revoked", "COURSE.COMPLETED", "course.completed ", "x" * 100])
def test_an_event_that_nobody_configured_waits_for_a_person(send: Send, enrolled: Enroll, event: str) -> None:
    student = enrolled("cpr-first-aid")
    assert send("hsi", event, student.id).said in ("202 parked:unknown_event_type", "422 bad_field")
    assert student.steps() == "hsi:in_progress"


def test_a_test_event_is_kept_and_changes_nothing(send: Send, enrolled: Enroll, live_db: Db) -> None:
    student = enrolled("cpr-first-aid")
    answer = send("testing", "ping", student.id)
    assert answer.said == "200 ignored:test_event"
    kept = live_db.execute(
        "select e.body from handoff.partner_events as e where e.receipt = %s", [answer.json["receipt"]]
    ).fetchone()
    assert kept == {"body": body_of("ping", student.id)}
    assert student.steps() == "hsi:in_progress"


# Times


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (-timedelta(hours=25), "202 parked:time_review"),
        (-timedelta(hours=23), "200 accepted:completed"),
        (timedelta(hours=23), "200 accepted:completed"),
        (timedelta(hours=25), "202 parked:time_review"),
    ],
)
def test_a_completion_more_than_a_day_out_of_time_is_for_a_person(
    send: Send, enrolled: Enroll, away: timedelta, said: str
) -> None:
    student = enrolled("cpr-first-aid")
    at = (datetime.now(UTC) + away).isoformat()
    assert send("hsi", "course.completed", student.id, completed_at=at).said == said


# What completes, and what does not


def test_six_modules_are_progress_and_only_the_program_completes(send: Send, enrolled: Enroll) -> None:
    student = enrolled("cdl-training")
    for badge in range(6):
        told = send("jri", "module.completed", student.id, module_id=f"badge-{badge}")
        assert told.said == "200 accepted:progress"
    assert send("jri", "module.completed", student.id, module_id="badge-0").said == "200 ignored:stale_progress"
    assert student.steps() == "jri:in_progress"
    assert send("jri", "program.completed", student.id).said == "200 accepted:completed"
    assert send("jri", "module.completed", student.id, module_id="badge-7").said == "200 ignored:stale_progress"


def test_a_failed_exam_is_counted_and_a_late_one_is_ignored(send: Send, enrolled: Enroll, live_db: Db) -> None:
    student = enrolled("web-development")
    for _ in range(3):
        said = send("certiport", "exam.completed", student.id, passed=False, score=100).said
        assert said == "200 accepted:attempt_failed"
    assert send("certiport", "exam.completed", student.id, passed=True, score=850).said == "200 accepted:completed"
    assert send("certiport", "exam.completed", student.id, passed=False).said == "200 ignored:late_failure"
    row = live_db.execute(
        "select s.status, s.failed_attempts from handoff.enrollment_steps as s where s.enrollment_id = %s",
        [student.enrollment],
    ).fetchone()
    assert row == {"status": "completed", "failed_attempts": 3}


def test_a_certificate_of_a_partner_is_evidence_before_and_after_the_completion(send: Send, enrolled: Enroll) -> None:
    student = enrolled("cpr-first-aid")
    assert send("hsi", "certificate.issued", student.id).said == "200 accepted:evidence"
    assert student.steps() == "hsi:in_progress"
    assert send("hsi", "course.completed", student.id).said == "200 accepted:completed"
    assert send("hsi", "certificate.issued", student.id, number="7").said == "200 accepted:evidence"
    assert (student.certificates(), student.changes("completed")) == (1, 1)


@pytest.mark.parametrize("scheme", ["http", "javascript", "file"])
def test_an_address_in_an_event_is_kept_as_text_and_never_called(send: Send, enrolled: Enroll, scheme: str) -> None:
    student = enrolled("cpr-first-aid")
    with socket.create_server((HOST, 0)) as listener:
        listener.setblocking(False)
        address = f"{scheme}://{HOST}:{listener.getsockname()[1]}/" + "x" * 5000
        assert send("hsi", "course.completed", student.id, certificate_url=address).status == 200
        with pytest.raises(BlockingIOError):
            listener.accept()


# Order


def test_the_last_partner_first_and_all_in_reverse_is_the_same_certificate(send: Send, enrolled: Enroll) -> None:
    student = enrolled("medical-assistant")
    said = [send(slug, event, student.id, passed=True).said for slug, event in reversed(MEDICAL.items())]
    assert said == ["200 accepted:completed_early"] * 2 + ["200 accepted:completed"]
    assert (student.status(), student.certificates()) == ("completed", 1)
    assert (student.changes("completed"), student.changes("in_progress")) == (3, 1)


def test_a_completion_after_the_completion_reopens_nothing(send: Send, enrolled: Enroll) -> None:
    student = enrolled("cpr-first-aid")
    for number, said in (("1", "200 accepted:completed"), ("2", "200 ignored:already_completed")):
        assert send("hsi", "course.completed", student.id, certificate_number=number).said == said
    assert (student.changes("completed"), student.certificates()) == (1, 1)


def test_a_student_who_enrolled_again_completes_the_new_enrollment_only(
    send: Send, enrolled: Enroll, live_db: Db
) -> None:
    old = enrolled("cpr-first-aid")
    assert send("hsi", "course.completed", old.id, course_id="CPR").said == "200 accepted:completed"
    row = live_db.execute("select handoff.enroll_student(%s, 'cpr-first-aid', true) as id", [old.id]).fetchone()
    assert row
    new = Student(live_db, old.id, row["id"])
    assert send("hsi", "course.completed", old.id, course_id="cpr").said == "202 parked:possible_repeat"
    assert send("hsi", "course.completed", old.id, course_id="AED").said == "200 accepted:completed"
    assert (new.certificates(), old.certificates(), old.changes("completed")) == (1, 1, 1)


def test_a_program_that_is_edited_moves_nobody_who_is_on_the_way(
    send: Send, enrolled: Enroll, program: Callable[..., str], live_db: Db
) -> None:
    slug = program(("hsi", None), ("jri", None))
    before = enrolled(slug)
    live_db.execute("delete from handoff.program_partners where program_slug = %s and partner_slug = 'hsi'", [slug])
    live_db.execute(
        "insert into handoff.program_partners (program_slug, partner_slug, sequence_order) values (%s, 'certiport', 3)",
        [slug],
    )
    after = enrolled(slug)
    assert (before.steps(), after.steps()) == ("hsi:in_progress jri:pending", "jri:in_progress certiport:pending")
    assert send("certiport", "exam.completed", before.id, passed=True).said == "202 parked:no_enrollment"
    assert send("hsi", "course.completed", before.id).said == "200 accepted:completed"
    assert send("hsi", "course.completed", after.id).said == "202 parked:no_enrollment"


# State


def test_while_the_enrollment_is_on_hold_events_wait_and_apply_in_order_on_resuming(
    send: Send, enrolled: Enroll, live_db: Db
) -> None:
    student = enrolled("medical-assistant")
    act(live_db, "hold_enrollment", student.enrollment)
    for slug, event in MEDICAL.items():
        assert send(slug, event, student.id, passed=True).said == "202 parked:on_hold"
    assert student.steps() == WAITING
    act(live_db, "resume_enrollment", student.enrollment)
    assert [event["reason"] for event in events(live_db, student.id)] == ["completed"] * 3
    assert (student.status(), student.certificates()) == ("completed", 1)


def test_while_the_enrollment_awaits_approval_events_wait(
    send: Send, enrolled: Enroll, program: Callable[..., str], live_db: Db
) -> None:
    student = enrolled(program(("hsi", None), approval=True))
    assert send("hsi", "course.completed", student.id).said == "202 parked:awaiting_approval"
    act(live_db, "approve_enrollment", student.enrollment)
    assert (student.status(), student.certificates()) == ("completed", 1)


def test_a_withdrawn_enrollment_is_not_moved(send: Send, enrolled: Enroll, live_db: Db) -> None:
    student = enrolled("medical-assistant")
    act(live_db, "withdraw_enrollment", student.enrollment)
    for slug, event in MEDICAL.items():
        assert send(slug, event, student.id, passed=True).said == "202 parked:withdrawn"
    assert (student.steps(), student.status(), student.certificates()) == (WAITING, "withdrawn", 0)


def test_a_skipped_step_stays_skipped_and_keeps_the_evidence(send: Send, enrolled: Enroll, live_db: Db) -> None:
    student = enrolled("medical-assistant")
    act(live_db, "skip_step", step(student, 1))
    assert send("hsi", "course.completed", student.id).said == "200 accepted:evidence"
    assert student.steps() == "hsi:skipped certiport:in_progress careersafe:pending"


def test_a_failed_step_is_completed_by_a_later_pass(send: Send, enrolled: Enroll, live_db: Db) -> None:
    student = enrolled("medical-assistant")
    act(live_db, "fail_step", step(student, 1))
    assert send("careersafe", "training.completed", student.id).said == "200 accepted:completed_early"
    assert send("hsi", "course.completed", student.id).said == "200 accepted:completed"
    assert student.steps() == "hsi:completed certiport:in_progress careersafe:completed"


# Kept for ever


@pytest.mark.parametrize("slug", ["hsi", "careersafe"])
def test_a_delivery_is_known_again_after_its_bytes_were_dropped(
    partner: Partners, enrolled: Enroll, live_db: Db, slug: str
) -> None:
    student, key = enrolled("medical-assistant"), new_key()
    body = body_of(MEDICAL[slug], student.id)
    first: Any = partner(slug).send(body, key)
    live_db.execute("update handoff.partner_events set body = null where receipt = %s", [first.json["receipt"]])
    again = partner(slug).send(body, key)
    assert again.said == f"200 duplicate:{first.json['status']}:{first.json['reason']}"
    assert again.json["receipt"] == first.json["receipt"]
    if slug == "hsi":
        assert partner(slug).send(body + b" ", key).said == "409 key_reused"
