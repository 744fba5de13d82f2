"""What happens in a simulation, and when, and what must be seen of it: all of it is written down before it begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from app.play.days.partners import Program

NOBODY = -1


class Deed(NamedTuple):
    """`hour` since the beginning from which on it is done; `step` counts from 0; `partner`: who sends it.

    Of an event: its `key`, and the hour at which it says that it `happened`, both the same when it is sent twice.
    """

    hour: float
    what: str
    student: int = NOBODY
    step: int = 0
    key: str = ""
    happened: float = 0.0
    partner: str = ""


class Trouble(NamedTuple):
    """An alert that must be: kind and about as in handoff.alerts, and its subject: a student, a step, a partner or,
    by name, a person of the school.

    In hours: it opens from `since` on, and `by` then at the latest; it closes from `until` on, and by `over` at the
    latest. None: not within the days that are simulated. What is not `certain` may be, and need not.
    """

    kind: str
    about: str | None
    since: float
    by: float
    until: float | None
    over: float | None
    student: int = NOBODY
    step: int | None = None
    partner: str = ""
    certain: bool = True
    person: str = ""


@dataclass
class Student:
    """One student in one program. `fate` says how it goes; `accounts`: how its events name the student."""

    number: int
    fate: str
    program: Program
    accounts: str
    deeds: list[Deed] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    linked: tuple[int, ...] = ()  # at the partners of these steps, by the school, when the student is enrolled
    is_refused: bool = False  # by the first partner
    clerk: str = ""  # who enters what the student has done elsewhere

    def account(self, slug: str) -> str:
        """Who the student is for a partner."""
        return f"{slug}-{self.number}"
