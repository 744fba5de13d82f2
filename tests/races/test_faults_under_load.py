"""Every fault of database and web server while partners send: nothing is lost, nothing is twice, nothing is claimed.

`make faults` runs the long form and prints the answer times that docs/operate/outages.md shows.
"""

from __future__ import annotations

import os
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import DictRow

from app.operate.postgres import embedded
from app.operate.postgres.binaries import embedded_bindir
from app.operate.which_database import logins
from tests import ROOT
from tests.races.load import Load, Told
from tests.races.stories import Delivery, barber_story, expected_books, medical_story
from tests.world import partners, setup_sql
from tests.world.outages import Database, sessions_behind
from tests.world.postgres import PgServer
from tests.world.server import Server, kill_workers, serving

LONG = bool(os.environ.get("HANDOFF_SLOW"))
SENDERS = 8
STUDENTS = 200 if LONG else 24  # for each fault; half of them are sent about while it lasts
SECONDS = {"the inbox is locked": 60}  # in the long form; the others
OTHER_SECONDS = 15


# Breaks something; sends what there is to send while it is broken; waits for the last of that, or for who sends.
Send = Callable[[], None]
Fault = Callable[[Database, Server, Send], AbstractContextManager[None]]


def lasting(fault: Callable[[Database], AbstractContextManager[None]]) -> Fault:
    """A fault that is there until the block ends."""

    @contextmanager
    def lasts(database: Database, _: Server, send: Send) -> Iterator[None]:
        with fault(database):
            send()
            yield

    return lasts


@contextmanager
def session_crashed(database: Database, _: Server, send: Send) -> Iterator[None]:
    """PostgreSQL ends every session and recovers by itself."""
    database.crash(send)
    yield


@contextmanager
def killed_before_commit(database: Database, server: Server, send: Send) -> Iterator[None]:
    """The web server's processes are gone, and nothing is committed."""
    kill_in_the_middle(database, server, send, terminate=True)
    yield


@contextmanager
def killed_after_commit(database: Database, server: Server, send: Send) -> Iterator[None]:
    """The events are committed, and nobody is left to say so."""
    kill_in_the_middle(database, server, send, terminate=False)
    yield


def kill_in_the_middle(database: Database, server: Server, send: Send, *, terminate: bool) -> None:
    """Kills the web server's processes while their events are stuck, and then maybe the events' sessions."""
    stuck: list[int] = []
    while not stuck:
        with database.enrollments_locked() as holder, database.connect() as db:
            send()
            database.await_sessions_behind(holder)
            kill_workers(server)
            stuck = sessions_behind(db, holder)  # none: they were given up just before
            if terminate:
                db.execute("select pg_catalog.pg_terminate_backend(pid) from unnest(%s::integer[]) as pid", [stuck])


LASTING: dict[str, Fault] = {
    "PostgreSQL is stopped": lasting(Database.stopped),
    "PostgreSQL is torn down": lasting(Database.torn_down),
    "PostgreSQL hangs": lasting(Database.frozen),
    "PostgreSQL is out of connections": lasting(Database.out_of_connections),
    "PostgreSQL is read-only": lasting(Database.read_only),
    "the disk is full": lasting(Database.disk_full),
    "the inbox is locked": lasting(Database.table_locked),
}
FAULTS = LASTING | {
    "PostgreSQL restarts in the middle of transactions": session_crashed,
    "the web server is killed before the commit": killed_before_commit,
    "the web server is killed after the commit": killed_after_commit,
}


