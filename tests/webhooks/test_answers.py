"""The answers of docs/partners/webhooks.md, line by line, over HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import DictRow

from app.webhooks.refusals import Refusals
from tests.world.partners import (
    JSON,
    MORE,
    SECRETS,
    STRANGER,
    Partner,
    body_of,
    new_key,
    raw,
    raw_request,
    request,
    sign_standard,
    stored,
)
from tests.world.people import Student, events
from tests.world.server import Server
from tests.world.site import Site

Partners = Callable[[str], Partner]
Enroll = Callable[[str], Student]
Db = psycopg.Connection[DictRow]

TIME = "2026-11-22T10:30:00Z"


# 200 and 202: stored


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


# 400 and 422: authentic, kept, to be sent differently. Every way is in test_webhook_bodies.py.


@pytest.mark.parametrize(
    ("body", "said"), [(b'{"event":', "400 bad_json"), (b'{"event":"course.completed"}', "422 missing_field")]
)
def test_400_and_422_have_a_code_and_a_receipt_of_what_was_kept(
    partner: Partners, live_db: Db, body: bytes, said: str
) -> None:
    key = new_key()
    answer = partner("hsi").send(body, key)
    field = {"field"} if answer.status == 422 else set()
    assert (answer.said, set(answer.json)) == (said, {"error", "code", "receipt"} | field)
    row = live_db.execute("select * from handoff.partner_events as e where e.event_key = %s", [key]).fetchone()
    assert row is not None
    assert (str(row["receipt"]), row["body"], row["status"]) == (answer.json["receipt"], body, "rejected")


# 401


def test_401_has_one_text_and_a_code_and_stores_nothing_but_a_count(
    partner: Partners, enrolled: Enroll, live_db: Db
) -> None:
    student, key = enrolled("cpr-first-aid"), new_key()
    body = body_of("course.completed", student.id)
    headers = JSON | sign_standard(SECRETS["certiport"], body, key)
    answer = partner("hsi").post(body, headers)
    assert (answer.status, answer.json) == (401, {"error": "Invalid signature", "code": "bad_signature"})
    assert stored(live_db, key) == 0
    assert student.steps() == "hsi:in_progress"


# 404, 405, 409, 410


@pytest.mark.parametrize(
    "slug", ["nobody", "hs", "hsi-2", "HSI", "Hsi", "-hsi", "hsi_", "handoff", "x" * 63, "x" * 64, "x" * 300]
)
def test_404_unknown_partner(live_server: Server, slug: str) -> None:
    answer = request(live_server.port, "POST", f"/api/webhooks/partners/{slug}", STRANGER, JSON)
    assert answer.said == "404 unknown_partner"
    assert "receipt" not in answer.json


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_405_names_the_one_method(live_server: Server, method: str) -> None:
    answer = request(live_server.port, method, "/api/webhooks/partners/hsi")
    assert (answer.status, answer.headers["Allow"]) == (405, "POST")


def test_409_key_reused_when_the_same_key_brings_another_body(partner: Partners, enrolled: Enroll, live_db: Db) -> None:
    john, key = enrolled("medical-assistant"), new_key()
    first = partner("hsi").send(body_of("enrollment.created", john.id), key)
    second = partner("hsi").send(body_of("course.completed", john.id), key)
    assert (first.said, second.said) == ("200 accepted:acknowledged", "409 key_reused")
    assert set(second.json) == {"error", "code", "receipt"}
    assert second.json["receipt"] == first.json["receipt"]
    assert john.steps().startswith("hsi:in_progress")
    row = live_db.execute(
        "select count(*) as n from handoff.partner_event_conflicts as c where c.receipt = %s", [second.json["receipt"]]
    ).fetchone()
    assert row == {"n": 1}


def test_410_partner_retired_whatever_is_sent(partner: Partners, live_db: Db) -> None:
    key = new_key()
    assert partner("gone").send(STRANGER, key).said == "410 partner_retired"
    assert partner("gone").post(b"", {}).said == "410 partner_retired"
    assert stored(live_db, key) == 0


# 413


def padded(size: int, student_id: object = "nobody") -> bytes:
    """A good body of exactly this many bytes."""
    start = body_of("course.completed", student_id)[:-1] + b', "padding": "'
    return start + b"x" * (size - len(start) - 2) + b'"}'


def chunks(body: bytes) -> list[bytes]:
    """The body in pieces, so that it is sent chunked, without a length."""
    return [body[at : at + 8000] for at in range(0, len(body), 8000)]


@pytest.mark.parametrize("chunked", [False, True])
def test_64_kib_are_taken(partner: Partners, enrolled: Enroll, chunked: bool) -> None:
    student = enrolled("cpr-first-aid")
    body = padded(65536, student.id)
    answer = partner("hsi").post(chunks(body) if chunked else body, partner("hsi").signed(body))
    assert answer.said == "200 accepted:completed"


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("size", [65537, 1_000_000])
def test_413_for_one_byte_more_and_nothing_is_stored(partner: Partners, live_db: Db, size: int, chunked: bool) -> None:
    key, body = new_key(), padded(size)
    answer = partner("hsi").post(chunks(body) if chunked else body, partner("hsi").signed(body, key))
    assert answer.said == "413 too_large"
    assert stored(live_db, key) == 0


def test_413_comes_at_once_for_an_announced_length(live_server: Server) -> None:
    headers = {"Host": "x", "Content-Length": str(10**10), "Connection": "close"}
    answer = raw(live_server.port, raw_request("POST /api/webhooks/partners/hsi HTTP/1.1", headers))
    assert answer.startswith(b"HTTP/1.1 413 ")


# 415


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        'application/json; charset="utf-8"',
        "application/cloudevents+json",
        "application/vnd.partner.v2+json; charset=utf-8",
        "application/json; charset=utf8",
        "application/json; charset='utf-8'",
        "application/json;",
        "application/json; version=1",
        'application/json; profile="https://x.example/;charset=latin-1"; charset=UTF8',
        "application/json ; charset = utf-8",
        "model/gltf+json",
    ],
)
def test_json_in_utf_8_is_taken_under_each_of_its_names(partner: Partners, enrolled: Enroll, content_type: str) -> None:
    student = enrolled("cpr-first-aid")
    body = body_of("course.completed", student.id)
    answer = partner("hsi").post(body, partner("hsi").signed(body) | {"Content-Type": content_type})
    assert answer.said == "200 accepted:completed"


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "text/plain",
        "text/json",
        "application/json; charset=latin-1",
        "application/json; charset=utf-16",
        "application/json; charset=utf-8; charset=latin-1",
        "application/json; version=1; charset=us-ascii",
        "application/json; charset=",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonx",
        "application/json, text/plain",
    ],
)
def test_415_for_another_type_and_nothing_is_stored(partner: Partners, live_db: Db, content_type: str | None) -> None:
    key = new_key()
    headers = partner("hsi").signed(STRANGER, key)
    headers.pop("Content-Type") if content_type is None else headers.update({"Content-Type": content_type})
    answer = partner("hsi").post(STRANGER, headers)
    assert (answer.said, answer.json["header"]) == ("415 unsupported_type", "Content-Type")
    assert stored(live_db, key) == 0


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "GZIP", "gzip, identity", "x"])
def test_415_for_a_body_that_says_it_is_compressed(partner: Partners, live_db: Db, encoding: str) -> None:
    key = new_key()
    headers = partner("hsi").signed(STRANGER, key) | {"Content-Encoding": encoding}
    answer = partner("hsi").post(STRANGER, headers)
    assert (answer.said, answer.json["header"]) == ("415 unsupported_encoding", "Content-Encoding")
    assert stored(live_db, key) == 0


def test_413_and_415_are_counted_per_partner_and_day(make_site: Callable[..., Site]) -> None:
    site = make_site(partner_secrets={"HSI": (SECRETS["hsi"],)})
    body = body_of("course.completed", "nobody")
    refused = [
        (padded(65537), {}, "too_large"),
        (body, {"Content-Type": "text/plain"}, "unsupported_type"),
        (body, {"Content-Encoding": "gzip"}, "unsupported_encoding"),
    ]
    for sent, more, _ in refused:
        site.app.extensions["handoff_refusals"] = Refusals()
        site.app.test_client().post(
            "/api/webhooks/partners/hsi", data=sent, headers=JSON | sign_standard(SECRETS["hsi"], sent) | more
        )
    rows = site.db.execute(
        "select r.partner_slug, r.code, r.refusals from handoff.webhook_refusals as r order by r.code"
    )
    codes = sorted(code for _, _, code in refused)
    assert [tuple(row.values()) for row in rows] == [("hsi", code, 1) for code in codes]
    [seen] = site.db.execute("select o.refusals from handoff.partner_onboarding() as o where o.partner_slug = 'hsi'")
    assert seen == {"refusals": 3}


# svix-*


def svix(headers: dict[str, str]) -> dict[str, str]:
    """As the library svix names its headers."""
    return {name.replace("webhook-", "svix-"): value for name, value in headers.items()}


def test_svix_headers_are_taken_for_those_of_standard_webhooks(
    partner: Partners, enrolled: Enroll, live_db: Db
) -> None:
    student, key = enrolled("cpr-first-aid"), new_key()
    body = body_of("course.completed", student.id)
    headers = JSON | svix(sign_standard(SECRETS["hsi"], body, key))
    assert partner("hsi").post(body, headers).said == "200 accepted:completed"
    assert stored(live_db, key) == 1
    wrong = JSON | svix(sign_standard(SECRETS["jri"].split()[0], body))
    assert partner("hsi").post(body, wrong).said == "401 bad_signature"


def test_svix_headers_count_for_nothing_beside_those_of_standard_webhooks(partner: Partners) -> None:
    good = svix(sign_standard(SECRETS["hsi"], STRANGER))
    answer = partner("hsi").post(STRANGER, JSON | good | {"webhook-id": new_key()})
    assert (answer.said, answer.json["header"]) == ("401 missing_header", "webhook-timestamp")
    bad = sign_standard(SECRETS["jri"].split()[0], STRANGER)
    assert partner("hsi").post(STRANGER, JSON | good | bad).said == "401 bad_signature"


# The field or the header that is wrong


@pytest.mark.parametrize(
    ("more", "said", "field"),
    [
        ({"completed_at": "yesterday"}, "422 bad_time", "completed_at"),
        ({"course_id": ["c"]}, "422 bad_field", "course_id"),
        ({"student_id": ""}, "422 missing_field", "student_id"),
    ],
)
def test_422_names_the_field(partner: Partners, more: dict[str, object], said: str, field: str) -> None:
    body = json.dumps({"event": "course.completed", "student_id": "nobody"} | more).encode()
    answer = partner("hsi").send(body)
    assert (answer.said, answer.json["field"]) == (said, field)
    assert set(answer.json) == {"error", "code", "receipt", "field"}


@pytest.mark.parametrize("missing", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_401_names_the_header_that_is_missing(partner: Partners, missing: str) -> None:
    headers = partner("hsi").signed(STRANGER)
    del headers[missing]
    answer = partner("hsi").post(STRANGER, headers)
    assert (answer.said, answer.json["header"]) == ("401 missing_header", missing)


@pytest.mark.parametrize(("header", "value"), [("webhook-id", "a.b"), ("webhook-timestamp", "1700000000000")])
def test_401_names_the_header_that_is_malformed(partner: Partners, header: str, value: str) -> None:
    answer = partner("hsi").post(STRANGER, partner("hsi").signed(STRANGER) | {header: value})
    assert (answer.said, answer.json["header"]) == ("401 malformed_header", header)


# The test event


@pytest.mark.parametrize("slug", ["hsi", "certiport", "careersafe", "jri", "milady"])
def test_every_partner_has_a_test_event_which_needs_no_student(partner: Partners, slug: str) -> None:
    at = new_key()  # where the key is the body's hash, two tests differ in the body
    assert partner(slug).send(json.dumps({"event": "test", "at": at}).encode()).said == "200 ignored:test_event"


# 503. Our own trouble with the database is in test_webhook_trouble.py.


@pytest.mark.parametrize("slug", ["no-secret", "bad-secret"])
def test_503_not_configured_while_a_partner_has_no_secret_that_can_be_used(
    live_server: Server, live_db: Db, slug: str
) -> None:
    key = new_key()
    headers = JSON | sign_standard(SECRETS["hsi"], STRANGER, key)
    answer = Partner(slug, live_server.port).post(STRANGER, headers)
    assert answer.said == "503 not_configured"
    assert int(answer.headers["Retry-After"]) > 0
    assert stored(live_db, key) == 0


# All of them


def test_every_answer_is_json_that_nobody_may_keep(partner: Partners, live_server: Server) -> None:
    for answer in (
        partner("hsi").send(STRANGER),
        partner("hsi").post(STRANGER, JSON),
        partner("gone").send(STRANGER),
        request(live_server.port, "POST", "/api/webhooks/partners/nobody"),
        request(live_server.port, "GET", "/api/webhooks/partners/hsi"),
    ):
        assert answer.json
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers.get("Set-Cookie") is None
