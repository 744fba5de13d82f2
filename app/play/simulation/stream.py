"""In which order the events of many students leave: some late, some twice, garbage in between."""

from __future__ import annotations

import heapq
import random
import time
from collections import deque
from collections.abc import Callable, Iterator
from itertools import count
from typing import NamedTuple

from app.play.simulation.events import REFUSED, Event, Student, Writer

AT_ONCE = 200  # students who are on their way at the same time


class Rates(NamedTuple):
    """Shares from 0 to 1; `delay`: how many seconds a late event or a repetition waits at most."""

    duplicates: float
    reordered: float
    garbage: float
    delay: float


class Stream:
    """At least `events` different events; how many there were and how many came late or twice."""

    def __init__(
        self, events: int, rates: Rates, rng: random.Random, writer: Writer, enroll: Callable[..., list[Student]]
    ) -> None:
        self._events, self._rates, self._rng, self._writer, self._enroll = events, rates, rng, writer, enroll
        self._late: list[tuple[float, int, Event]] = []
        self._order = count()
        self.reordered = self.duplicates = 0

    def __iter__(self) -> Iterator[Event | None]:
        """The deliveries; None where nothing is due yet."""
        ways: list[tuple[Student, deque[Event], float]] = []
        while True:
            yield from self._due()
            if len(ways) < AT_ONCE // 2 and self._writer.written < self._events:
                ways += [self._way(student) for student in self._more(AT_ONCE - len(ways))]
                continue
            if not ways:
                break
            index = self._rng.randrange(len(ways))
            student, way, late = ways[index]
            if self._rng.random() < self._rates.garbage:
                yield from self._leaves(self._writer.garbage(student))
            event = way.popleft()
            if way and self._rng.random() < late:
                self.reordered += 1
                self._later(event)
            else:
                yield from self._leaves(event)
            if not way:
                ways[index] = ways[-1]
                ways.pop()
        while self._late:
            yield from self._due()
            yield None

    def _way(self, student: Student) -> tuple[Student, deque[Event], float]:
        """The student's events, and how likely each is late: the last one can't be, so the others are more often."""
        way = deque(self._writer.way(student))
        return student, way, self._rates.reordered * len(way) / max(1, len(way) - 1)

    def _more(self, wanted: int) -> list[Student]:
        """New students, fewer near the end, so that not many more events are written than were asked for."""
        missing = max(1, (self._events - self._writer.written) // 10)
        return self._enroll(min(wanted, missing), self._rng)

    def _leaves(self, event: Event) -> Iterator[Event]:
        yield event
        if event.kind in REFUSED or event.then or event.is_again:
            return
        if self._rng.random() < self._rates.duplicates:
            self.duplicates += 1
            again = event._replace(is_again=True)
            if self._rng.random() < 0.5:
                yield again  # at the same time as the first, on another connection
            else:
                self._later(again)

    def _later(self, event: Event) -> None:
        due = time.monotonic() + self._rng.random() * self._rates.delay
        heapq.heappush(self._late, (due, next(self._order), event))

    def _due(self) -> Iterator[Event]:
        while self._late and self._late[0][0] <= time.monotonic():
            event = heapq.heappop(self._late)[2]
            yield from (self._leaves(event) if not event.is_again else (event,))
