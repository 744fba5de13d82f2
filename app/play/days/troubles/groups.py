"""Students to whom the same happens at the same hour, since fewer of them would be no trouble."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.play.days.partners import DAY, Partner, Program
from app.play.days.troubles.mailing import Mailing

TOGETHER = {
    "quick": 3,  # of one partner on one day
    "turned_away": 6,  # by one partner: five are told of, and one may come late
    "packed": 13,  # of one partner, which tells of one early, and weeks later of all others at once
    "credited": 21,  # whose training elsewhere is entered by one person on one day
}
CLERK_DAYS = 5  # from one day on which a clerk enters many to the next
KNOWN_DAYS = (15, 26)  # from the first completion of a partner to the many


class Group(NamedTuple):
    """`hour`: when it happens to them; `program`: in which they are, None: any; `before`: when it happens to the first;
    `clerk`: who does it.
    """

    hour: float
    program: Program | None = None
    before: float = 0.0
    clerk: str = ""


class Groups:
    """All groups of a run. `numbers`: so many students are of each fate."""

    def __init__(
        self,
        partners: Mapping[str, Partner],
        programs: Sequence[Program],
        days: float,
        tick: float,
        mailing: Mailing,
        rng: random.Random,
        numbers: Mapping[str, int],
    ) -> None:
        self._partners, self._programs, self._days = partners, programs, days
        self._mailing, self._rng, self._tick = mailing, rng, tick
        makers: Mapping[str, Callable[[int], Iterator[Group]]] = {
            "quick": self._quick, "turned_away": self._turned_away, "packed": self._packed,
            "credited": self._credited, "unmailed": self._unmailed,
        }  # fmt: skip
        self._seats = {}
        for fate, maker in makers.items():
            size = TOGETHER.get(fate, mailing.together)
            self._seats[fate] = _seats(maker(numbers[fate] // size), size)

    def seat(self, fate: str) -> tuple[Group, int]:
        """The group of the next student of this fate, and the student's place in it."""
        return next(self._seats[fate])

    def _quick(self, count: int) -> Iterator[Group]:
        programs = self._beginning("plain", "untold")
        for _ in range(count):
            yield Group(self._noon(self._rng.uniform(0, 0.55 * self._days)), self._rng.choice(programs))

    def _turned_away(self, count: int) -> Iterator[Group]:
        """Each by another partner."""
        for program in self._rng.sample(self._beginning("plain", "silent"), count):
            yield Group(self._rng.uniform(0.02, 0.9) * self._days * DAY, program)

    def _packed(self, count: int) -> Iterator[Group]:
        """Each at a partner of its own."""
        for program in self._beginning("bulk")[:count]:
            shortest, longest = KNOWN_DAYS
            first = self._rng.uniform(1.2, max(2.0, self._days - 1.5 - longest))
            last = self._noon(self._rng.uniform(first + shortest, min(first + longest, self._days - 1)))
            yield Group(last, program, first * DAY)

    def _credited(self, count: int) -> Iterator[Group]:
        """By so many clerks that none has many on two days near each other."""
        slots = max(1, int(self._days - 3) // CLERK_DAYS)
        clerks = -(-count // slots)
        for number in range(count):
            day = 2 + CLERK_DAYS * (number // clerks) + self._rng.randrange(CLERK_DAYS - 3)
            yield Group(self._noon(day), clerk=f"clerk-{number % clerks}")

    def _unmailed(self, count: int) -> Iterator[Group]:
        """With a partner who is told of nobody, so that no answer is waited for before they are mailed."""
        programs = self._beginning("untold")
        for hour in self._mailing.refusing[:count]:
            yield Group(hour - 0.5 * self._tick, self._rng.choice(programs))

    def _beginning(self, *kinds: str) -> list[Program]:
        """The programs that need no approval and begin with such a partner."""
        return [
            one for one in self._programs if not one.needs_approval and self._partners[one.partners[0]].kind in kinds
        ]

    def _noon(self, day: float) -> float:
        """What is done at noon of the day: that leaves half a day in which it is seen."""
        return (day // 1 + 0.5) * DAY - 0.9 * self._tick


def _seats(groups: Iterator[Group], size: int) -> Iterator[tuple[Group, int]]:
    return ((group, place) for group in groups for place in range(size))
