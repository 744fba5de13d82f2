"""Partners that send stories at the same time, each until it is heard, and note what they were told.

They send as the partners of a simulation do. They sign as tests.world.partners does, with nothing of ours.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from queue import SimpleQueue

from app.play.simulation.sender import Missed, Patience, Sender
from tests.races.stories import Delivery
from tests.world.outages import check
from tests.world.partners import Answer, Partner
from tests.world.server import HOST

PATIENCE = 120  # seconds until somebody must have been heard
RETRY_SECONDS = 0.05  # partners wait longer


@dataclass
class Told:
    """What senders met during one fault: the seconds until each 503, and how many connections were dropped."""

    unavailable: list[float] = field(default_factory=list)
    dropped: int = 0
    repeats: int = 0  # stored the first time, though the sender was not told so
    seconds_to_recover: float = 0.0


class Load:
    """Threads that take stories and send them. Start with `with`; the end waits for them."""

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

    def __enter__(self) -> Load:
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
        sender = Sender(f"http://{HOST}:{self._port}", Patience(RETRY_SECONDS, PATIENCE))
        try:
            while story := self._stories.get():
                for delivery in story:
                    self._insist(name, sender, delivery)
                with self._changed:
                    self._left -= 1
                    self._changed.notify_all()
        except BaseException as failure:
            with self._changed:
                self._failure = self._failure or failure
                self._changed.notify_all()
        finally:
            sender.close()

    def _insist(self, name: int, sender: Sender, delivery: Delivery) -> None:
        """Sends until it is stored; whatever else is said than what must be said is a failure."""
        partner = Partner(delivery.slug, self._port)
        delivery.attempts = 1

        def missed(got: Missed) -> None:
            self._note(name, got)
            delivery.attempts += 1

        got = sender.send(delivery.slug, delivery.body, lambda: partner.signed(delivery.body, delivery.key), missed)
        assert got, f"not taken in {PATIENCE} seconds: {delivery}"
        answer = Answer(*got)
        assert delivery.accepts(answer), (answer.said, delivery)
        delivery.stored += 1
        with self._changed:
            self._taken += 1
            self.told.repeats += delivery.attempts > 1 and answer.said.startswith("200 duplicate:accepted")
            self._changed.notify_all()

    def _note(self, name: int, got: Missed) -> None:
        """Only a 503 and a dropped connection may be sent again; who got no answer at all waited in vain."""
        if isinstance(got, TimeoutError):
            raise got
        if not isinstance(got, Exception):
            check(Answer(*got))
        with self._changed:
            if self._failure:
                raise self._failure
            self._met.add(name)
            if isinstance(got, Exception):
                self.told.dropped += 1
            else:
                self.told.unavailable.append(got.seconds)
            self._changed.notify_all()


class EndOfWork(Exception):
    """The test is over."""
