"""explain-signature: what is wrong with a delivery, or what would become of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from click.testing import Result

from app.partner_secrets import fingerprint
from tests.operate.commands import FIVE, Db, Run
from tests.world.partners import JSON, SECRETS, Partner, body_of, new_key, sign_standard
from tests.world.people import Student, events
from tests.world.server import Server


def explained(run: Run, slug: str, headers: dict[str, str], body: bytes, *more: str) -> Result:
    """The command on a delivery; it never tells a secret."""
    words = [word for name, value in headers.items() for word in ("--header", f"{name}: {value}")]
    result = run("explain-signature", slug, *words, "--body", "-", *more, input=body)
    for secret in " ".join(SECRETS.values()).split():
        assert secret not in result.output
        assert secret.removeprefix("whsec_") not in result.output
    return result


def test_a_right_delivery_is_right_in_each_scheme(run_live: Run, live_server: Server) -> None:
    body = body_of("course.completed", "nobody")
    for slug in FIVE:
        result = explained(run_live, slug, Partner(slug, live_server.port).signed(body), body)
        assert result.exit_code == 0, result.output
        assert "right: answered 202 parked:unknown_" in result.stdout
        assert fingerprint(SECRETS[slug].split()[-1]) in result.stdout


@pytest.mark.parametrize(
    ("slug", "make", "codes"),
    [
        ("hsi", lambda body: sign_standard(SECRETS["hsi"], body + b"\n"), ["body_line_end"]),
        ("hsi", lambda body: sign_standard(SECRETS["certiport"], body), ["secret_of_another"]),
        ("hsi", lambda body: {"X-Webhook-Secret": SECRETS["hsi"]}, ["missing_header"]),
        ("milady", lambda body: {"X-Webhook-Secret": SECRETS["hsi"]}, ["secret_of_another"]),
        ("careersafe", lambda body: {"X-Webhook-Signature": "sha256=" + "0" * 64}, ["no_match"]),
        ("bad-secret", lambda body: sign_standard(SECRETS["hsi"], body), ["secret_unusable"]),
        ("no-secret", lambda body: sign_standard(SECRETS["hsi"], body), ["secret_missing"]),
    ],
)
def test_it_says_what_is_wrong_and_the_server_refuses_it_too(
    run_live: Run, live_server: Server, slug: str, make: Callable[[bytes], dict[str, str]], codes: list[str]
) -> None:
    body = body_of("course.completed", new_key())
    headers = make(body)
    result = explained(run_live, slug, headers, body)
    assert result.exit_code == 1
    assert list(dict.fromkeys(re.findall(r"\(([a-z_0-9]+)\)$", result.stdout, re.MULTILINE))) == codes
    [answered] = re.findall(r"^wrong: answered (.*)$", result.stdout, re.MULTILINE)
    assert Partner(slug, live_server.port).post(body, JSON | headers).said == answered


def test_a_delivery_of_yesterday_is_explained_as_of_yesterday(run_live: Run) -> None:
    body = body_of("course.completed", "nobody")
    headers = sign_standard(SECRETS["hsi"], body, at=1_700_000_000)
    assert "stale_timestamp" in explained(run_live, "hsi", headers, body).stdout
    assert explained(run_live, "hsi", JSON | headers, body, "--at", "1700000010").exit_code == 0


TALL = b'{"event":"course.completed","student_id":"nobody","x":"' + b"x" * 65536 + b'"}'


@pytest.mark.parametrize(
    ("body", "more", "code"),
    [
        (body_of("course.completed", "nobody"), {"Content-Type": "text/plain"}, "unsupported_type"),
        (
            body_of("course.completed", "nobody"),
            {"Content-Type": "application/json; charset=latin-1"},
            "unsupported_type",
        ),
        (body_of("course.completed", "nobody"), {"Content-Encoding": "gzip"}, "unsupported_encoding"),
        (b"no json", {}, "bad_json"),
        (b"", {}, "empty_body"),
        (b'{"event":"course.completed"}', {}, "missing_field"),
        (body_of("course.completed", "nobody", course_id=7.5), {}, "bad_field"),
        (body_of("course.completed", "nobody", completed_at="today"), {}, "bad_time"),
        (TALL, {}, "too_large"),
    ],
)
def test_it_never_says_right_of_what_the_server_refuses(
    run_live: Run, live_server: Server, body: bytes, more: dict[str, str], code: str
) -> None:
    headers = Partner("hsi", live_server.port).signed(body) | more
    result = explained(run_live, "hsi", headers, body)
    [answered] = re.findall(r"^wrong: answered (.*)$", result.stdout, re.MULTILINE)
    assert (result.exit_code, f"({code})" in result.stdout, "right" in result.stdout) == (1, True, False)
    assert Partner("hsi", live_server.port).post(body, headers).said == answered


def test_without_a_content_type_it_is_not_right(run_live: Run, live_server: Server) -> None:
    body = body_of("course.completed", "nobody")
    result = explained(run_live, "hsi", sign_standard(SECRETS["hsi"], body), body)
    assert (result.exit_code, "415 unsupported_type" in result.stdout) == (1, True)


def test_it_says_what_would_become_of_a_delivery_and_does_nothing(
    run_live: Run, live_server: Server, live_db: Db
) -> None:
    student = Student.enroll(live_db, "cpr-first-aid")
    body = body_of("course.completed", student.id, course_id="c-9", enrollment_id=-1)
    headers = Partner("hsi", live_server.port).signed(body)
    result = explained(run_live, "hsi", headers, body)
    assert result.exit_code == 0, result.output
    assert "right: answered 200 accepted:completed" in result.stdout
    assert "course c-9" in result.stdout
    assert "(left_out)" in result.stdout
    assert (student.steps(), events(live_db, student.id)) == ("hsi:in_progress", [])
    accounts = live_db.execute("select count(*) as n from handoff.partner_accounts as a where a.partner_slug = 'hsi'")
    before = accounts.fetchone()
    stranger = body_of("course.completed", new_key())
    assert (
        "unknown_student"
        in explained(run_live, "hsi", Partner("hsi", live_server.port).signed(stranger), stranger).stdout
    )
    accounts = live_db.execute("select count(*) as n from handoff.partner_accounts as a where a.partner_slug = 'hsi'")
    assert accounts.fetchone() == before


def test_a_key_that_another_body_has_is_not_right(run_live: Run, live_server: Server) -> None:
    hsi, key = Partner("hsi", live_server.port), new_key()
    hsi.send(body_of("course.completed", "nobody"), key)
    other = body_of("course.completed", "somebody")
    result = explained(run_live, "hsi", hsi.signed(other, key), other)
    assert (result.exit_code, "wrong: answered 409 key_reused" in result.stdout) == (1, True)


def test_a_known_delivery_is_told_its_outcome(run_live: Run, live_server: Server) -> None:
    hsi, key = Partner("hsi", live_server.port), new_key()
    body = body_of("course.completed", "nobody")
    hsi.send(body, key)
    assert "parked:unknown_student" in explained(run_live, "hsi", hsi.signed(body, key), body).stdout


def test_a_retired_partner_is_refused(run_live: Run, live_server: Server) -> None:
    body = body_of("course.completed", "nobody")
    result = explained(run_live, "gone", Partner("gone", live_server.port).signed(body), body)
    assert (result.exit_code, "410 partner_retired" in result.stdout) == (1, True), repr(result.exception)


def test_a_header_without_a_colon_is_a_wrong_call(run_live: Run) -> None:
    assert run_live("explain-signature", "hsi", "--header", "nothing", "--body", "-", input=b"").exit_code == 2
