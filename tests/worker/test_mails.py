"""People are mailed by the worker: what was written once, once, and whatever the mail server answers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest

from app.pages.session import digest
from app.worker.mails.links import BLANK
from tests import ROOT
from tests.worker.post_office import PostOffice, text_of
from tests.world.postgres import PgServer
from tests.world.server import SECRET_KEY

PATIENCE = 30.0
LINK = "4a7f5f5e-0000-4000-8000-000000000001"

Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server that takes everything."""
    with PostOffice().open() as opened:
        yield opened


@pytest.fixture
def start(db: psycopg.Connection[Any], pg_server: PgServer) -> Iterator[Start]:
    """start(SMTP_URL=...): a worker, killed at the end."""
    environ = {
        "PATH": "/usr/bin:/bin",
        "WORKER_DATABASE_URL": pg_server.url(db.info.dbname, "handoff_worker_login"),
        "MAIL_FROM": "Handoff <handoff@school.example>",
        "BASE_URL": "https://handoff.example",
        "SECRET_KEY": SECRET_KEY,
    }
    with ExitStack() as stack:

        def run(**settings: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", "app.worker"]
            process = subprocess.Popen(command, cwd=ROOT, env=environ | settings, stdout=subprocess.PIPE)
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process

        yield run


def enroll(db: psycopg.Connection[Any], name: str) -> None:
    db.execute(
        "select handoff.enroll_student(handoff.create_profile(%s, %s), 'medical-assistant')",
        [f"{name}@school.example", f"{name.title()} Student"],
    )


def statuses(db: psycopg.Connection[Any]) -> Counter[str]:
    """How many mails have each status."""
    return Counter(row["status"] for row in db.execute("select o.status from handoff.outbox as o"))


def hurried(db: psycopg.Connection[Any]) -> Counter[str]:
    """The same, and what waits to be tried again is due."""
    db.execute("update handoff.outbox set due_at = handoff.clock() where status = 'failed' and lease_token is null")
    db.execute("update handoff.mailing set failures = 0, open_until = null where failures > 0")
    return statuses(db)


def eventually(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def stored(db: psycopg.Connection[Any]) -> dict[str, str]:
    """The only mail, as it is stored."""
    [row] = db.execute("select o.body from handoff.outbox as o").fetchall()
    body: dict[str, str] = json.loads(row["body"])
    return body


def ask_for_link(db: psycopg.Connection[Any], address: str, token: str) -> None:
    db.execute("select handoff.mail_sign_in_link(%s, %s, %s, '/student/progress')", [address, LINK, digest(token)])


def test_what_arrives_is_what_is_stored(db: psycopg.Connection[Any], office: PostOffice, start: Start) -> None:
    db.execute("update handoff.school set name = 'École du Nord'")
    start(SMTP_URL=office.url)
    enroll(db, "ann")
    [mail] = office.wait(1)
    eventually(lambda: statuses(db) == {"sent": 1})
    kept = stored(db)
    assert text_of(mail) == kept["text"] and text_of(mail, "html") == kept["html"]
    assert (mail["Subject"], mail["Date"], mail["Message-ID"]) == (kept["subject"], kept["date"], kept["message_id"])
    assert (mail["From"], mail["To"]) == ("Handoff <handoff@school.example>", "ann@school.example")
    assert mail["Auto-Submitted"] == "auto-generated"
    row = db.execute("select o.message_id from handoff.outbox as o").fetchone()
    assert row and mail["Message-ID"] == f"<{row['message_id']}@handoff.example>"
    assert mail.get_content_type() == "multipart/alternative"
    assert "Hello Ann Student," in kept["text"] and "École du Nord" in kept["html"]


def test_a_retry_has_the_same_bytes_whatever_changed_meanwhile(
    db: psycopg.Connection[Any], office: PostOffice, start: Start
) -> None:
    office.at_data = lambda _: "451 later"
    start(SMTP_URL=office.url)
    enroll(db, "ann")
    office.wait(1)
    eventually(lambda: statuses(db) == {"failed": 1})
    db.execute("update handoff.school set name = 'Another Name'")
    db.execute("update handoff.programs set name = 'Another Program' where slug = 'medical-assistant'")
    office.at_data = lambda _: "250 OK"
    eventually(lambda: hurried(db) == {"sent": 1})
    first, second = office.raw
    assert first == second


@pytest.mark.parametrize(
    ("at_rcpt", "at_data", "becomes", "detail"),
    [
        ("550 no such user", "250 OK", "dead", "the mail server refuses the recipient: 550"),
        ("450 greylisted", "250 OK", "failed", "the mail server refuses the recipient: 450"),
        ("250 OK", "554 spam", "dead", "the mail server refuses the mail: 554"),
        ("250 OK", "452 full", "failed", "the mail server refuses the mail: 452"),
    ],
)
def test_what_an_answer_makes_of_the_mail(
    db: psycopg.Connection[Any],
    office: PostOffice,
    start: Start,
    at_rcpt: str,
    at_data: str,
    becomes: str,
    detail: str,
) -> None:
    office.at_rcpt, office.at_data = lambda _: at_rcpt, lambda _: at_data
    start(SMTP_URL=office.url)
    enroll(db, "ann")
    eventually(lambda: statuses(db) == {becomes: 1})
    row = db.execute(
        "select o.detail, e.status from handoff.outbox as o cross join handoff.enrollments as e"
    ).fetchone()
    assert row == {"detail": detail, "status": "active"}


def test_a_mail_whose_worker_was_killed_before_the_answer_is_in_doubt_until_an_admin_says(
    db: psycopg.Connection[Any], office: PostOffice, start: Start
) -> None:
    office.hangs = True
    worker = start(SMTP_URL=office.url)
    enroll(db, "ann")
    office.wait(1)
    worker.kill()
    worker.wait()
    assert statuses(db) == {"sending": 1}
    db.execute("update handoff.outbox set lease_until = handoff.clock()")
    office.hangs = False
    start(SMTP_URL=office.url)
    eventually(lambda: statuses(db) == {"unknown": 1})
    enroll(db, "ben")
    office.wait(2)
    assert office.recipients == ["ann@school.example", "ben@school.example"], "nothing was doubled"
    db.execute("select handoff.resend_mail(o.message_id) from handoff.outbox as o where o.status = 'unknown'")
    office.wait(3)
    assert office.raw[0] == office.raw[2]


def test_a_mail_server_that_is_away_gets_them_later(db: psycopg.Connection[Any], start: Start) -> None:
    away = PostOffice()
    start(SMTP_URL=away.url)
    for name in ("ann", "ben", "cat", "dan"):
        enroll(db, name)
    eventually(lambda: statuses(db)["failed"] >= 3)
    with away.open():
        eventually(lambda: hurried(db) == {"sent": 4})
        assert sorted(away.recipients) == [f"{name}@school.example" for name in ("ann", "ben", "cat", "dan")]


def test_two_workers_send_each_mail_once(db: psycopg.Connection[Any], office: PostOffice, start: Start) -> None:
    for number in range(60):
        enroll(db, f"s{number}")
    start(SMTP_URL=office.url)
    start(SMTP_URL=office.url)
    eventually(lambda: statuses(db) == {"sent": 60})
    assert len(office.recipients) == len(set(office.recipients)) == 60


# Links to sign in


def test_a_link_leaves_within_two_seconds_and_ahead_of_all_others(
    db: psycopg.Connection[Any], office: PostOffice, start: Start, token: str
) -> None:
    office.hangs = True
    for number in range(20):
        enroll(db, f"s{number}")
    start(SMTP_URL=office.url)
    office.wait(4)
    asked = time.monotonic()
    ask_for_link(db, "s1@school.example", token)
    mails = office.wait(5)
    assert time.monotonic() - asked < 2
    assert f"https://handoff.example/sign-in/{token}?next=/student/progress" in text_of(mails[-1])
    assert f'href="https://handoff.example/sign-in/{token}?next=/student/progress"' in text_of(mails[-1], "html")
    row = db.execute("select o.body from handoff.outbox as o where o.kind = 'sign_in_link'").fetchone()
    assert row and BLANK in row["body"] and token not in row["body"]


def test_a_worker_with_another_key_mails_no_link_and_leaves_it_to_one_that_has_the_right_one(
    db: psycopg.Connection[Any], office: PostOffice, start: Start, token: str
) -> None:
    start(SMTP_URL=office.url, SECRET_KEY="w" * 32)
    enroll(db, "ann")
    office.wait(1)
    ask_for_link(db, "ann@school.example", token)
    waiting = "select o.detail from handoff.outbox as o where o.kind = 'sign_in_link' and o.status = 'pending'"
    eventually(
        lambda: db.execute(waiting).fetchall() == [{"detail": "the worker's SECRET_KEY is not that of the pages"}]
    )
    start(SMTP_URL=office.url)
    assert token in text_of(office.wait(2)[1])


def test_without_a_mail_server_they_are_printed_where_that_is_wanted(
    db: psycopg.Connection[Any], start: Start, token: str
) -> None:
    worker = start(HANDOFF_PRINT_LINKS="1")
    enroll(db, "ann")
    eventually(lambda: statuses(db) == {"sent": 1})
    ask_for_link(db, "ann@school.example", token)
    eventually(lambda: statuses(db) == {"sent": 2})
    worker.kill()
    printed = worker.communicate()[0].decode()
    assert "Your link to sign in" in printed and "Hello Ann" not in printed
    assert re.search(rf"https://handoff\.example/sign-in/{token}\S*", printed)
    rows = db.execute("select distinct o.detail from handoff.outbox as o").fetchall()
    assert rows == [{"detail": "not mailed, since SMTP_URL is not set"}]


@pytest.fixture
def token() -> str:
    """The token of LINK, as the pages make it."""
    from uuid import UUID

    from app.worker.mails.links import sign_in_token

    return sign_in_token(SECRET_KEY, UUID(LINK))
