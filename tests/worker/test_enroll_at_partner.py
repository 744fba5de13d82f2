"""The worker tells partners of their students: signed, once, and whatever becomes of it."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
import standardwebhooks

from tests import ROOT
from tests.world import told
from tests.world.partners import new_secret
from tests.world.postgres import PgServer
from tests.world.told import Answer, Partners, Told

SLUGS = ("hsi", "certiport", "careersafe")
SECRETS = {slug: new_secret() for slug in SLUGS}
PATIENCE = 30.0
SOON = 10.0  # less than the time that a try may take

Start = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def partners(db: psycopg.Connection[dict[str, Any]]) -> Iterator[Partners]:
    """Partners who are told of every step that starts from now on."""
    with told.partners() as listening:
        for slug in SLUGS:
            db.execute("update handoff.partners set enroll_url = %s where slug = %s", [listening.url(slug), slug])
        yield listening


@pytest.fixture
def start(db_url: str, db: psycopg.Connection[Any], pg_server: PgServer, partners: Partners) -> Iterator[Start]:
    """Starts a worker, and kills it at the end."""
    started: list[subprocess.Popen[bytes]] = []
    environ = {
        "PATH": "/usr/bin:/bin",
        "WORKER_DATABASE_URL": pg_server.url(db.info.dbname, "handoff_worker_login"),
        "HANDOFF_OUTGOING_TEST_HOSTS": partners.host,
    } | {f"PARTNER_OUTGOING_SECRET_{slug.upper()}": secret for slug, secret in SECRETS.items()}

    def run() -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-m", "app.worker"], cwd=ROOT, env=environ))
        return started[-1]

    try:
        yield run
    finally:
        for process in started:
            process.kill()
            process.wait()


def enroll(db: psycopg.Connection[Any], *names: str, program: str = "medical-assistant") -> None:
    """A student of each name in a program."""
    for name in names:
        db.execute(
            "select handoff.enroll_student(handoff.create_profile(%s, %s), %s)",
            [f"{name}@school.example", f"{name.title()} Student", program],
        )


def complete(db: psycopg.Connection[Any], slug: str) -> None:
    """The steps of a partner that are in progress are done."""
    db.execute(
        "select handoff.mark_step_complete(s.id) from handoff.enrollment_steps as s"
        " where s.partner_slug = %s and s.status = 'in_progress'",
        [slug],
    )


def statuses(db: psycopg.Connection[Any]) -> Counter[str]:
    """How many messages there are of each status."""
    return Counter(
        row["status"] for row in db.execute("select o.status from handoff.outbox as o where o.partner_slug is not null")
    )


def hurried(db: psycopg.Connection[Any]) -> Counter[str]:
    """The same, after leases of the killed and pauses, which would end in a while, have ended."""
    db.execute(
        "update handoff.outbox set lease_until = handoff.clock() where lease_until < handoff.clock() + interval '50 s'"
    )
    db.execute("update handoff.outbox set due_at = handoff.clock() where status = 'failed'")
    return statuses(db)


def is_waiting(db: psycopg.Connection[Any]) -> bool:
    """Whether a worker waits for a lock."""
    waiting = (
        "select from pg_stat_activity as a where a.application_name = 'handoff worker' and a.wait_event_type = 'Lock'"
    )
    return bool(db.execute(waiting).fetchall())


def eventually(is_so: Callable[[], object]) -> None:
    """Waits until it is."""
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.05)


@contextmanager
def hanging(partners: Partners, *slugs: str) -> Iterator[threading.Event]:
    """These partners do not answer until the event is set, or the block ends."""
    goes_on = threading.Event()

    def answer(message: Told) -> Answer:
        if message.slug in slugs:
            goes_on.wait()
        return told.accept(message)

    partners.answer = answer
    try:
        yield goes_on
    finally:
        goes_on.set()
        partners.answer = told.accept


def test_a_partner_is_told_and_its_answer_is_kept(
    db: psycopg.Connection[Any], partners: Partners, start: Start
) -> None:
    link = "https://hsi.example/start?student=17"
    partners.answer = lambda _: (201, {}, b'{"external_student_id": 17, "launch_url": "%s"}' % link.encode())
    start()
    enroll(db, "ann")
    [message] = partners.wait(1)
    assert standardwebhooks.Webhook(SECRETS["hsi"]).verify(message.body, message.headers)
    step = db.execute("select s.id from handoff.enrollment_steps as s where s.status = 'in_progress'").fetchone()
    assert message.said == {
        "event": "enrollment.requested",
        "enrollment_id": str(step["id"]) if step else None,
        "student_email": "ann@school.example",
        "student_name": "Ann Student",
        "program": "medical-assistant",
        "course": None,
    }
    eventually(lambda: statuses(db) == {"sent": 1})
    kept = db.execute(
        "select a.external_student_id, p.launch_url, p.accepted_at is not null as is_accepted"
        " from handoff.partner_accounts as a cross join handoff.partner_answers as p"
    ).fetchall()
    assert kept == [{"external_student_id": "17", "launch_url": link, "is_accepted": True}]


def test_a_link_with_its_scheme_in_capitals_is_kept_at_the_first_try(
    db: psycopg.Connection[Any], partners: Partners, start: Start
) -> None:
    partners.answer = lambda _: (200, {}, b'{"launch_url": "HTTPS://hsi.example/start"}')
    start()
    enroll(db, "ann")
    eventually(lambda: statuses(db) == {"sent": 1})
    assert len(partners.told) == 1


def test_each_next_partner_is_told_by_itself(db: psycopg.Connection[Any], partners: Partners, start: Start) -> None:
    start()
    enroll(db, "ann")
    for number, slug in enumerate(SLUGS, 1):
        assert partners.wait(number)[-1].slug == slug
        complete(db, slug)
    eventually(lambda: statuses(db) == {"sent": 3})


@pytest.mark.parametrize(
    ("status", "becomes", "kept_as"),
    [(400, "dead", 400), (302, "dead", 302), (503, "failed", 503), (600, "failed", None), (999, "failed", None)],
)
def test_what_an_answer_makes_of_the_message(
    db: psycopg.Connection[Any], partners: Partners, start: Start, status: int, becomes: str, kept_as: int | None
) -> None:
    partners.answer = lambda _: (status, {"Location": "/elsewhere", "Retry-After": "3600"}, b"")
    start()
    enroll(db, "ann")
    eventually(lambda: statuses(db) == {becomes: 1})
    row = db.execute(
        "select o.detail, o.http_status, o.due_at - handoff.clock() as wait from handoff.outbox as o"
        " where o.partner_slug is not null"
    )
    [kept] = row.fetchall()
    assert (kept["detail"], kept["http_status"]) == (f"answered {status}", kept_as)
    assert kept["wait"] is None if becomes == "dead" else kept["wait"].total_seconds() > 3500
    assert len(partners.told) == 1


def test_a_worker_that_is_killed_while_it_sends_leaves_the_message_to_the_next(
    db: psycopg.Connection[Any], partners: Partners, start: Start
) -> None:
    with hanging(partners, "hsi"):
        first = start()
        enroll(db, "ann")
        partners.wait(1)
        first.kill()
        first.wait()
        assert statuses(db) == {"sending": 1}
    db.execute("update handoff.outbox set lease_until = handoff.clock() where partner_slug is not null")
    start()
    eventually(lambda: hurried(db) == {"sent": 1})
    assert len({message.message_id for message in partners.told}) == 1, "a repeat is the same message"


def test_one_partner_that_hangs_keeps_no_other_waiting(
    db: psycopg.Connection[Any], partners: Partners, start: Start
) -> None:
    with hanging(partners, "hsi"):
        enroll(db, *(f"s{number}" for number in range(40)))
        start()
        partners.wait(2)
        db.execute(
            "select handoff.mark_step_complete(s.id) from handoff.enrollment_steps as s where s.status = 'in_progress'"
        )
        eventually(lambda: sum(message.slug == "certiport" for message in partners.told) == 40)
        assert sum(message.slug == "hsi" for message in partners.told) == 2


def test_it_ends_what_it_is_at_when_it_is_told_to_stop(
    db: psycopg.Connection[Any], partners: Partners, start: Start
) -> None:
    with hanging(partners, "hsi") as goes_on:
        worker = start()
        enroll(db, "ann")
        partners.wait(1)
        worker.send_signal(signal.SIGTERM)
        goes_on.set()
        assert worker.wait(PATIENCE) == 0
    assert statuses(db) == {"sent": 1}


def test_told_to_stop_it_waits_for_no_partner_that_hangs(
    db: psycopg.Connection[Any], partners: Partners, start: Start
) -> None:
    with hanging(partners, "hsi"):
        worker = start()
        enroll(db, "ann")
        partners.wait(1)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(SOON) == 0
    assert statuses(db) == {"sending": 1}, "its lease will end"


def test_told_to_stop_it_waits_for_no_database_that_hangs(
    db: psycopg.Connection[Any], db_url: str, start: Start
) -> None:
    with psycopg.connect(db_url) as other:
        other.execute("lock table handoff.trail_readers in access exclusive mode")
        worker = start()
        eventually(lambda: is_waiting(db))
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(SOON) == 0


def test_a_partner_that_is_renamed_while_it_is_told_is_told_once(
    db: psycopg.Connection[Any], db_url: str, partners: Partners, start: Start
) -> None:
    with hanging(partners, "hsi") as goes_on, psycopg.connect(db_url) as other:
        partners_answer = partners.answer
        partners.answer = lambda message: (partners_answer(message), (200, {}, b'{"external_student_id": "H-1"}'))[1]
        start()
        enroll(db, "ann")
        partners.wait(1)
        other.execute("update handoff.partners set slug = 'hsi-2' where slug = 'hsi'")
        goes_on.set()
        eventually(lambda: is_waiting(db))
        other.commit()
        eventually(lambda: statuses(db) == {"sent": 1})
    accounts = db.execute("select a.partner_slug, a.external_student_id from handoff.partner_accounts as a").fetchall()
    assert accounts == [{"partner_slug": "hsi-2", "external_student_id": "H-1"}]
    assert len(partners.told) == 1


def test_it_goes_on_when_its_connections_are_cut(db: psycopg.Connection[Any], partners: Partners, start: Start) -> None:
    start()
    enroll(db, "ann")
    partners.wait(1)
    eventually(lambda: statuses(db) == {"sent": 1})
    db.execute(
        "select pg_terminate_backend(a.pid) from pg_stat_activity as a where a.application_name = 'handoff worker'"
    )
    enroll(db, "ben")
    partners.wait(2)
    eventually(lambda: statuses(db) == {"sent": 2})


def test_three_workers_that_are_killed_again_and_again_lose_nothing(
    db: psycopg.Connection[Any], partners: Partners, start: Start
) -> None:
    workers = [start() for _ in range(3)]
    for number in range(60):
        enroll(db, f"s{number}")
        if number % 6 == 5:
            workers[0].kill()
            workers = [*workers[1:], start()]
    eventually(lambda: hurried(db) == {"sent": 60})
    students = {message.said["student_email"]: message.message_id for message in partners.told}
    assert len(students) == 60
    assert {message.message_id for message in partners.told} == set(students.values()), "one message for each"
