"""Who may send, over HTTP: the three schemes, freshness, rotation and retired secrets."""

from __future__ import annotations

import base64
import time
from collections import Counter
from collections.abc import Callable

import psycopg
import pytest
from psycopg.rows import DictRow

from app.partner_secrets import fingerprint
from app.webhooks.refusals import Refusals
from app.webhooks.signatures import sign
from tests.world.partners import (
    JSON,
    SECRETS,
    Partner,
    body_of,
    new_key,
    new_secret,
    sign_hmac_sha256,
    sign_standard,
)
from tests.world.people import Student, events
from tests.world.site import Site

Partners = Callable[[str], Partner]
Enroll = Callable[[str], Student]
Db = psycopg.Connection[DictRow]
BODY = b'{"event":"course.completed","student_id":"nobody"}'
HSI = SECRETS["hsi"]
OLD, NEW = SECRETS["jri"].split()


def without(headers: dict[str, str], name: str) -> dict[str, str]:
    """The headers but one."""
    return {other: value for other, value in headers.items() if other.lower() != name.lower()}


# Standard Webhooks


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
@pytest.mark.parametrize("value", [None, "", "   "])
def test_401_without_one_of_the_three_headers(partner: Partners, name: str, value: str | None) -> None:
    headers = JSON | sign_standard(HSI, BODY)
    headers = without(headers, name) if value is None else headers | {name: value}
    assert partner("hsi").post(BODY, headers).said == "401 missing_header"


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
@pytest.mark.parametrize(
    "value", [",", "v1", "a,b", "  a  b  ", "v1,%%%", "v1,a,b", "\xff\xfe", "9" * 5000, "-1", "1e9", "nan"]
)
def test_401_and_never_more_whatever_a_header_says(partner: Partners, name: str, value: str) -> None:
    answer = partner("hsi").post(BODY, JSON | sign_standard(HSI, BODY) | {name: value})
    assert answer.status == 401 or (name, answer.said) == ("webhook-id", "401 bad_signature")


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"[" * 60000, b"{", BODY])
def test_401_comes_before_anything_is_read_from_the_body(partner: Partners, body: bytes) -> None:
    assert partner("hsi").post(body, JSON).said == "401 missing_header"
    assert partner("hsi").post(body, JSON | sign_standard(new_secret(), body)).said == "401 bad_signature"


@pytest.mark.parametrize("changed", [BODY + b" ", BODY.replace(b"nobody", b"nobodx"), BODY[:-1] + b"\x7c", b""])
def test_401_when_the_body_is_not_the_one_that_was_signed(partner: Partners, changed: bytes) -> None:
    assert partner("hsi").post(changed, JSON | sign_standard(HSI, BODY)).said == "401 bad_signature"


@pytest.mark.parametrize("form", ["{bad} {good}", "{good} {bad}", "v1a,AAAA {good}", "v2,x {good}"])
def test_one_good_signature_among_several_is_enough(partner: Partners, enrolled: Enroll, form: str) -> None:
    student = enrolled("cpr-first-aid")
    body, key, now = body_of("course.completed", student.id), new_key(), time.time()
    good, bad = (sign_standard(secret, body, key, now) for secret in (HSI, new_secret()))
    several = form.format(good=good["webhook-signature"], bad=bad["webhook-signature"])
    answer = partner("hsi").post(body, JSON | good | {"webhook-signature": several})
    assert answer.said == "200 accepted:completed"


@pytest.mark.parametrize("form", ["v2,{good}", "v1a,{good}", "{good}", "sha256={hex}", "v1,{hex}", "v1,{bare}"])
def test_401_for_another_version_or_encoding_of_the_signature(partner: Partners, form: str) -> None:
    headers = sign_standard(HSI, BODY)
    good = headers["webhook-signature"].removeprefix("v1,")
    written = form.format(good=good, bare=good.rstrip("="), hex=base64.b64decode(good).hex())
    assert partner("hsi").post(BODY, JSON | headers | {"webhook-signature": written}).said == "401 bad_signature"


@pytest.mark.parametrize("away", [-290, 290])
def test_a_clock_that_is_a_little_off_is_no_reason_to_refuse(partner: Partners, enrolled: Enroll, away: int) -> None:
    student = enrolled("cpr-first-aid")
    body = body_of("course.completed", student.id)
    headers = JSON | sign_standard(HSI, body, at=time.time() + away)
    assert partner("hsi").post(body, headers).said == "200 accepted:completed"


