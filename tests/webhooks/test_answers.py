"""The answers of docs/partners/webhooks.md but 200 and 202, line by line, over HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable

import psycopg
import pytest
from psycopg.rows import DictRow

from tests.world.partners import (
    JSON,
    SECRETS,
    STRANGER,
    Partner,
    body_of,
    new_key,
    request,
    sign_standard,
    stored,
)
from tests.world.people import Student
from tests.world.server import Server

Partners = Callable[[str], Partner]
Enroll = Callable[[str], Student]
Db = psycopg.Connection[DictRow]


# 400 and 422: authentic, kept, to be sent differently. Every way is in test_bodies.py.


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


# 503. Our own trouble with the database is in test_outages.py.


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
