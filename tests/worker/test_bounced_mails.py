"""The whole way: a mail leaves with a return path of its own, comes back, and its address gets links alone."""

from __future__ import annotations

import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.rows import DictRow

from app import create_app
from app.pages.session import digest
from app.settings import Settings
from app.worker.bounces.return_path import ReturnPath
from app.worker.mails.links import sign_in_token
from tests import ROOT
from tests.worker.post_office import PostOffice
from tests.world.postgres import PgServer
from tests.world.reports import STUDENT, mail
from tests.world.server import HOST, SECRET_KEY, Server, free_port, serving

Db = psycopg.Connection[DictRow]
Start = Callable[..., None]

BOUNCES = "bounces@school.example"
OURS = ReturnPath(BOUNCES, SECRET_KEY)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server that takes everything."""
    with PostOffice().open() as opened:
        yield opened


@pytest.fixture
def worker_url(db: Db, pg_server: PgServer) -> str:
    """The worker's login on this test's database."""
    return pg_server.url(db.info.dbname, "handoff_worker_login")


@pytest.fixture
def start(worker_url: str, office: PostOffice) -> Iterator[Start]:
    """start(BASE_URL=...): a worker that mails by the office, killed at the end."""
    environ = {
        "PATH": "/usr/bin:/bin",
        "WORKER_DATABASE_URL": worker_url,
        "SMTP_URL": office.url,
        "MAIL_FROM": "Handoff <handoff@school.example>",
        "MAIL_BOUNCES": BOUNCES,
        "SECRET_KEY": SECRET_KEY,
        "BASE_URL": "https://handoff.example",
    }
    with ExitStack() as stack:

        def run(**settings: str) -> None:
            command = [sys.executable, "-m", "app.worker"]
            process = subprocess.Popen(command, cwd=ROOT, env=environ | settings)
            stack.callback(process.wait)
            stack.callback(process.kill)

        yield run


@pytest.fixture
def ada(db: Db) -> UUID:
    """An admin."""
    row = db.execute("select handoff.create_profile('ada@school.example', 'Ada', 'admin') as id").fetchone()
    assert row
    return UUID(str(row["id"]))


def queue(db: Db, kind: str, person: UUID) -> UUID:
    """A mail that is due."""
    key = f"{kind}:{uuid4()}"
    db.execute("select handoff_private.queue_mail(%s, %s, %s)", [kind, person, key])
    row = db.execute("select o.message_id from handoff.outbox as o where o.key = %s", [key]).fetchone()
    assert row
    return UUID(str(row["message_id"]))


def bounce(worker_url: str, raw: bytes) -> str:
    """What the command says of a mail."""
    settings = Settings(secret_key=SECRET_KEY, mail_bounces=BOUNCES, worker_database_url=worker_url)
    result = create_app(settings).test_cli_runner().invoke(args=["bounce"], input=raw)
    assert result.exit_code == 0
    return result.output


def test_a_mail_that_comes_back_is_the_last_but_for_links(
    db: Db, office: PostOffice, start: Start, worker_url: str, ada: UUID
) -> None:
    first = queue(db, "digest", ada)
    start()
    office.wait(1)
    assert office.senders == [OURS.address(first)]
    assert bounce(
        worker_url, mail("postfix", office.senders[0]).replace(STUDENT.encode(), b"ada@school.example")
    ).startswith(f"suppressed: mail {first}")

    second, link = queue(db, "digest", ada), uuid4()
    db.execute(
        "select handoff.mail_sign_in_link('ada@school.example', %s, %s, null)",
        [link, digest(sign_in_token(SECRET_KEY, link))],
    )
    came = office.wait(2)
    assert [one["To"] for one in came] == ["ada@school.example"] * 2 and "sign in" in came[1]["Subject"]
    db.execute("select handoff.correct_profile(%s, 'ada@home.example', null, 'moved')", [ada])
    third = queue(db, "digest", ada)
    office.wait(3)
    assert office.recipients == ["ada@school.example", "ada@school.example", "ada@home.example"]
    assert office.senders[2] == OURS.address(third)
    row = db.execute("select o.status, o.detail from handoff.outbox as o where o.message_id = %s", [second]).fetchone()
    assert row == {"status": "cancelled", "detail": "a mail to this address came back"}


@pytest.fixture
def server(db: Db, db_url: str, tmp_path: Path) -> Iterator[Server]:
    """The pages."""
    with serving({"DATABASE_URL": db_url}, tmp_path / "server.log") as running:
        yield running


def test_a_mail_program_finds_the_button_and_presses_it(
    db: Db, office: PostOffice, start: Start, server: Server, ada: UUID
) -> None:
    queue(db, "digest", ada)
    queue(db, "alert", ada)
    start()
    by_kind = {"List-Unsubscribe" in one: one for one in office.wait(2)}
    digest_mail, alert = by_kind[True], by_kind[False]
    assert alert["List-Unsubscribe-Post"] is None
    assert digest_mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = str(digest_mail["List-Unsubscribe"]).strip("<>")
    assert link.startswith("https://handoff.example/mail/stop/")
    # Mail programs look for the header on one line, and the relay signs it as it is.
    raw = next(raw for raw in office.raw if b"List-Unsubscribe:" in raw)
    assert f"\r\nList-Unsubscribe: <{link}>\r\n".encode() in b"\r\n" + raw

    path = link.removeprefix("https://handoff.example")
    for method in ("GET", "HEAD"):
        with urllib.request.urlopen(urllib.request.Request(server.base_url + path, method=method)) as answer:  # noqa: S310
            assert answer.status == 200
    assert db.execute("select from handoff.mail_preferences").rowcount == 0
    pressed = urllib.request.Request(server.base_url + path, b"List-Unsubscribe=One-Click")  # noqa: S310
    with urllib.request.urlopen(pressed) as answer:  # noqa: S310
        assert (answer.status, answer.url) == (200, server.base_url + path)
    stopped = queue(db, "digest", ada)
    queue(db, "alert", ada)
    office.wait(3)
    row = db.execute("select o.status from handoff.outbox as o where o.message_id = %s", [stopped]).fetchone()
    assert row == {"status": "cancelled"}
    assert path not in server.log()


def test_without_the_setting_the_sender_is_mail_from(db: Db, office: PostOffice, start: Start, ada: UUID) -> None:
    queue(db, "digest", ada)
    start(MAIL_BOUNCES="", BASE_URL=f"http://{HOST}:{free_port()}")
    [came] = office.wait(1)
    assert office.senders == ["handoff@school.example"]
    assert came["List-Unsubscribe"] is not None and came["List-Unsubscribe-Post"] is None
