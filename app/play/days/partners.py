"""The partners of a simulation and their programs: who falls silent, who can't be told of anybody for a while."""

from __future__ import annotations

import base64
import random
from collections.abc import Sequence
from typing import NamedTuple

STUDENTS_EACH = 40  # for each partner there is a program, which so many students take
STUCK_AFTER_DAYS = 14
# Nothing comes from the silent ones; the failing ones answer 503; strangers knock at the plain ones; the untold ones,
# who are told of nobody, send what can't be read.
KINDS = ("plain", "silent", "failing", "untold")
DAY = 24.0
LASTS = {"plain": (0, 0), "silent": (4.5, 5.5), "failing": (2.5, 3.5), "untold": (2.5, 6)}  # days, until it is seen to


class Window(NamedTuple):
    """From when until when, in hours since the beginning."""

    begin: float
    end: float

    def __contains__(self, hour: object) -> bool:
        return isinstance(hour, int | float) and self.begin <= hour < self.end


NEVER = Window(0, 0)


class Partner(NamedTuple):
    """`secret`: what it signs with; `our_secret`: what it knows us by; `trouble`: when its kind of trouble is."""

    slug: str
    kind: str
    secret: str
    our_secret: str
    trouble: Window

    @property
    def is_told(self) -> bool:
        """Whether it has an address where it is told of its students."""
        return self.kind != "untold"

    @property
    def silence(self) -> Window:
        """When nothing comes from it."""
        return self.trouble if self.kind == "silent" else NEVER

    @property
    def failure(self) -> Window:
        """When it answers 503 to whoever tells it of a student."""
        return self.trouble if self.kind == "failing" else NEVER


class Program(NamedTuple):
    """The partners in their order, by slug."""

    slug: str
    partners: tuple[str, ...]
    needs_approval: bool = False


def made(students: int, days: float, rng: random.Random) -> list[Partner]:
    """All partners, as many of each kind; every trouble begins once all has come into its stride."""
    return [_partner(number, days, rng) for number in range(max(2 * len(KINDS), students // STUDENTS_EACH))]


def programs(partners: Sequence[Partner]) -> list[Program]:
    """For each partner one that begins with it; every fourth has three partners, and every sixth needs approval."""
    slugs = [partner.slug for partner in partners]
    found = []
    for number in range(len(slugs)):
        length = 3 if number % 4 == 3 else 2
        along = tuple(slugs[(number + 5 * step) % len(slugs)] for step in range(length))
        found.append(Program(f"program-{number:03}", along, number % 6 == 5))
    return found


def _partner(number: int, days: float, rng: random.Random) -> Partner:
    kind = KINDS[number % len(KINDS)]
    secret, our_secret = _secret(rng), _secret(rng)
    begin = rng.uniform(0.35, 0.65) * days * DAY
    lasts = rng.uniform(*LASTS[kind]) * DAY
    return Partner(f"{kind}-{number:03}", kind, secret, our_secret, Window(begin, begin + lasts))


def _secret(rng: random.Random) -> str:
    return "whsec_" + base64.b64encode(rng.randbytes(32)).decode()
