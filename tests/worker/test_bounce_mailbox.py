"""A mailbox of bounces is read: what is ours is noted and deleted, everything else stays, whatever happens."""

from __future__ import annotations

import imaplib
import logging
import re
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import ClassVar
from uuid import UUID, uuid4

import psycopg
import pytest
import trustme
from psycopg.rows import DictRow

from app.database.pools import Pools
from app.settings import Settings
from app.worker.bounces import mailbox
from app.worker.bounces.report import Bounce
from app.worker.bounces.return_path import ReturnPath
from app.worker.clock import Clock
from tests import ROOT
from tests.worker.imap import PASSWORD, USER, Post, behind_tls, post
from tests.worker.tls import known_certificate, server_context
from tests.world.postgres import PgServer
from tests.world.reports import STUDENT, hostile, mail
from tests.world.server import HOST, SECRET_KEY

ADDRESS = "bounces@school.example"
OURS = ReturnPath(ADDRESS, SECRET_KEY)
PATIENCE = 30.0


@pytest.fixture(scope="module")
def server() -> Iterator[Post]:
    """One IMAP server for all."""
    with post() as running:
        yield running


@pytest.fixture
def box(server: Post) -> Iterator[Post]:
    """An empty mailbox."""
    yield server
    with server.opened() as opened:
        opened.store("1:*", "+FLAGS", r"\Deleted")
        opened.expunge()


class Notes(list[UUID]):
    """What was noted."""

    def note(self, message_id: UUID, _: Bounce) -> str:
        """As handoff.note_bounce."""
        self.append(message_id)
        return "suppressed"


def bounce_of(message_id: UUID, name: str = "postfix") -> bytes:
    """A mail that came back, as it is in a mailbox."""
    return mail(name, OURS.address(message_id)).replace(b"\n", b"\r\n")


def test_what_is_ours_is_noted_and_deleted_and_the_rest_stays_marked_as_read(box: Post) -> None:
    ours, late, notes = uuid4(), uuid4(), Notes()
    foreign = mail("postfix", "bounces@school.example")
    box.put(
        bounce_of(ours),
        foreign,
        bounce_of(uuid4(), "away"),
        bounce_of(late, "delayed"),
        bounce_of(uuid4(), "of a person"),
    )
    assert mailbox.read(box.url(), OURS, notes.note) == 5
    assert sorted(notes) == sorted([ours, late])
    assert (box.count(), box.count("UNSEEN")) == (3, 0)
    assert mailbox.read(box.url(), OURS, notes.note) == 0


def test_hostile_mails_stay_and_stop_nothing(box: Post) -> None:
    ours, notes = uuid4(), Notes()
    # Of those that the server itself can bear.
    names = ("two megabytes", "two megabytes of nothing", "no mail", "a report in base64")
    mails = [hostile(OURS.address(uuid4()))[name] for name in names]
    box.put(*mails, bounce_of(ours))
    assert mailbox.read(box.url(), OURS, notes.note) == len(mails) + 1
    assert (notes, box.count(), box.count("UNSEEN")) == ([ours], len(mails), 0)


def test_no_more_are_read_at_once_than_are_wanted(box: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "AT_ONCE", 2)
    notes, ids = Notes(), [uuid4() for _ in range(5)]
    box.put(*map(bounce_of, ids))
    assert [mailbox.read(box.url(), OURS, notes.note) for _ in range(4)] == [2, 2, 1, 0]
    assert (notes, box.count()) == (ids, 0)


