"""200 and 202: a delivery that is authentic is stored, and answered for what it means."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import DictRow

from tests.world.partners import (
    MORE,
    Partner,
    body_of,
    new_key,
)
from tests.world.people import Student, events

Partners = Callable[[str], Partner]
Enroll = Callable[[str], Student]
Db = psycopg.Connection[DictRow]
TIME = "2026-11-22T10:30:00Z"


def test_200_with_status_reason_and_receipt_when_it_is_stored_and_done_with(
    partner: Partners, enrolled: Enroll, live_db: Db
) -> None:
    john = enrolled("medical-assistant")
    answer = partner("hsi").send(body_of("course.completed", john.id, course_id="hsi-cpr-101"))
    assert (answer.status, set(answer.json)) == (200, {"success", "status", "reason", "receipt"})
    assert answer.json["success"] is True
    assert (answer.json["status"], answer.json["reason"]) == ("accepted", "completed")
    [event] = events(live_db, john.id)
    assert UUID(answer.json["receipt"]) == event["receipt"]
    assert john.steps() == "hsi:completed certiport:in_progress careersafe:pending"


def test_the_last_partners_event_completes_the_enrollment_with_one_certificate(
    partner: Partners, enrolled: Enroll
) -> None:
    john = enrolled("medical-assistant")
    for slug, body in (
        ("hsi", body_of("course.completed", john.id, course_id="hsi-cpr-101")),
        ("certiport", body_of("exam.completed", john.id, exam_id="it-specialist", score=850, passed=True)),
        ("careersafe", body_of("training.completed", john.id, training_id="osha-10-789")),
    ):
        assert partner(slug).send(body).said == "200 accepted:completed"
    assert john.steps() == "hsi:completed certiport:completed careersafe:completed"
    assert (john.status(), john.certificates()) == ("completed", 1)


# Flat payloads, as the partners' documents print them: each is handled, and answered for what it means.
DOCUMENTED = [
    (
        "hsi",
        "cpr-first-aid",
        "course.completed",
        {"course_id": "c-1", "certificate_url": "https://x.example/1"},
        "completed",
    ),
    ("hsi", "cpr-first-aid", "certificate.issued", {}, "evidence"),
    ("hsi", "cpr-first-aid", "enrollment.created", {}, "acknowledged"),
    ("certiport", "web-development", "exam.completed", {"exam_id": "e-1", "score": 850, "passed": True}, "completed"),
    ("certiport", "web-development", "exam.completed", {"exam_id": "e", "score": 1, "passed": False}, "attempt_failed"),
    ("certiport", "web-development", "certification.issued", {}, "evidence"),
    ("certiport", "web-development", "enrollment.created", {}, "acknowledged"),
    ("careersafe", "forklift-operator", "training.completed", {"training_id": "osha-10-789"}, "completed"),
    ("careersafe", "forklift-operator", "certificate.issued", {}, "evidence"),
    ("jri", "cdl-training", "program.completed", {}, "completed"),
    ("jri", "cdl-training", "module.completed", {"module_id": "mindsets"}, "progress"),
    ("jri", "cdl-training", "certificate.issued", {}, "evidence"),
    ("milady", "barber-apprenticeship", "course.completed", {"course_id": "rise", "grade": 95}, "completed"),
    ("milady", "barber-apprenticeship", "assessment.passed", {}, "progress"),
    ("milady", "barber-apprenticeship", "certificate.issued", {}, "evidence"),
]


@pytest.mark.parametrize(("slug", "program", "event", "more", "reason"), DOCUMENTED)
def test_every_documented_event_is_handled(
    partner: Partners, enrolled: Enroll, slug: str, program: str, event: str, more: dict[str, object], reason: str
) -> None:
    student = enrolled(program)
    before = student.steps()
    assert partner(slug).send(body_of(event, student.id, **more)).said == f"200 accepted:{reason}"
    assert (student.steps() != before) is (reason == "completed")


def test_the_handled_events_are_all_that_are_configured(live_db: Db) -> None:
    rows = live_db.execute("select t.partner_slug, t.event_type from handoff.partner_event_types as t").fetchall()
    configured = {(row["partner_slug"], row["event_type"]) for row in rows if row["partner_slug"] not in MORE}
    tests = {(slug, "test") for slug, _ in configured}
    assert configured == {(slug, event) for slug, _, event, _, _ in DOCUMENTED} | tests


@pytest.mark.parametrize("passed", [False, "true", "false", 1, 0, None, "yes", [True]])
def test_an_exam_completes_a_step_only_when_passed_is_the_json_value_true(
    partner: Partners, enrolled: Enroll, passed: object
) -> None:
    student = enrolled("web-development")
    answer = partner("certiport").send(body_of("exam.completed", student.id, exam_id="e-1", passed=passed))
    expected = "200 accepted:attempt_failed" if passed is False else "422"
    assert answer.said.startswith(expected)
    assert student.steps() == "certiport:in_progress"
    assert student.status() == "active"


def test_ignored_is_200_too(partner: Partners, enrolled: Enroll) -> None:
    student = enrolled("cpr-first-aid")
    assert partner("hsi").send(body_of("course.completed", student.id, course_id="a")).said == "200 accepted:completed"
    again = partner("hsi").send(body_of("course.completed", student.id, course_id="a"))
    assert again.said == "200 ignored:already_completed"


def test_202_parked_when_it_cannot_be_applied_yet(partner: Partners, live_db: Db) -> None:
    body = body_of("course.completed", f"hsi-{new_key()}", course_id="hsi-cpr-101", completed_at=TIME)
    answer = partner("hsi").send(body)
    assert answer.said == "202 parked:unknown_student"
    assert set(answer.json) == {"success", "status", "reason", "receipt"}
    [event] = events(live_db, json.loads(body)["student_id"])
    assert (event["body"], str(event["receipt"])) == (body, answer.json["receipt"])


def test_a_parked_event_applies_when_the_partners_id_of_the_student_becomes_known(
    partner: Partners, enrolled: Enroll, live_db: Db
) -> None:
    john, account = enrolled("medical-assistant"), f"hsi-{new_key()}"
    body = body_of("course.completed", account, course_id="hsi-cpr-101")
    assert partner("hsi").send(body).said == "202 parked:unknown_student"
    assert john.steps().startswith("hsi:in_progress")
    live_db.execute("select handoff.link_partner_account('hsi', %s, %s)", [account, john.id])
    assert john.steps() == "hsi:completed certiport:in_progress careersafe:pending"


@pytest.mark.parametrize(
    ("slug", "event", "program", "reason"),
    [
        ("hsi", "course.deleted", "cpr-first-aid", "unknown_event_type"),
        ("hsi", "course.completed", "cdl-training", "no_enrollment"),
        ("resting", "course.completed", "cpr-first-aid", "partner_disabled"),
    ],
)
def test_202_keeps_what_nobody_can_apply_now(
    partner: Partners, enrolled: Enroll, live_db: Db, slug: str, event: str, program: str, reason: str
) -> None:
    student = enrolled(program)
    assert partner(slug).send(body_of(event, student.id)).said == f"202 parked:{reason}"
    assert [kept["reason"] for kept in events(live_db, student.id)] == [reason]


def test_unknown_fields_are_accepted_and_kept(partner: Partners, enrolled: Enroll, live_db: Db) -> None:
    student = enrolled("cpr-first-aid")
    body = body_of(
        "course.completed", student.id, course_id="a", new={"deep": [1, {"x": None}]}, **{"": "", "ünï": "☃"}
    )
    assert partner("hsi").send(body).said == "200 accepted:completed"
    assert [event["body"] for event in events(live_db, student.id)] == [body]


def test_one_partner_cannot_complete_anothers_step(partner: Partners, enrolled: Enroll, live_db: Db) -> None:
    john = enrolled("medical-assistant")
    row = live_db.execute("select s.step_id from handoff.get_current_step(%s) as s", [john.enrollment]).fetchone()
    assert row is not None
    body = body_of("program.completed", john.id, enrollment_id=str(row["step_id"]))
    assert partner("jri").send(body).status == 202
    assert john.steps() == "hsi:in_progress certiport:pending careersafe:pending"
