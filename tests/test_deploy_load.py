"""A deploy while partners send: every event is applied once, and where one waits for the other it is the deploy that gives way."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from psycopg import errors

from app.database import SESSION
from app.deploy import deploy
from tests import setup_sql
from tests.deploys import Tree
from tests.partners import body_of

SENDERS = 4
DEPLOYS = 4  # of each kind
TRIES = 20  # of a partner that is told to send again
EVENTS = (
    ("hsi", "course.completed", {}),
    ("certiport", "exam.completed", {"passed": True}),
    ("careersafe", "training.completed", {}),
)
# What the shell answers with 503, for the partner to send again. A deadlock would be one of them, too, and is a fault here.
SEND_AGAIN = (errors.LockNotAvailable, errors.QueryCanceled, errors.SerializationFailure)
CODE = [
    "functions/audit/record_enrollment_transition.sql",
    "functions/audit/record_step_transition.sql",
    "functions/audit/refuse_change.sql",
    "functions/enrollment/complete_step.sql",
    "functions/partner_events/receive_partner_event.sql",
]


class Senders:
    """Partners that send until they are told to stop: one student after the other, from the first step to the certificate."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._numbers = count()
        self._stop = threading.Event()
        self.troubles: Counter[str] = Counter()
        self.finished = 0

    def stop(self) -> None:
        """After the students that are on their way."""
        self._stop.set()

    def run(self, sender: int) -> None:
        """One of them, on a connection as the webhook's login has it."""
        connection = psycopg.connect(self._url, autocommit=True)
        webhook = psycopg.connect(self._url, autocommit=True)
        with connection, webhook:
            connection.execute(SESSION.encode())
            webhook.execute(f"{SESSION}; set role handoff_webhook".encode())
            while not self._stop.is_set():
                name = f"s{sender}-{next(self._numbers)}"
                student = self._enroll(connection, name)
                for partner, event, more in EVENTS:
                    self._send(webhook, partner, f"{name}-{partner}", body_of(event, student, **more))
                self.finished += 1

    def _enroll(self, connection: psycopg.Connection, name: str) -> UUID:
        create = "select handoff.create_profile(%s, 'Test Student')"
        enroll = "select handoff.enroll_student(%s, 'medical-assistant')"
        (student,) = self._insist(connection, create, f"{name}@test.example")
        self._insist(connection, enroll, student)
        assert isinstance(student, UUID)
        return student

    def _send(self, connection: psycopg.Connection, partner: str, key: str, body: bytes) -> None:
        receive = "select r.status, r.reason from handoff.receive_partner_event(%s, %s, %s, 'webhook', '{}') as r"
        assert self._insist(connection, receive, partner, key, body) == ("accepted", "completed")

    def _insist(self, connection: psycopg.Connection, statement: str, *arguments: object) -> tuple[object, ...]:
        for _ in range(TRIES):
            try:
                row = connection.execute(statement.encode(), arguments).fetchone()
                assert row is not None
                return tuple(row)
            except SEND_AGAIN as error:
                self.troubles[type(error).__name__] += 1
        raise AssertionError(f"not in {TRIES} tries: {statement}")


@pytest.fixture
def senders(db_url: str) -> Iterator[Senders]:
    it = Senders(db_url)
    with ThreadPoolExecutor(SENDERS) as pool:
        running = [pool.submit(it.run, number) for number in range(SENDERS)]
        yield it
        it.stop()
        for future in running:
            future.result()


@pytest.mark.parametrize("files", [CODE, ["policies/enrollments.sql"], [*CODE, "policies/enrollments.sql"]], ids=["functions", "policies", "both"])
def test_events_lose_nothing_to_a_deploy(files: list[str], db_url: str, tmp_path: Path, senders: Senders) -> None:
    tree = Tree.copy(tmp_path)
    for _ in range(DEPLOYS):
        for path in files:
            tree.touch(path)
        before = senders.finished
        assert set(deploy(db_url, tree.root)) >= {f"applied {path}" for path in files}
        assert True
    senders.stop()
