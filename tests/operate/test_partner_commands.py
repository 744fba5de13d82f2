"""sign, explain-signature, partner-check: what a person at the school uses to get a partner going."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable

import pytest
from click.testing import Result
from psycopg import Connection
from psycopg.rows import DictRow

from app import create_app
from app.partner_secrets import fingerprint
from app.settings import Settings
from tests.world.partners import JSON, SECRETS, SETTINGS, Partner, body_of, new_key, new_secret, sign_standard
from tests.world.people import Student, events
from tests.world.server import Server
from tests.world.site import Site

Db = Connection[DictRow]
Run = Callable[..., Result]

FIVE = ("hsi", "certiport", "careersafe", "jri", "milady")
needs_shell = pytest.mark.skipif(not all(map(shutil.which, ("sh", "curl"))), reason="the commands need sh and curl")


@pytest.fixture
def run(live_server: Server, monkeypatch: pytest.MonkeyPatch) -> Run:
    """run("sign", "hsi"): the command with the settings of the live server."""
    monkeypatch.setenv("DATABASE_URL", live_server.db_url)
    environ = SETTINGS | {"DATABASE_URL": live_server.db_url, "BASE_URL": live_server.base_url}
    runner = create_app(Settings.from_environ(environ)).test_cli_runner()
    return lambda *words, **options: runner.invoke(args=words, **options)


def commands(printed: str) -> list[str]:
    """The curl commands, one by one, as they would be pasted."""
    return re.findall(r"^curl .*?(?<!\\)$", printed, re.MULTILINE | re.DOTALL)


def shell(command: str) -> dict[str, str]:
    """What the server answers to a pasted command."""
    done = subprocess.run(["sh", "-euc", command], env=os.environ, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    answer: dict[str, str] = json.loads(done.stdout)
    return answer


# sign


@needs_shell
@pytest.mark.parametrize("slug", FIVE)
def test_each_printed_command_works_when_it_is_pasted(run: Run, live_db: Db, slug: str) -> None:
    account = f'it\'s "{new_key()}" $HOME \\ é'
    printed = run("sign", slug, "--student", account)
    assert printed.exit_code == 0
    pasted = commands(printed.stdout)
    types = live_db.execute("select from handoff.partner_event_types as t where t.partner_slug = %s", [slug]).rowcount
    assert [shell(command)["reason"] for command in pasted] == ["unknown_student"] * (types - 1) + ["test_event"]
    assert len(events(live_db, account)) == types - 1 > 0


@needs_shell
@pytest.mark.parametrize(
    ("slug", "program"),
    [
        ("hsi", "cpr-first-aid"),
        ("certiport", "cna"),
        ("careersafe", "forklift-operator"),
        ("jri", "barber-apprenticeship"),
        ("milady", "barber-apprenticeship"),
    ],
)
def test_the_command_of_a_completion_completes_the_students_step(
    run: Run, live_db: Db, slug: str, program: str
) -> None:
    student = Student.enroll(live_db, program)
    row = live_db.execute(
        "select t.event_type from handoff.partner_event_types as t"
        " where t.partner_slug = %s and t.meaning = 'completion'",
        [slug],
    ).fetchone()
    assert row
    [command] = commands(run("sign", slug, "--student", str(student.id), "--event", row["event_type"]).stdout)
    assert shell(command)["status"] == "accepted"
    assert f"{slug}:completed" in student.steps()


@pytest.mark.parametrize("slug", FIVE)
def test_a_secret_is_printed_only_where_the_scheme_is_the_secret_and_with_a_warning(run: Run, slug: str) -> None:
    printed = run("sign", slug)
    secret = SECRETS[slug].split()[-1]
    is_shown = any(text in printed.stdout for text in (secret, secret.removeprefix("whsec_")))
    assert is_shown is (slug == "milady")
    assert ("warning" in printed.stderr) is is_shown


def test_the_newest_secret_of_a_rotation_signs(run: Run, live_db: Db) -> None:
    account = new_key()
    [command] = commands(run("sign", "jri", "--student", account, "--event", "program.completed").stdout)
    shell(command)
    assert [event["context"]["secret"] for event in events(live_db, account)] == [
        fingerprint(SECRETS["jri"].split()[-1])
    ]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("nobody",), "hsi"),
        (("hsi", "--event", "coffee.spilled"), "course.completed"),
        (("no-secret",), "PARTNER_WEBHOOK_SECRET_NO_SECRET"),
        (("bad-secret",), "not base64"),
    ],
)
def test_what_can_not_be_signed_is_one_line_that_says_what_there_is(
    run: Run, words: tuple[str, ...], named: str
) -> None:
    result = run("sign", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    [line] = result.stderr.splitlines()
    assert named in line
    assert SECRETS["bad-secret"] not in line


# explain-signature


def explained(run: Run, slug: str, headers: dict[str, str], body: bytes, *more: str) -> Result:
    """The command on a delivery; it never tells a secret."""
    words = [word for name, value in headers.items() for word in ("--header", f"{name}: {value}")]
    result = run("explain-signature", slug, *words, "--body", "-", *more, input=body)
    for secret in " ".join(SECRETS.values()).split():
        assert secret not in result.output
        assert secret.removeprefix("whsec_") not in result.output
    return result


def test_a_right_delivery_is_right_in_each_scheme(run: Run, live_server: Server) -> None:
    body = body_of("course.completed", "nobody")
    for slug in FIVE:
        result = explained(run, slug, Partner(slug, live_server.port).signed(body), body)
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
    run: Run, live_server: Server, slug: str, make: Callable[[bytes], dict[str, str]], codes: list[str]
) -> None:
    body = body_of("course.completed", new_key())
    headers = make(body)
    result = explained(run, slug, headers, body)
    assert result.exit_code == 1
    assert list(dict.fromkeys(re.findall(r"\(([a-z_0-9]+)\)$", result.stdout, re.MULTILINE))) == codes
    [answered] = re.findall(r"^wrong: answered (.*)$", result.stdout, re.MULTILINE)
    assert Partner(slug, live_server.port).post(body, JSON | headers).said == answered


def test_a_delivery_of_yesterday_is_explained_as_of_yesterday(run: Run) -> None:
    body = body_of("course.completed", "nobody")
    headers = sign_standard(SECRETS["hsi"], body, at=1_700_000_000)
    assert "stale_timestamp" in explained(run, "hsi", headers, body).stdout
    assert explained(run, "hsi", JSON | headers, body, "--at", "1700000010").exit_code == 0


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
    run: Run, live_server: Server, body: bytes, more: dict[str, str], code: str
) -> None:
    headers = Partner("hsi", live_server.port).signed(body) | more
    result = explained(run, "hsi", headers, body)
    [answered] = re.findall(r"^wrong: answered (.*)$", result.stdout, re.MULTILINE)
    assert (result.exit_code, f"({code})" in result.stdout, "right" in result.stdout) == (1, True, False)
    assert Partner("hsi", live_server.port).post(body, headers).said == answered


def test_without_a_content_type_it_is_not_right(run: Run, live_server: Server) -> None:
    body = body_of("course.completed", "nobody")
    result = explained(run, "hsi", sign_standard(SECRETS["hsi"], body), body)
    assert (result.exit_code, "415 unsupported_type" in result.stdout) == (1, True)


def test_it_says_what_would_become_of_a_delivery_and_does_nothing(run: Run, live_server: Server, live_db: Db) -> None:
    student = Student.enroll(live_db, "cpr-first-aid")
    body = body_of("course.completed", student.id, course_id="c-9", enrollment_id=-1)
    headers = Partner("hsi", live_server.port).signed(body)
    result = explained(run, "hsi", headers, body)
    assert result.exit_code == 0, result.output
    assert "right: answered 200 accepted:completed" in result.stdout
    assert "course c-9" in result.stdout
    assert "(left_out)" in result.stdout
    assert (student.steps(), events(live_db, student.id)) == ("hsi:in_progress", [])
    accounts = live_db.execute("select count(*) as n from handoff.partner_accounts as a where a.partner_slug = 'hsi'")
    before = accounts.fetchone()
    stranger = body_of("course.completed", new_key())
    assert (
        "unknown_student" in explained(run, "hsi", Partner("hsi", live_server.port).signed(stranger), stranger).stdout
    )
    accounts = live_db.execute("select count(*) as n from handoff.partner_accounts as a where a.partner_slug = 'hsi'")
    assert accounts.fetchone() == before


def test_a_key_that_another_body_has_is_not_right(run: Run, live_server: Server) -> None:
    hsi, key = Partner("hsi", live_server.port), new_key()
    hsi.send(body_of("course.completed", "nobody"), key)
    other = body_of("course.completed", "somebody")
    result = explained(run, "hsi", hsi.signed(other, key), other)
    assert (result.exit_code, "wrong: answered 409 key_reused" in result.stdout) == (1, True)


def test_a_known_delivery_is_told_its_outcome(run: Run, live_server: Server) -> None:
    hsi, key = Partner("hsi", live_server.port), new_key()
    body = body_of("course.completed", "nobody")
    hsi.send(body, key)
    assert "parked:unknown_student" in explained(run, "hsi", hsi.signed(body, key), body).stdout


def test_a_retired_partner_is_refused(run: Run, live_server: Server) -> None:
    body = body_of("course.completed", "nobody")
    result = explained(run, "gone", Partner("gone", live_server.port).signed(body), body)
    assert (result.exit_code, "410 partner_retired" in result.stdout) == (1, True), repr(result.exception)


def test_a_header_without_a_colon_is_a_wrong_call(run: Run) -> None:
    assert run("explain-signature", "hsi", "--header", "nothing", "--body", "-", input=b"").exit_code == 2


# partner-check


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


def test_partner_check_sees_that_students_move_on_by_themselves(run: Run, live_server: Server, live_db: Db) -> None:
    student = Student.enroll(live_db, "cpr-first-aid")
    answer = Partner("hsi", live_server.port).send(body_of("course.completed", student.id))
    assert answer.said == "200 accepted:completed"
    result = run("partner-check", "hsi")
    assert (result.exit_code, "first automatic advance seen" in done(result)) == (0, True)
    assert "next: nothing" in result.stdout


@pytest.mark.parametrize(
    ("slug", "named"), [("resting", "status"), ("bad-secret", "BAD_SECRET"), ("no-secret", "NO_SECRET")]
)
def test_partner_check_says_what_stands_in_the_way(run: Run, slug: str, named: str) -> None:
    result = run("partner-check", slug)
    [line] = re.findall(r"^next: (.*)$", result.stdout, re.MULTILINE)
    assert (result.exit_code, named in line) == (1, True)


def test_the_shared_secret_is_marked(check: Callable[..., Result]) -> None:
    result = check("hsi", shared_secrets=(new_secret(),))
    assert "secret set" in done(result)
    assert "shared with other partners" in result.stdout


def test_an_unknown_partner_is_one_line(run: Run) -> None:
    assert run("partner-check", "nobody").exit_code == 1
    assert run("explain-signature", "nobody", "--body", "-", input=b"").exit_code == 1
