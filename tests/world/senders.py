"""Partners that send until they are heard, several at a time, and note what they were told.

What they send is a list of stories: the deliveries about one student, in order, so that each has one outcome.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.client import HTTPException
from queue import SimpleQueue
from uuid import UUID

from tests.world.outages import check
from tests.world.partners import SCHEMES, Answer, Partner, body_of, new_key

PATIENCE = 120  # seconds until somebody must have been heard
RETRY_SECONDS = 0.05  # partners wait longer


@dataclass
class Delivery:
    """What is sent, the outcome that it must have, how often it was sent, and how often it was said to be stored."""

    slug: str
    body: bytes
    outcome: str
    key: str = field(default_factory=new_key)
    attempts: int = 0
    stored: int = 0

    def __post_init__(self) -> None:
        if self.slug in SCHEMES:  # these two have no key of their own
            self.key = hashlib.sha256(self.body).hexdigest()

    def accepts(self, answer: Answer) -> bool:
        """Whether an answer fits. Only who was cut off before may hear that it is a duplicate."""
        status, _, reason = self.outcome.partition(":")
        code = {"parked": 202, "rejected": 400, "conflict": 409}.get(status, 200)
        first = f"{code} {reason}" if code >= 400 else f"{code} {self.outcome}"
        return answer.said == first or (self.attempts > 1 and answer.said == f"200 duplicate:{self.outcome}")


def medical_story(student: UUID) -> list[Delivery]:
    """hsi, certiport, careersafe: all that can happen on the way, to the certificate."""
    done = Delivery("hsi", body_of("course.completed", student, course_id="cpr"), "accepted:completed")
    return [
        Delivery("hsi", body_of("enrollment.created", student, enrollment_id=f"H-{student}"), "accepted:acknowledged"),
        Delivery("certiport", body_of("exam.completed", student, passed=False), "accepted:attempt_failed"),
        Delivery("careersafe", body_of("training.completed", student), "accepted:completed_early"),
        done,
        Delivery("hsi", done.body, "duplicate:accepted:completed", done.key),
        Delivery("hsi", body_of("course.completed", student, course_id="aed"), "conflict:key_reused", done.key),
        Delivery("hsi", b'{"student_id": "%s"' % str(student).encode(), "rejected:bad_json"),
        Delivery("hsi", body_of("course.completed", f"nobody-{student}"), "parked:unknown_student"),
        Delivery("certiport", body_of("exam.completed", student, passed=True), "accepted:completed"),
        Delivery("certiport", body_of("exam.completed", student, passed=False), "ignored:late_failure"),
    ]


def barber_story(student: UUID) -> list[Delivery]:
    """milady and jri, the other way round."""
    return [
        Delivery("jri", body_of("module.completed", student, module_id="one"), "accepted:progress"),
        Delivery("jri", body_of("module.completed", student, module_id="one"), "ignored:stale_progress"),
        Delivery("jri", body_of("program.completed", student), "accepted:completed_early"),
        Delivery("milady", body_of("assessment.passed", student), "accepted:progress"),
        Delivery("milady", body_of("course.completed", student, grade=95), "accepted:completed"),
        Delivery("milady", body_of("certificate.issued", student), "accepted:evidence"),
    ]


@dataclass
class Told:
    """What senders met during one fault: the seconds until each 503, and how many connections were dropped."""

    unavailable: list[float] = field(default_factory=list)
    dropped: int = 0
    repeats: int = 0  # stored the first time, though the sender was not told so
    seconds_to_recover: float = 0.0


class Senders:
    """Threads that take stories and tell them. Start with `with`; the end waits for them."""

    def __init__(self, port: int, number: int) -> None:
        self._port = port
        self._stories: SimpleQueue[list[Delivery] | None] = SimpleQueue()
        self._changed = threading.Condition()
        self._left = 0
        self._met: set[int] = set()
        self._failure: BaseException | None = None
        self._threads = [threading.Thread(target=self._work, args=[name], daemon=True) for name in range(number)]
        self._taken = 0
        self.told = Told()

    def __enter__(self) -> Senders:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._failure = self._failure or EndOfWork()
        for _thread in self._threads:
            self._stories.put(None)
        for thread in self._threads:
            thread.join(PATIENCE)

    def send(self, stories: Iterable[list[Delivery]]) -> None:
        """Has these told, besides those that are left."""
        for story in stories:
            with self._changed:
                self._left += 1
            self._stories.put(story)

    def begin(self) -> Told:
        """From now on, what is met is written on a new page."""
        with self._changed:
            self._met.clear()
            self.told = Told()
            return self.told

    def wait_until_some_are_taken(self) -> None:
        """From now on some deliveries have been stored, or none is left."""
        with self._changed:
            self._taken = 0
        self._wait(lambda: self._taken > 0 or not self._left)

    def wait_until_all_have_met_it(self) -> None:
        """Each sender has been told 503, or was cut off, since `begin`."""
        self._wait(lambda: len(self._met) == len(self._threads))

    def wait_until_all_is_told(self) -> None:
        """Every story has come to its end."""
        self._wait(lambda: not self._left)

    def _wait(self, condition: Callable[[], bool]) -> None:
        with self._changed:
            done = self._changed.wait_for(lambda: self._failure or condition(), PATIENCE)
        if self._failure:
            raise self._failure
        assert done, f"not in {PATIENCE} seconds: {self._left} stories left, {len(self._met)} senders met the fault"

    def _work(self, name: int) -> None:
        try:
            while story := self._stories.get():
                for delivery in story:
                    self._insist(name, delivery)
                with self._changed:
                    self._left -= 1
                    self._changed.notify_all()
        except BaseException as failure:
            with self._changed:
                self._failure = self._failure or failure
                self._changed.notify_all()

    def _insist(self, name: int, delivery: Delivery) -> None:
        """Sends until it is stored; whatever else is said than what must be said is a failure."""
        while not self._failure:
            delivery.attempts += 1
            try:
                answer = Partner(delivery.slug, self._port).send(delivery.body, delivery.key)
            except TimeoutError:
                raise  # neither an answer nor a dropped connection
            except (OSError, HTTPException):
                self._note(name, None)
                continue
            if answer.status == 503:
                check(answer)
                self._note(name, answer.seconds)
                continue
            assert delivery.accepts(answer), (answer.said, delivery)
            delivery.stored += 1
            with self._changed:
                self._taken += 1
                self.told.repeats += delivery.attempts > 1 and answer.said.startswith("200 duplicate:accepted")
                self._changed.notify_all()
            return

    def _note(self, name: int, seconds: float | None) -> None:
        with self._changed:
            self._met.add(name)
            if seconds is None:
                self.told.dropped += 1
            else:
                self.told.unavailable.append(seconds)
            self._changed.notify_all()
        time.sleep(RETRY_SECONDS)


class EndOfWork(Exception):
    """The test is over."""


def expected_books(deliveries: Iterable[Delivery]) -> tuple[dict[tuple[str, str], tuple[str, bytes]], set[object]]:
    """What the inbox must hold afterwards: by partner and key the first outcome and the body; and the conflicts."""
    events, conflicts = {}, set[object]()
    for delivery in deliveries:
        if delivery.outcome.startswith("conflict"):
            conflicts.add((delivery.slug, delivery.key, delivery.body))
        elif not delivery.outcome.startswith("duplicate"):
            events[delivery.slug, delivery.key] = delivery.outcome, delivery.body
    return events, conflicts
