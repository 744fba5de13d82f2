"""Workers that are killed at random moments, again and again: nothing is lost, and each effect is there once.

`make kills` kills a thousand; HANDOFF_KILLS says how many, HANDOFF_SEED which moments.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

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
STUDENTS = 6  # enrolled between two kills
SLOW = bool(os.environ.get("HANDOFF_SLOW"))
KILLS = int(os.environ.get("HANDOFF_KILLS", "1000" if SLOW else "20"))
PATIENCE = 60.0
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
            for worker in made:
                kill(worker)
            asked.close()


def kill(worker: int) -> None:
    """At once, without a word."""
    try:
        os.kill(worker, signal.SIGKILL)
    except ProcessLookupError:
        pass


def hurry(db: Db) -> None:
    """What waits for its next try waits no longer."""
    db.execute("update handoff.outbox set due_at = handoff.clock() where status = 'failed' and due_at > handoff.clock()")


def counted(db: Db, question: str) -> int:
    row = db.execute(f"select count(*)::integer as n from {question}".encode()).fetchone()
    assert row
    return int(row["n"])


def open_messages(db: Db) -> int:
    return counted(db, "handoff.outbox as o where o.settled_at is null")


def test_workers_that_are_killed_lose_nothing_and_double_no_effect(
    db: Db, pg_server: PgServer, partners: Partners
) -> None:
    seed = int(os.environ.get("HANDOFF_SEED", "0")) or random.randrange(2**32)
    print(f"\n{KILLS} kills of {WORKERS} workers, HANDOFF_SEED={seed}")
    chance = random.Random(seed)
    environ = {
        "PATH": "/usr/bin:/bin",
        "WORKER_DATABASE_URL": pg_server.url(db.info.dbname, "handoff_worker_login"),
        "HANDOFF_OUTGOING_TEST_HOSTS": partners.host,
    } | {f"PARTNER_OUTGOING_SECRET_{slug.upper()}": secret for slug, secret in SECRETS.items()}
    took_part = 0
    with nursery(environ) as another:
        workers = [another() for _ in range(WORKERS)]
        for number in range(KILLS):
            db.execute(
                "select handoff.enroll_student(handoff.create_profile(format('s%%s-%%s@school.example', %s::int, n), 'Ann Lee'),"
                " 'medical-assistant') from generate_series(1, %s) as n",
                [number, STUDENTS],
            )
            db.execute(
                "select handoff.mark_step_complete(s.id) from handoff.enrollment_steps as s"
                " join handoff.outbox as o on o.step_id = s.id where s.status = 'in_progress' and o.status = 'sent'"
            )
            hurry(db)
            came = len(partners.told)
            until = time.monotonic() + PATIENCE
            while len(partners.told) == came and open_messages(db):
                assert time.monotonic() < until, "nobody is told any more"
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.1))  # not until something is so: the moment is the test
            took_part += len(partners.told) > came
            kill(workers.pop(0))
            workers.append(another())
        finish(db)
    assert took_part > KILLS // 2, "a kill finds workers at work"
    starts = counted(db, "handoff.step_transitions as t where t.to_status = 'in_progress'")
    assert counted(db, "handoff.outbox as o where o.status = 'sent'") == counted(db, "handoff.outbox") == starts
    keys = {row["key"] for row in db.execute("select o.key from handoff.outbox as o")}
    bodies = {(message.message_id, message.body) for message in partners.told}
    assert {key for key, _ in bodies} == keys, "each start of a step has reached its partner"
    assert len(bodies) == len(keys), "a repeat is the same message, so its effect is there once"
    accounts = counted(db, "handoff.partner_accounts as a where a.student_id is not null")
    assert accounts == starts, "each answer was kept, once"
    assert db.execute("select * from handoff_private.faults_of_messages()").fetchall() == []
    lost = counted(db, "handoff.outbox as o where o.attempts > 1")
    late = counted(db, "handoff.outbox as o where o.settled_late > 0")
    print(f"{starts} messages, {len(partners.told)} POSTs; tried again {lost}, settled late {late}, lost 0, doubled 0")


def finish(db: Db) -> None:
    """Until every step that has started is told and done, and the trail is followed to its end."""
    until = time.monotonic() + 2 * PATIENCE
    while counted(db, "handoff.enrollment_steps as s where s.status <> 'completed'"):
        assert time.monotonic() < until, f"{open_messages(db)} messages are still open"
        db.execute(
            "select handoff.mark_step_complete(s.id) from handoff.enrollment_steps as s"
            " join handoff.outbox as o on o.step_id = s.id where s.status = 'in_progress' and o.status = 'sent'"
        )
        hurry(db)
        time.sleep(0.1)
