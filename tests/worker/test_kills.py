"""Workers that are killed at random moments, again and again: nothing is lost, and each effect is there once.

A few kills are part of the suite. Many: `make kills`, or so many: HANDOFF_KILLS=100 make kills.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, LiteralString

import psycopg
import pytest

from tests import ROOT
from tests.world import told
from tests.world.partners import new_secret
from tests.world.postgres import PgServer
from tests.world.told import Answer, Partners, Told

SLUGS = ("hsi", "certiport", "careersafe")
SECRETS = {slug: new_secret() for slug in SLUGS}
WORKERS = 4
STUDENTS = 6  # enrolled between two kills, while no more than
MOST_OPEN = 60  # messages are on their way
KILLS = int(os.environ.get("HANDOFF_KILLS", "15"))
PATIENCE = 60.0
ENROLL = """
select handoff.enroll_student(p.id, 'medical-assistant')
from generate_series(1, %s) as n
cross join lateral handoff.create_profile(format('s%%s-%%s@school.example', %s::int, n), 'Ann Lee') as p (id)
"""
COMPLETE = """
select handoff.mark_step_complete(s.id)
from handoff.enrollment_steps as s
join handoff.outbox as o on o.step_id = s.id and o.kind = 'enroll_at_partner'
where s.status = 'in_progress' and o.status = 'sent'
"""
HURRY = """
update handoff.outbox set due_at = handoff.clock()
where status = 'failed' and due_at > handoff.clock()
"""
COUNT = "select count(*)::integer as n from handoff."
TOLD = "outbox as o where o.kind = 'enroll_at_partner'"
OPEN = TOLD + " and o.settled_at is null"
Db = psycopg.Connection[dict[str, Any]]


@pytest.fixture
def partners(db: Db) -> Iterator[Partners]:
    """Partners who are told of every step, and take up to a twentieth of a second to answer."""
    with told.partners() as listening:
        for slug in SLUGS:
            db.execute("update handoff.partners set enroll_url = %s where slug = %s", [listening.url(slug), slug])
        listening.answer = slowly
        yield listening


def slowly(message: Told) -> Answer:
    """Taken after a while, so that a kill finds messages on their way, and answers."""
    time.sleep(random.uniform(0, 0.05))
    account = message.said["student_email"]
    return 200, {}, b'{"external_student_id": "%s"}' % account.encode()


@contextmanager
def nursery(environ: dict[str, str]) -> Iterator[Callable[[], int]]:
    """A worker more for each call: its process id. All of them end with the block."""
    made: list[int] = []
    command = [sys.executable, "-m", "tests.worker.nursery"]
    with (
        open(os.devnull, "wb") as nowhere,
        subprocess.Popen(command, cwd=ROOT, env=environ, stdin=-1, stdout=-1, stderr=nowhere, text=True) as process,
    ):
        assert process.stdin and process.stdout
        asked, answers = process.stdin, process.stdout

        def another() -> int:
            asked.write("\n")
            asked.flush()
            made.append(int(answers.readline()))
            return made[-1]

        try:
            yield another
        finally:
            for worker in made[-WORKERS:]:
                kill(worker)
            asked.close()


def kill(worker: int) -> None:
    """At once, without a word."""
    with suppress(ProcessLookupError):
        os.kill(worker, signal.SIGKILL)


def count(db: Db, question: LiteralString) -> int:
    """How many rows of our schema."""
    row = db.execute(COUNT + question).fetchone()
    assert row
    return int(row["n"])


def finish(db: Db) -> None:
    """Until every step that has started is told and done."""
    left, until = 0, 0.0
    while now_left := count(db, "enrollment_steps as s where s.status <> 'completed'"):
        if now_left != left:
            left, until = now_left, time.monotonic() + PATIENCE
        assert time.monotonic() < until, f"{left} steps are left, and nothing moves"
        db.execute(COMPLETE)
        db.execute(HURRY)
        time.sleep(0.1)


def test_workers_that_are_killed_lose_nothing_and_double_no_effect(
    db: Db, pg_server: PgServer, partners: Partners
) -> None:
    environ = {
        "PATH": "/usr/bin:/bin",
        "WORKER_DATABASE_URL": pg_server.url(db.info.dbname, "handoff_worker_login"),
        "HANDOFF_OUTGOING_TEST_HOSTS": partners.host,
    } | {f"PARTNER_OUTGOING_SECRET_{slug.upper()}": secret for slug, secret in SECRETS.items()}
    at_work = 0
    with nursery(environ) as another:
        workers = [another() for _ in range(WORKERS)]
        for number in range(KILLS):
            db.execute(COMPLETE)
            db.execute(HURRY)
            if count(db, OPEN) < MOST_OPEN:
                db.execute(ENROLL, [STUDENTS, number])
            came, until = len(partners.told), time.monotonic() + PATIENCE
            while len(partners.told) == came:
                assert time.monotonic() < until, "nobody is told any more"
                time.sleep(0.01)
            time.sleep(random.uniform(0, 0.1))  # not until something is so: the moment is what is tried
            at_work += len(partners.told) > came
            kill(workers.pop(0))
            workers.append(another())
        finish(db)
    assert at_work > KILLS // 2, "a kill finds workers at work"
    starts = count(db, "step_transitions as t where t.step_id is not null and t.to_status = 'in_progress'")
    assert count(db, TOLD + " and o.status = 'sent'") == count(db, TOLD) == starts, "nothing is lost"
    keys = {
        row["key"] for row in db.execute("select o.key from handoff.outbox as o where o.kind = 'enroll_at_partner'")
    }
    effects = {(message.message_id, message.body) for message in partners.told}
    assert {key for key, _ in effects} == keys, "each start of a step has reached its partner"
    assert len(effects) == len(keys), "a repeat is the same message, so its effect is there once"
    assert count(db, "partner_accounts as a where a.student_id is not null") == starts, "each answer was kept"
    assert db.execute("select * from handoff_private.faults_of_messages()").fetchall() == []
    again, late = count(db, TOLD + " and o.attempts > 1"), count(db, TOLD + " and o.settled_late > 0")
    print(f"\n{KILLS} kills, {at_work} of workers at work; {starts} messages, {len(partners.told)} POSTs", end="")
    print(f"; {again} tried again, {late} settled late, 0 lost, 0 effects doubled")