def test_many_are_searched_a_part_at_a_time(box: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer to one search for all would be longer than what is read of a line."""
    monkeypatch.setattr(mailbox, "SEARCHED", 2)
    monkeypatch.setattr(imaplib, "_MAXLINE", 150)
    notes, ids = Notes(), [uuid4() for _ in range(60)]
    box.put(*map(bounce_of, ids))
    assert mailbox.read(box.url(), OURS, notes.note) == 60
    assert (notes, box.count()) == (ids, 0)


class Refusing(imaplib.IMAP4):
    """A server that does not give out some mails, and goes away at others."""

    refused: ClassVar[set[bytes]] = set()
    away_at: ClassVar[set[bytes]] = set()
    fetched: ClassVar[list[str]] = []

    def uid(self, command: str, *args: str) -> tuple[str, list[object]]:
        kind, data = super().uid(command, *args)
        if command != "FETCH":
            return kind, data
        self.fetched.append(args[0])
        raw = next((part[1] for part in data if isinstance(part, tuple)), b"")
        if any(mark in raw for mark in self.away_at):
            self.shutdown()
            raise imaplib.IMAP4.abort("socket error: EOF")
        return ("NO", [b"it is damaged"]) if any(mark in raw for mark in self.refused) else (kind, data)


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Refusing]]:
    """The mailbox, by way of such a server."""
    monkeypatch.setattr(imaplib, "IMAP4", Refusing)
    yield Refusing
    for mails in (Refusing.refused, Refusing.away_at, Refusing.fetched):
        mails.clear()


def marked(mark: str) -> bytes:
    """A mail that came back, with a mark on it."""
    return f"X-Mark: {mark}\r\n".encode() + bounce_of(uuid4())


def test_one_that_is_not_given_out_keeps_no_other_waiting_and_is_left_behind(
    box: Post, refusing: type[Refusing], caplog: pytest.LogCaptureFixture
) -> None:
    notes, ours, failures = Notes(), uuid4(), Counter[str]()
    refusing.refused.add(b"X-Mark: bad")
    box.put(marked("bad"), bounce_of(ours))
    with caplog.at_level(logging.WARNING, "handoff.bounces"):
        assert [mailbox.read(box.url(), OURS, notes.note, failures) for _ in range(5)] == [2, 1, 1, 0, 0]
    assert (notes, box.count(), box.count("UNSEEN")) == ([ours], 1, 0)
    (line,) = (record.getMessage() for record in caplog.records)
    assert re.fullmatch(r"mail \d+ in the mailbox of bounces can't be read, and is left there: 1 so far", line)


def test_one_that_breaks_the_connection_is_left_behind_after_three_looks(box: Post, refusing: type[Refusing]) -> None:
    notes, ours, failures = Notes(), uuid4(), Counter[str]()
    refusing.away_at.add(b"X-Mark: bad")
    box.put(marked("bad"), bounce_of(ours))
    for _ in range(3):
        with pytest.raises(imaplib.IMAP4.abort):
            mailbox.read(box.url(), OURS, notes.note, failures)
    assert mailbox.read(box.url(), OURS, notes.note, failures) == 1
    assert (notes, box.count()) == ([ours], 1)
    assert mailbox.read(box.url(), OURS, notes.note, failures) == 0


def test_what_could_not_be_noted_is_as_new_as_before(box: Post) -> None:
    def away(*_: object) -> str:
        raise psycopg.OperationalError("away")

    ours, notes = uuid4(), Notes()
    box.put(bounce_of(ours))
    with pytest.raises(psycopg.OperationalError):
        mailbox.read(box.url(), OURS, away)
    assert (box.count(), box.count("UNSEEN")) == (1, 1)
    mailbox.read(box.url(), OURS, notes.note)
    assert notes == [ours]


def test_several_may_read_at_a_time(box: Post) -> None:
    ids, notes = [uuid4() for _ in range(20)], Notes()
    box.put(*map(bounce_of, ids))
    with ThreadPoolExecutor(3) as readers:
        for reading in [readers.submit(mailbox.read, box.url(), OURS, notes.note) for _ in range(3)]:
            reading.result()
    assert (set(notes), box.count()) == (set(ids), 0)


def test_the_folder_is_named_in_the_url(box: Post) -> None:
    notes = Notes()
    with box.opened() as opened:
        opened.create('"Came back"')
        opened.append('"Came back"', "", "", bounce_of(uuid4()))
    assert mailbox.read(box.url(folder="Came%20back"), OURS, notes.note) == 1
    with pytest.raises(imaplib.IMAP4.error):
        mailbox.read(box.url(folder="Nowhere"), OURS, notes.note)


def test_a_wrong_password_opens_nothing(box: Post) -> None:
    with pytest.raises(imaplib.IMAP4.error) as refused:
        mailbox.read(box.url(password="wrong"), OURS, Notes().note)
    assert "wrong" not in str(refused.value)


def test_tls_is_spoken_and_the_certificate_checked(box: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes, ours = Notes(), uuid4()
    box.put(bounce_of(ours))
    with behind_tls(box.port, server_context(trustme.CA(), HOST)) as port, pytest.raises(ssl.SSLCertVerificationError):
        mailbox.read(box.url("imaps", port), OURS, notes.note)
    for name in ("elsewhere.example", HOST):
        with behind_tls(box.port, known_certificate(tmp_path, monkeypatch, name)) as port:
            if name == HOST:
                mailbox.read(box.url("imaps", port), OURS, notes.note)
            else:
                with pytest.raises(ssl.SSLCertVerificationError):
                    mailbox.read(box.url("imaps", port), OURS, notes.note)
    assert notes == [ours]


def test_a_server_that_hangs_is_left_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "TIMEOUT", 0.2)
    with socket.create_server((HOST, 0)) as silent, pytest.raises(OSError):
        mailbox.read(f"imap://{USER}:x@{HOST}:{silent.getsockname()[1]}/", OURS, Notes().note)


@pytest.fixture
def work(
    db_url: str, db: psycopg.Connection[DictRow], pg_server: PgServer, tmp_path: Path
) -> Iterator[Callable[..., Path]]:
    """Starts a worker with these settings; its log. Killed at the end."""
    started: list[subprocess.Popen[bytes]] = []
    environ = {
        "PATH": "/usr/bin:/bin",
        "WORKER_DATABASE_URL": pg_server.url(db.info.dbname, "handoff_worker_login"),
        "SECRET_KEY": SECRET_KEY,
        "MAIL_BOUNCES": ADDRESS,
    }

    def start(**settings: str) -> Path:
        log = tmp_path / f"{len(started)}.log"
        with log.open("wb") as output:
            command = [sys.executable, "-m", "app.worker"]
            started.append(subprocess.Popen(command, cwd=ROOT, env=environ | settings, stderr=output))
        return log

    try:
        yield start
    finally:
        for process in started:
            process.kill()
            process.wait()


def mailed(db: psycopg.Connection[DictRow], address: str = STUDENT) -> UUID:
    """A mail that was sent to a student."""
    row = db.execute(
        "insert into handoff.outbox"
        " (key, kind, profile_id, made_at, expires_at, status, attempts, settled_at, mailed_to)"
        " select 'withdrawn:' || gen_random_uuid(), 'withdrawn', handoff.create_profile(%s, 'Jane Student'),"
        " now(), now(), 'sent', 1, now(), %s returning message_id",
        [address, address],
    ).fetchone()
    assert row
    return UUID(str(row["message_id"]))


def wait_for(condition: Callable[[], bool]) -> None:
    """Until it holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)