@pytest.mark.parametrize(("away", "code"), [(-310, "stale_timestamp"), (310, "future_timestamp")])
def test_401_for_a_delivery_from_another_time(partner: Partners, live_db: Db, away: int, code: str) -> None:
    key = new_key()
    headers = JSON | sign_standard(HSI, BODY, key, time.time() + away)
    assert partner("hsi").post(BODY, headers).said == f"401 {code}"
    assert live_db.execute("select from handoff.partner_events as e where e.event_key = %s", [key]).rowcount == 0


def test_a_partners_own_retry_is_signed_anew_and_taken(partner: Partners, enrolled: Enroll) -> None:
    """The first delivery never arrived; the retry has the same id and a new timestamp."""
    student, key = enrolled("cpr-first-aid"), new_key()
    body = body_of("course.completed", student.id)
    stale = JSON | sign_standard(HSI, body, key, time.time() - 72000)
    assert partner("hsi").post(body, stale).said == "401 stale_timestamp"
    assert partner("hsi").send(body, key).said == "200 accepted:completed"


# One secret per partner, bound to its path


@pytest.mark.parametrize("slug", ["certiport", "jri", "resting"])
def test_one_partners_secret_is_no_good_on_anothers_path(
    partner: Partners, enrolled: Enroll, live_db: Db, slug: str
) -> None:
    student = enrolled("medical-assistant")
    body = body_of("course.completed", student.id)
    assert partner(slug).post(body, JSON | sign_standard(HSI, body)).said == "401 bad_signature"
    assert student.steps() == "hsi:in_progress certiport:pending careersafe:pending"
    assert events(live_db, student.id) == []


def test_the_bare_secret_is_no_signature(partner: Partners) -> None:
    for name in ("X-Webhook-Secret", "Authorization", "webhook-signature"):
        assert partner("hsi").post(BODY, JSON | {name: HSI}).said == "401 missing_header"


def test_another_scheme_than_the_partners_own_is_refused(partner: Partners) -> None:
    careersafe, milady = SECRETS["careersafe"], SECRETS["milady"]
    for slug, headers in (
        ("careersafe", sign_standard(careersafe, BODY)),
        ("careersafe", {"X-Webhook-Secret": careersafe}),
        ("milady", sign_standard(milady, BODY)),
        ("milady", sign_hmac_sha256(milady, BODY)),
        ("hsi", sign_hmac_sha256(HSI, BODY)),
    ):
        assert partner(slug).post(BODY, JSON | headers).said == "401 missing_header"


@pytest.mark.parametrize("signing", [OLD, NEW])
def test_during_a_rotation_both_secrets_are_good_and_the_inbox_notes_which(
    partner: Partners, enrolled: Enroll, live_db: Db, signing: str
) -> None:
    student = enrolled("cdl-training")
    body = body_of("program.completed", student.id)
    assert partner("jri").post(body, JSON | sign_standard(signing, body)).said == "200 accepted:completed"
    assert [event["context"] for event in events(live_db, student.id)] == [{"secret": fingerprint(signing)}]


# Retired secrets


@pytest.mark.parametrize("scheme", ["standard", "hmac-sha256", "shared-secret"])
def test_a_retired_secret_is_refused_like_any_other_and_told_apart_to_admins(
    make_site: Callable[..., Site], caplog: pytest.LogCaptureFixture, scheme: str
) -> None:
    retired, current = new_secret(), new_secret()
    site = make_site(partner_secrets={"HSI": (current,)}, retired_secrets={"HSI": (retired,)})
    site.db.execute("update handoff.partners set signature_scheme = %s where slug = 'hsi'", [scheme])

    def answer(secret: str) -> tuple[int, bytes]:
        headers = JSON | sign(scheme, secret, new_key(), int(time.time()), BODY)
        got = site.app.test_client().post("/api/webhooks/partners/hsi", data=BODY, headers=headers)
        return got.status_code, got.data

    assert answer(retired) == answer(new_secret())
    assert answer(retired)[0] == 401
    assert answer(current)[0] == 202
    told = [record.getMessage() for record in caplog.records if "retired" in record.getMessage()]
    assert len(told) == 2
    assert all(fingerprint(retired) in line and retired not in line for line in told)
    assert site.db.execute("select from handoff.partner_events").rowcount == 1
    refusals: Refusals = site.app.extensions["handoff_refusals"]
    written = site.db.execute("select r.code, r.refusals from handoff.webhook_refusals as r").fetchall()
    counts = Counter({row["code"]: row["refusals"] for row in written})
    counts += Counter({code: times for (_, code), times in refusals._counts.items()})
    assert counts == {"retired_secret": 2, "bad_signature": 1}


