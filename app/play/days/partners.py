"""The partners of a simulation and their programs: who falls silent, who can't be told of anybody for a while."""

from __future__ import annotations

import base64
import random
from collections.abc import Sequence
from typing import NamedTuple

STUDENTS_EACH = 40  # for each partner there is a program, which so many students take
STUCK_AFTER_DAYS = 14
# Nothing comes from the silent ones; the failing ones answer 503; strangers knock at the plain ones; the untold ones,
# who are told of nobody, send what can't be read. What the silent ones send is too large now and then, what the failing
# ones send has the wrong type.
KINDS = ("plain", "silent", "failing", "untold")
DAY = 24.0
LASTS = {  # days, until it is seen to
    "plain": (0, 0), "silent": (4.5, 5.5), "failing": (2.5, 3.5), "untold": (2.5, 6), "bulk": (0, 0),
}  # fmt: skip
REFUSED_AT = 10  # o'clock: all who send what is refused do so at the same hour


class Window(NamedTuple):
    """From when until when, in hours since the beginning."""

    begin: float
    end: float

    def __contains__(self, hour: object) -> bool:
        return isinstance(hour, int | float) and self.begin <= hour < self.end


NEVER = Window(0, 0)


class Partner(NamedTuple):
    """`secret`: what it signs with; `our_secret`: what it knows us by; `trouble`: when its kind of trouble is;
    `refused`: the hour at which it sends what is refused before it is read.
    """

    slug: str
    kind: str
    secret: str
    our_secret: str
    trouble: Window
    refused: float = 0.0

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


def made(students: int, days: float, rng: random.Random, bulk: int) -> list[Partner]:
    """All partners, as many of each kind; every trouble begins once all has come into its stride. And so many that
    have few students, and tell of many at once.
    """
    usual = max(2 * len(KINDS), students // STUDENTS_EACH)
    kinds = [KINDS[number % len(KINDS)] for number in range(usual)] + bulk * ["bulk"]
    return [_partner(number, kind, days, rng) for number, kind in enumerate(kinds)]


def programs(partners: Sequence[Partner]) -> list[Program]:
    """For each partner one that begins with it; every fourth has three partners, and every sixth needs approval. Those
    who tell of many at once are alone in theirs.
    """
    slugs = [partner.slug for partner in partners if partner.kind != "bulk"]
    found = []
    for number in range(len(slugs)):
        length = 3 if number % 4 == 3 else 2
        along = tuple(slugs[(number + 5 * step) % len(slugs)] for step in range(length))
        found.append(Program(f"program-{number:03}", along, number % 6 == 5))
    alone = [Program(f"program-{one.slug}", (one.slug,)) for one in partners if one.kind == "bulk"]
    return found + alone


def _partner(number: int, kind: str, days: float, rng: random.Random) -> Partner:
    secret, our_secret = _secret(rng), _secret(rng)
    begin = rng.uniform(0.35, 0.65) * days * DAY
    lasts = rng.uniform(*LASTS[kind]) * DAY
    refused = int(rng.uniform(0.1, 0.9) * days) * DAY + REFUSED_AT
    return Partner(f"{kind}-{number:03}", kind, secret, our_secret, Window(begin, begin + lasts), refused)


def _secret(rng: random.Random) -> str:
    return "whsec_" + base64.b64encode(rng.randbytes(32)).decode()
