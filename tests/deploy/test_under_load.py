"""A deploy while partners send: each event is applied once; where both wait for each other, the deploy gives way."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import errors

from app.database.pools import AS_ROLE
from app.operate.deploy import deploy
from tests.world import deploys, setup_sql
from tests.world.deploys import Tree
from tests.world.partners import body_of

SENDERS = 4
ROUNDS = 3
BETWEEN = 20  # students who finish between two deploys
TRIES = 20  # of a partner that is told to send again
EVENTS: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    ("hsi", "course.completed", {}, "completed"),
    ("certiport", "exam.completed", {"passed": False}, "attempt_failed"),
    ("certiport", "exam.completed", {"passed": True}, "completed"),
    ("careersafe", "training.completed", {}, "completed"),
)
# What the shell answers with 503, so that the partner sends again. So it does with a deadlock, but there must be none.
# It tries again itself when a function is missing.
SEND_AGAIN = (errors.LockNotAvailable, errors.QueryCanceled, errors.SerializationFailure, errors.UndefinedFunction)
FUNCTIONS = [
    "functions/handoff_private/audit/record_enrollment_transition.sql",
    "functions/handoff_private/audit/record_step_transition.sql",
    "functions/handoff_private/audit/refuse_change.sql",
    "functions/handoff_private/enrollment/complete_step.sql",
    "functions/handoff/partner_events/receive_partner_event.sql",
]
POLICIES = ["policies/enrollments.sql"]
# The private functions of these folders get one argument more.
LONGER = ("applying", "deciding", "enrollment", "inbox", "parsing", "reading", "times")


class Senders:
    """Partners that send until they are told to stop: student after student, from enrollment to certificate."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._numbers = count()
        self.stop = threading.Event()
        self.troubles: Counter[str] = Counter()
        self.finished = 0

    def run(self) -> None:
        """One sender, on connections like those of the shell."""
        with (
            psycopg.connect(self._url, autocommit=True) as people,
            psycopg.connect(self._url, autocommit=True) as webhook,
        ):
            people.execute(AS_ROLE, [False, "handoff_pages_login"])
            webhook.execute(AS_ROLE, [False, "handoff_webhook_login"])
            webhook.execute("set role handoff_webhook")
            while not self.stop.is_set():
                name = f"student-{next(self._numbers)}"
                (student,) = self._insist(
                    people, "select handoff.create_profile(%s, 'Test Student')", f"{name}@test.example"
                )
                self._insist(people, "select handoff.enroll_student(%s, 'medical-assistant')", student)
                for partner, event, more, reason in EVENTS:
                    receipt = self._insist(
                        webhook,
                        "select r.status, r.reason from handoff.receive_partner_event(%s, %s, %s) as r",
                        *(partner, f"{name} {reason}", body_of(event, student, **more)),
                    )
                    assert receipt == ("accepted", reason)
                self.finished += 1

    def _insist(self, connection: psycopg.Connection[Any], statement: str, *arguments: object) -> tuple[Any, ...]:
        for _ in range(TRIES):
            try:
                row = connection.execute(statement.encode(), arguments).fetchone()
                assert row is not None
                return tuple(row)
            except SEND_AGAIN as error:
                self.troubles[type(error).__name__] += 1
        raise AssertionError(f"not in {TRIES} tries: {statement}")


def test_events_lose_nothing_to_deploys_and_none_ends_in_a_deadlock(db_url: str, tmp_path: Path) -> None:
    tree, senders = Tree.copy(tmp_path), Senders(db_url)
    with ThreadPoolExecutor(SENDERS) as pool:
        running = [pool.submit(senders.run) for _ in range(SENDERS)]
        try:
            longer = [path for path in tree.paths("functions") if path.split("/")[2] in LONGER and "_private/" in path]
            for touched in (FUNCTIONS, POLICIES, FUNCTIONS + POLICIES, longer) * ROUNDS:
                enough = senders.finished + BETWEEN
                deploys.until(
                    lambda enough=enough: senders.finished >= enough or any(sender.done() for sender in running),
                    "events are applied",
                )
                if touched is longer:
                    tree.lengthen(*longer)
                for path in touched:
                    tree.touch(path)
                lines = deploy(db_url, tree.root)
                assert set(lines) >= {f"applied {path}" for path in touched}
                recreated = [line for line in lines if line.startswith("re-created ")]
                assert len(recreated) == (len(longer) if touched is longer else 0)
        finally:
            senders.stop.set()
    for sender in running:
        sender.result()
    deploy(db_url)  # what follows calls functions by the arguments that they have in their files
    print(f"{senders.finished} students finished, sent again: {dict(senders.troubles)}")
    with psycopg.connect(db_url) as connection:
        outcomes = connection.execute(
            "select e.status, e.reason, e.seen, count(*) from handoff.partner_events as e group by 1, 2, 3 order by 2"
        ).fetchall()
        assert outcomes == [
            ("accepted", "attempt_failed", 1, senders.finished),
            ("accepted", "completed", 1, (len(EVENTS) - 1) * senders.finished),
        ]
        certificates = connection.execute("select count(*) from handoff.certificates").fetchone()
        assert certificates == (senders.finished,)
        deadlocks = connection.execute(
            "select s.deadlocks from pg_stat_database as s where s.datname = current_database()"
        ).fetchone()
        assert deadlocks == (0,)
        setup_sql.load(connection)
        assert connection.execute("select * from test.violations()").fetchall() == []