def test_a_worker_reads_the_mailbox_and_tells_nobodys_address(
    box: Post, work: Callable[..., Path], db: psycopg.Connection[DictRow]
) -> None:
    ours = mailed(db)
    box.put(bounce_of(ours), mail("of a person", ADDRESS))
    log = work(BOUNCES_IMAP_URL=box.url())
    wait_for(lambda: db.execute("select from handoff.mail_suppressions").rowcount == 1)
    wait_for(lambda: box.count() == 1)
    wait_for(lambda: "no address that we made" in log.read_text())
    said = log.read_text()
    assert f"suppressed: mail {ours}, status 5.1.1" in said
    assert "@" not in said and PASSWORD not in said


def test_a_mailbox_that_hangs_keeps_the_worker_from_nothing(
    work: Callable[..., Path], db: psycopg.Connection[DictRow]
) -> None:
    with socket.create_server((HOST, 0)) as silent:
        work(BOUNCES_IMAP_URL=f"imap://{USER}:x@{HOST}:{silent.getsockname()[1]}/")
        silent.settimeout(PATIENCE)
        with silent.accept()[0]:
            seen = (
                "select from handoff.trail_readers as r"
                " where r.position = (select max(t.id) from handoff.step_transitions as t)"
            )
            db.execute("select handoff.enroll_student(handoff.create_profile('joe@school.example', 'Joe'), 'cna')")
            wait_for(lambda: db.execute(seen).rowcount >= 1)


def test_it_looks_again_after_a_minute_and_not_while_it_reads(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    now, looks, go_on = [1000.0], [], threading.Event()

    class Standing(Clock):
        def monotonic(self) -> float:
            return now[0]

    def read(*_: object) -> int:
        looks.append(now[0])
        go_on.wait(PATIENCE)
        raise OSError("no mailbox")

    monkeypatch.setattr(mailbox, "read", read)
    settings = Settings(mail_bounces=ADDRESS, bounces_imap_url="imap://a:b@localhost/", secret_key=SECRET_KEY)
    box = mailbox.Mailbox(settings, Pools(settings), Standing())
    with caplog.at_level(logging.WARNING, "handoff.bounces"):
        for moment in (1000.0, 1001.0, 1100.0):
            now[0] = moment
            box.look()
        assert looks == [1000.0]
        go_on.set()
        assert box._reading
        box._reading.join(PATIENCE)
        box.look()
        box._reading.join(PATIENCE)
        now[0] = 1159.0
        box.look()
    assert looks == [1000.0, 1100.0]
    assert [record.message for record in caplog.records] == ["the mailbox of bounces can't be read: OSError"] * 2
