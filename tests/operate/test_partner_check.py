"""partner-check: how far a partner is from its first student, and what is next."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from click.testing import Result

from app.partner_secrets import fingerprint
from tests.operate.commands import Db, Run
from tests.world.partners import JSON, Partner, body_of, new_secret, sign_standard
from tests.world.people import Student
from tests.world.server import Server
from tests.world.site import Site


@pytest.fixture
def check(make_site: Callable[..., Site], db_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """check("hsi", partner_secrets=...): the command on this test's own database."""
    monkeypatch.setenv("DATABASE_URL", db_url)
    return lambda slug, **settings: make_site(**settings).app.test_cli_runner().invoke(args=["partner-check", slug])


def done(result: Result) -> list[str]:
    """The steps that are done."""
    return re.findall(r"^  done  (.*?):", result.stdout, re.MULTILINE)


def test_partner_check_follows_a_partner_from_nothing_to_its_first_student(
    check: Callable[..., Result], make_site: Callable[..., Site]
) -> None:
    secret = new_secret()
    assert done(result := check("hsi")) == ["partner active"]
    assert result.exit_code == 1
    assert "PARTNER_WEBHOOK_SECRET_HSI" in result.stdout

    site = make_site(partner_secrets={"HSI": (secret,)})
    assert done(check("hsi", partner_secrets={"HSI": (secret,)})) == ["partner active", "secret set"]

    def send(body: bytes, with_secret: str) -> int:
        headers = JSON | sign_standard(with_secret, body)
        return site.app.test_client().post("/api/webhooks/partners/hsi", data=body, headers=headers).status_code

    assert send(b"{}", new_secret()) == 401
    result = check("hsi", partner_secrets={"HSI": (secret,)})
    assert done(result) == ["partner active", "secret set", "endpoint reached"]
    assert (result.exit_code, "bad_signature" in result.stdout, "explain-signature hsi" in result.stdout) == (
        1,
        True,
        True,
    )

    site.db.execute(
        "insert into handoff.partner_event_types (partner_slug, event_type, meaning) values ('hsi', 'ping', 'test')"
    )
    assert send(b'{"event": "ping"}', secret) == 200
    result = check("hsi", partner_secrets={"HSI": (secret,)})
    assert (result.exit_code, len(done(result))) == (0, 5)
    assert secret not in result.stdout
    assert fingerprint(secret) in result.stdout


def test_partner_check_sees_that_students_move_on_by_themselves(
    run_live: Run, live_server: Server, live_db: Db
) -> None:
    student = Student.enroll(live_db, "cpr-first-aid")
    answer = Partner("hsi", live_server.port).send(body_of("course.completed", student.id))
    assert answer.said == "200 accepted:completed"
    result = run_live("partner-check", "hsi")
    assert (result.exit_code, "first automatic advance seen" in done(result)) == (0, True)
    assert "next: nothing" in result.stdout


@pytest.mark.parametrize(
    ("slug", "named"), [("resting", "status"), ("bad-secret", "BAD_SECRET"), ("no-secret", "NO_SECRET")]
)
def test_partner_check_says_what_stands_in_the_way(run_live: Run, slug: str, named: str) -> None:
    result = run_live("partner-check", slug)
    [line] = re.findall(r"^next: (.*)$", result.stdout, re.MULTILINE)
    assert (result.exit_code, named in line) == (1, True)


def test_the_shared_secret_is_marked(check: Callable[..., Result]) -> None:
    result = check("hsi", shared_secrets=(new_secret(),))
    assert "secret set" in done(result)
    assert "shared with other partners" in result.stdout


def test_an_unknown_partner_is_one_line(run_live: Run) -> None:
    assert run_live("partner-check", "nobody").exit_code == 1
    assert run_live("explain-signature", "nobody", "--body", "-", input=b"").exit_code == 1
