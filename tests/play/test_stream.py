"""The order in which a simulation's events leave."""

from __future__ import annotations

import random
from collections import Counter
from itertools import count, islice

from app.operate.commands.partner import EventType, Target
from app.play.simulation.events import OUTCOMES, Event, Student, Writer
from app.play.simulation.stream import Rates, Stream
from tests.world.partners import new_secret

HSI = Target("hsi", "HSI", "active", "standard", (new_secret(),))
TYPES = [
    EventType("hsi", "course.completed", "completion", "course_id", "passed", "score", None),
    EventType("hsi", "module.completed", "progress", "module_id", None, None, 3),
    EventType("hsi", "certificate.issued", "evidence", None, None, None, None),
]


def stream_of(events: int, rates: Rates, seed: int = 1) -> Stream:
    """A stream of students of one partner, without a database."""
    rng = random.Random(seed)
    numbers = count()

    def enroll(wanted: int, _: random.Random) -> list[Student]:
        return [Student(str(n), {"hsi": f"s-{n}"}, {"hsi": None}) for n in islice(numbers, wanted)]

    writer = Writer("run", rng, {"hsi": HSI}, {"hsi": TYPES})
    return Stream(events, rates, rng, writer, enroll)


def streamed(events: int, rates: Rates, seed: int = 1) -> list[Event]:
    """Everything that leaves, in order."""
    return [event for event in stream_of(events, rates, seed) if event is not None]


def test_every_event_leaves_once_and_some_twice() -> None:
    left = streamed(2000, Rates(0.1, 0.1, 0.05, 0.01))
    first = [event for event in left if not event.is_again]
    again = [event for event in left if event.is_again]
    assert 2000 <= len(first) + sum(event.then is not None for event in first) <= 2200
    assert len({event.key for event in first}) == len(first)
    assert 100 < len(again) < 300
    assert {event.key for event in again} <= {event.key for event in first}
    assert {event.kind for event in first} <= OUTCOMES.keys()
    position = {event.key: number for number, event in enumerate(left) if not event.is_again}
    assert all(position[event.key] < number for number, event in enumerate(left) if event.is_again)


def test_the_rates_are_shares_of_all_events() -> None:
    stream = stream_of(5000, Rates(0.1, 0.1, 0, 0.01))
    left = [event for event in stream if event is not None and not event.is_again]
    assert 0.08 < stream.reordered / len(left) < 0.12
    assert 0.08 < stream.duplicates / len(left) < 0.12


def test_without_rates_every_students_events_leave_in_order_and_nothing_else_does() -> None:
    left = streamed(500, Rates(0, 0, 0, 0))
    assert Counter(event.kind for event in left).keys() == {"completion", "failed attempt", "progress", "evidence"}
    order = ("progress", "failed attempt", "completion", "evidence")
    for account in {event.body.split(b'"student_id": "')[1].split(b'"')[0] for event in left}:
        kinds = [event.kind for event in left if b'"%b"' % account in event.body]
        assert kinds == sorted(kinds, key=order.index)


def test_a_seed_makes_the_same_events_again() -> None:
    rates = Rates(0.1, 0.1, 0.1, 0)
    kinds = [[(event.key, event.kind) for event in streamed(300, rates, seed)] for seed in (7, 7, 8)]
    assert sorted(kinds[0]) == sorted(kinds[1]) != sorted(kinds[2])
