"""`bounce`: what a mail server pipes is always taken, unless the database is away; then it is kept and comes again."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from uuid import UUID, uuid4

import psycopg
import pytest
from click.testing import Result
from psycopg.rows import DictRow

from app import create_app
from app.settings import Settings
from app.worker.bounces.return_path import ReturnPath
from tests import ROOT
from tests.world.postgres import PgServer
from tests.world.reports import STUDENT, hostile, mail
from tests.world.server import HOST, SECRET_KEY, free_port

Db = psycopg.Connection[DictRow]
Pipe = Callable[..., Result]

ADDRESS = "bounces@school.example"
OURS = ReturnPath(ADDRESS, SECRET_KEY)
STATES = "select o.bounce_status, o.bounced_at is not null as is_back from handoff.outbox as o where o.message_id = %s"


def piped(raw: bytes, *options: str, **settings: str | None) -> Result:
    """The command, with this mail on its standard input."""
    held = Settings(secret_key=SECRET_KEY, **{"mail_bounces": ADDRESS, **settings})  # type: ignore[arg-type]
    return create_app(held).test_cli_runner().invoke(args=["bounce", *options], input=raw)


@pytest.fixture
def pipe(db: Db, pg_server: PgServer) -> Pipe:
    """pipe(mail): with the worker's login, which can do no more."""
    url = pg_server.url(db.info.dbname, "handoff_worker_login")
    return lambda raw, *options: piped(raw, *options, worker_database_url=url)


@pytest.fixture
def mailed(db: Db) -> UUID:
    """A mail that was sent to a student."""
    row = db.execute(
        "insert into handoff.outbox"
        " (key, kind, profile_id, made_at, expires_at, status, attempts, settled_at, mailed_to)"
        " select 'withdrawn:1', 'withdrawn', handoff.create_profile(%s, 'Jane'),"
        " now(), now(), 'sent', 1, now(), %s returning message_id",
        [STUDENT, STUDENT],
    ).fetchone()
    assert row
    return UUID(str(row["message_id"]))


def said(result: Result) -> str:
    """Its one line, when it has taken the mail."""
    assert result.exit_code == 0, result.output
    (line,) = result.output.splitlines()
    assert "@" not in line
    return line


def test_a_hard_bounce_suppresses_the_address_once(pipe: Pipe, db: Db, mailed: UUID) -> None:
    raw = mail("exchange", OURS.address(mailed))
    assert said(pipe(raw)) == f"suppressed: mail {mailed}, status 5.1.10"
    assert said(pipe(raw)) == f"known: mail {mailed}, status 5.1.10"
    assert [row["address"] for row in db.execute("select s.address from handoff.mail_suppressions as s")] == [STUDENT]
    assert db.execute(STATES, [mailed]).fetchone() == {"bounce_status": "5.1.10", "is_back": True}


@pytest.mark.parametrize(("name", "status"), [("delayed", "4.4.1"), ("refused for who we are", "5.7.26")])
def test_any_other_is_noted_and_no_more(pipe: Pipe, db: Db, mailed: UUID, name: str, status: str) -> None:
    assert said(pipe(mail(name, OURS.address(mailed)))) == f"noted: mail {mailed}, status {status}"
    assert db.execute("select from handoff.mail_suppressions").rowcount == 0
    assert db.execute(STATES, [mailed]).fetchone() == {"bounce_status": status, "is_back": False}


def test_a_report_of_another_address_is_noted_and_no_more(pipe: Pipe, db: Db, mailed: UUID) -> None:
    """The student forwards the mail, or it was sent to a wrong address before."""
    raw = mail("of where it was forwarded to", OURS.address(mailed))
    assert said(pipe(raw)) == f"another: mail {mailed}, status 5.1.1"
    assert db.execute("select from handoff.mail_suppressions").rowcount == 0
    assert db.execute(STATES, [mailed]).fetchone() == {"bounce_status": "5.1.1", "is_back": False}


@pytest.mark.parametrize("name", ["away", "of a person", "qmail", "delivered"])
def test_what_is_no_report_is_ignored(pipe: Pipe, db: Db, mailed: UUID, name: str) -> None:
    assert said(pipe(mail(name, OURS.address(mailed)))).startswith("ignored: ")
    assert db.execute(STATES, [mailed]).fetchone() == {"bounce_status": None, "is_back": False}


@pytest.mark.parametrize("name", hostile(""))
def test_whatever_is_piped_is_taken_without_a_database(name: str) -> None:
    assert said(piped(hostile(OURS.address(uuid4()))[name])).startswith("ignored: ")


def test_a_forged_address_bounces_nobody(pipe: Pipe, db: Db, mailed: UUID) -> None:
    forged = ReturnPath(ADDRESS, "f" * 32).address(mailed)
    assert said(pipe(mail("postfix", forged))) == "ignored: it came to no address that we made"
    assert said(pipe(mail("postfix", OURS.address(uuid4())))).startswith("unknown: ")
    assert db.execute("select from handoff.mail_suppressions").rowcount == 0


def test_the_mail_server_may_say_to_whom_it_came(pipe: Pipe, mailed: UUID) -> None:
    raw = mail("postfix", ADDRESS)
    assert said(pipe(raw)).startswith("ignored: ")
    assert said(pipe(raw, "--recipient", OURS.address(mailed))).startswith("suppressed: ")


@pytest.mark.parametrize(
    "settings",
    [
        {"worker_database_url": f"postgresql://handoff_worker_login@{HOST}:{free_port()}/handoff"},
        {"mail_bounces": None},
    ],
)
def test_what_can_not_be_noted_is_left_to_the_mail_server(settings: dict[str, str | None]) -> None:
    result = piped(mail("postfix", OURS.address(uuid4())), **settings)
    assert (result.exit_code, len(result.output.splitlines()), "@" in result.output) == (75, 1, False)


def test_an_older_database_keeps_it_waiting(pipe: Pipe, db: Db, mailed: UUID) -> None:
    db.execute("drop function handoff.note_bounce(uuid, boolean, text, text[])")
    assert pipe(mail("postfix", OURS.address(mailed))).exit_code == 75


def test_as_a_mail_server_runs_it(db: Db, pg_server: PgServer, mailed: UUID) -> None:
    environ = os.environ | {
        "WORKER_DATABASE_URL": pg_server.url(db.info.dbname, "handoff_worker_login"),
        "SECRET_KEY": SECRET_KEY,
        "MAIL_BOUNCES": ADDRESS,
    }
    command = [sys.executable, "-m", "flask", "--app", "app", "bounce", "--recipient", OURS.address(mailed).upper()]
    told = subprocess.run(
        command, cwd=ROOT, env=environ, input=mail("gmail", ADDRESS), capture_output=True, check=True, timeout=60
    )
    assert told.stdout.decode() == f"suppressed: mail {mailed}, status 5.1.1\n"
    assert b"@" not in told.stderr