@pytest.fixture
def database(pg_server: PgServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    if not LONG and pg_server.bindir not in (None, embedded_bindir()):
        pytest.skip("once is enough: it runs on the embedded PostgreSQL")
    directory = tmp_path_factory.mktemp("faults")
    try:
        database = Database(directory, pg_server.bindir, durable=True)
        with database.on_a_small_disk() as is_real:
            print(f"the full disk is {'a small one, filled' if is_real else 'an error of a trigger: nobody may mount'}")
            database.deploy()
            partners.configure(database.cluster.url())
            yield database
    finally:
        embedded.destroy(directory)


@pytest.fixture
def server(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = partners.SETTINGS | logins(database.cluster)
    with serving(settings, tmp_path_factory.mktemp("faults-log") / "server.log") as server:
        yield server


def enroll(db: psycopg.Connection[DictRow], program: str, number: int) -> list[UUID]:
    """The ids of so many new students in a program."""
    rows = db.execute(
        "select p.id, handoff.enroll_student(p.id, %(program)s)"
        " from (select handoff.create_profile(%(program)s || n || '@test.example', 'Test Student') as id"
        " from pg_catalog.generate_series(1, %(number)s) as n) as p",
        {"program": program, "number": number},
    )
    return [row["id"] for row in rows]


@pytest.mark.alone
def test_whatever_breaks_every_event_is_stored_and_applied_once(database: Database, server: Server) -> None:
    with database.connect() as db:
        half = len(FAULTS) * STUDENTS // 2
        medical = [medical_story(student) for student in enroll(db, "medical-assistant", half)]
        barbers = [barber_story(student) for student in enroll(db, "barber-apprenticeship", half)]
    stories = [story for both in zip(medical, barbers, strict=True) for story in both]
    told = {}
    with Load(server.port, SENDERS) as load:
        for number, name in enumerate(FAULTS):
            share = stories[number * STUDENTS :][:STUDENTS]
            told[name] = under(name, database, server, load, share)
    show(told)
    with database.connect() as db:
        check_books(db, [delivery for story in stories for delivery in story])
    assert told["the web server is killed after the commit"].repeats > 0


def under(name: str, database: Database, server: Server, load: Load, stories: list[list[Delivery]]) -> Told:
    """What the senders are told while the fault lasts; afterwards all is told that was held back."""
    half = len(stories) // 2
    during = iter([stories[half:]])
    load.send(stories[:half])
    load.wait_until_some_are_taken()
    told = load.begin()
    with FAULTS[name](database, server, lambda: load.send(next(during, []))):
        if name in LASTING:
            load.wait_until_all_have_met_it()
            if LONG:
                time.sleep(SECONDS.get(name, OTHER_SECONDS))
    ended = time.monotonic()
    load.wait_until_some_are_taken()
    told.seconds_to_recover = time.monotonic() - ended
    load.wait_until_all_is_told()
    return told


def check_books(db: psycopg.Connection[DictRow], deliveries: list[Delivery]) -> None:
    """Sent is stored, with the outcome that it must have; every enrollment is certified; the trail says the same."""
    events, conflicts = expected_books(deliveries)
    rows = db.execute("select * from handoff.partner_events as e").fetchall()
    stored = {(row["partner_slug"], row["event_key"]): (row["first_outcome"], row["body"]) for row in rows}
    assert Counter(outcome for outcome, _ in stored.values()) == Counter(outcome for outcome, _ in events.values())
    assert stored == events
    assert len(rows) == len(stored)
    kept = db.execute(
        "select e.partner_slug, e.event_key, c.body from handoff.partner_event_conflicts as c"
        " join handoff.partner_events as e on e.receipt = c.receipt"
    )
    assert {(row["partner_slug"], row["event_key"], row["body"]) for row in kept} == conflicts
    attempts, said = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for delivery in deliveries:
        if not delivery.outcome.startswith("conflict"):
            attempts[delivery.slug, delivery.key] += delivery.attempts
            said[delivery.slug, delivery.key] += delivery.stored
    for row in rows:
        key = row["partner_slug"], row["event_key"]
        assert said[key] <= row["seen"] <= attempts[key]
    status = db.execute(
        "select e.status, count(*) as enrollments, count(c.number) as certificates from handoff.enrollments as e"
        " left join handoff.certificates as c on c.enrollment_id = e.id group by e.status"
    ).fetchall()
    number = len(FAULTS) * STUDENTS
    assert status == [{"status": "completed", "enrollments": number, "certificates": number}]
    setup_sql.load(db)
    assert db.execute("select * from test.violations()").fetchall() == []


def show(told: dict[str, Told]) -> None:
    """The table of docs/operate/outages.md."""
    print("| fault | 503 | dropped | answer, median | answer, slowest | taken again after |")
    for name, met in told.items():
        times = met.unavailable or [0.0]
        row = [name, len(met.unavailable), met.dropped]
        seconds = [statistics.median(times), max(times), met.seconds_to_recover]
        print(f"| {' | '.join(map(str, row))} | {' | '.join(f'{value:.1f} s' for value in seconds)} |")


def test_the_document_names_every_fault() -> None:
    table = re.findall(r"^\| (.+?) \| \d+ \| \d", (ROOT / "docs" / "operate" / "outages.md").read_text(), re.MULTILINE)
    assert table == list(FAULTS)