def test_a_retired_secret_that_is_old_as_well_is_still_a_retired_one(
    make_site: Callable[..., Site], caplog: pytest.LogCaptureFixture
) -> None:
    retired = new_secret()
    site = make_site(partner_secrets={"HSI": (new_secret(),)}, retired_secrets={"HSI": (retired,)})
    headers = JSON | sign_standard(retired, BODY, at=time.time() - 7200)
    got = site.app.test_client().post("/api/webhooks/partners/hsi", data=BODY, headers=headers)
    assert (got.status_code, got.json and got.json["code"]) == (401, "bad_signature")
    assert fingerprint(retired) in caplog.text


# The other schemes


def test_hmac_sha256_signs_the_body_and_repeats_are_known_by_it(partner: Partners, enrolled: Enroll) -> None:
    student = enrolled("forklift-operator")
    body = body_of("training.completed", student.id, training_id="osha-10-789")
    first, second = partner("careersafe").send(body), partner("careersafe").send(body)
    assert (first.said, second.said) == ("200 accepted:completed", "200 duplicate:accepted:completed")
    assert second.json["receipt"] == first.json["receipt"]


@pytest.mark.parametrize("value", ["", "sha256=", "sha256=" + "0" * 64, "sha1=" + "0" * 40, "{good}", "sha256={good}0"])
def test_401_for_a_wrong_hmac_sha256(partner: Partners, value: str) -> None:
    good = sign_hmac_sha256(SECRETS["careersafe"], BODY)["X-Webhook-Signature"].removeprefix("sha256=")
    answer = partner("careersafe").post(BODY, JSON | {"X-Webhook-Signature": value.format(good=good)})
    assert answer.said == ("401 bad_signature" if value else "401 missing_header")


def test_shared_secret_is_compared_with_the_header(partner: Partners, enrolled: Enroll) -> None:
    student = enrolled("barber-apprenticeship")
    body = body_of("course.completed", student.id, course_id="rise", grade=95)
    assert partner("milady").send(body).said == "200 accepted:completed"
    assert partner("milady").send(body).said == "200 duplicate:accepted:completed"


@pytest.mark.parametrize("value", ["", "x", SECRETS["milady"][:-1], SECRETS["milady"] + "=", SECRETS["hsi"], "\xff"])
def test_401_for_a_wrong_shared_secret(partner: Partners, value: str) -> None:
    answer = partner("milady").post(BODY, JSON | {"X-Webhook-Secret": value})
    assert answer.said == ("401 bad_signature" if value else "401 missing_header")


@pytest.mark.parametrize(
    ("slug", "program", "event"),
    [
        ("careersafe", "forklift-operator", "training.completed"),
        ("milady", "barber-apprenticeship", "course.completed"),
    ],
)
def test_the_same_body_while_the_student_has_the_step_open_again_is_a_possible_repeat(
    partner: Partners, enrolled: Enroll, live_db: Db, slug: str, program: str, event: str
) -> None:
    student = enrolled(program)
    body = body_of(event, student.id)
    assert partner(slug).send(body).said == "200 accepted:completed"
    row = live_db.execute("select handoff.enroll_student(%s, %s, true) as again", [student.id, program]).fetchone()
    if program == "barber-apprenticeship":  # not completed yet, so it is the same enrollment
        live_db.execute("select handoff.withdraw_enrollment(%s, 'starts over')", [student.enrollment])
        row = live_db.execute("select handoff.enroll_student(%s, %s) as again", [student.id, program]).fetchone()
    assert row is not None
    assert row["again"] != student.enrollment
    assert partner(slug).send(body).said == "202 parked:possible_repeat"
    assert [kept["reason"] for kept in events(live_db, student.id)] == ["completed", "possible_repeat"]
