"""How an enrollment must stand when its deeds are done: a second, small idea of the rules, to compare with."""

from __future__ import annotations

from typing import NamedTuple

from app.play.days.deeds import Deed, Student

DONE = ("completed", "skipped")
# What each event of a partner may come to; nothing else is right.
OUTCOMES = {
    "start": ("accepted:acknowledged",),
    "progress": ("accepted:progress", "ignored:stale_progress"),
    "completion": ("accepted:completed", "accepted:completed_early", "parked:unknown_student"),
    "failure": ("accepted:attempt_failed",),
    "evidence": ("accepted:evidence",),
    "nonsense": ("rejected:missing_field", "answered 422"),
    "credit": ("accepted:completed_early",),
    "oversized": ("answered 413",),
    "untyped": ("answered 415",),
}


class Ending(NamedTuple):
    """The status of an enrollment and of its steps, in their order."""

    enrollment: str
    steps: tuple[str, ...]


class Stay(NamedTuple):
    """A step in progress, in hours; `end` None: it still is."""

    partner: str
    begin: float
    end: float | None


class Completion(NamedTuple):
    """A step that a partner told is done, or a person: then `person` says who."""

    partner: str
    hour: float
    person: str


def ending(student: Student, hours: float) -> Ending | None:
    """After all deeds of the first `hours`; None: the student has not come yet."""
    story = _told(student, hours)
    return Ending(story.status, tuple(story.steps)) if story.status else None


def stays(student: Student, hours: float) -> list[Stay]:
    """Where the student is when, in the first `hours`."""
    return _told(student, hours).stays


def completions(student: Student, hours: float) -> list[Completion]:
    """What of the student's is completed when, in the first `hours`."""
    return _told(student, hours).completions


def _told(student: Student, hours: float) -> _Story:
    story = _Story(student)
    for deed in student.deeds:
        if deed.hour <= hours:
            story.do(deed)
            story.note(deed.hour)
    return story


class _Story:
    def __init__(self, student: Student) -> None:
        self._student = student
        self._waiting: list[Deed] = []
        self._begun: dict[int, float] = {}
        self.status = ""
        self.steps: list[str] = []
        self.stays: list[Stay] = []
        self.completions: list[Completion] = []

    def note(self, hour: float) -> None:
        """Which steps began and ended by what was done last."""
        now = set()
        if self.status == "active":
            now = {step for step, status in enumerate(self.steps) if status == "in_progress"}
        for step in sorted(now | self._begun.keys()):
            slug = self._student.program.partners[step]
            if step not in self._begun:
                self._begun[step] = hour
                self.stays.append(Stay(slug, hour, None))
            elif step not in now:
                begun = self._begun.pop(step)
                self.stays.remove(Stay(slug, begun, None))
                self.stays.append(Stay(slug, begun, hour))

    def do(self, deed: Deed) -> None:
        """What a deed changes."""
        if deed.what == "enroll":
            self.status = "pending" if self._student.program.needs_approval else "active"
            if self.status == "active":
                self._begin()
        elif deed.what == "enroll without steps":
            self.status = "active"
        elif deed.what == "approve":
            self.status = "active"
            self._begin()
        elif deed.what in ("hold", "resume", "withdraw"):
            self.status = {"hold": "on_hold", "resume": "active", "withdraw": "withdrawn"}[deed.what]
        elif deed.what == "completion":
            if self._student.accounts == "unknown" and deed.step == 0:
                self._waiting.append(deed)
            else:
                self._end(deed, deed.step, "completed")
        elif deed.what == "credit":
            self._end(deed, deed.step, "completed", self._student.clerk)
        elif deed.what == "link":
            for _ in self._waiting:
                self._end(deed, 0, "completed")
        elif deed.what == "skip":
            self._end(deed, deed.step, "skipped")
        elif deed.what == "fail":
            self.steps[deed.step] = "failed"
        elif deed.what == "reopen":
            self.steps[deed.step] = "in_progress"

    def _begin(self) -> None:
        self.steps = ["in_progress"] + ["pending"] * (len(self._student.program.partners) - 1)

    def _end(self, deed: Deed, step: int, status: str, person: str = "") -> None:
        if self.steps[step] in DONE:
            return
        self.steps[step] = status
        if status == "completed":
            self.completions.append(Completion(self._student.program.partners[step], deed.hour, person))
        if all(one in DONE for one in self.steps):
            self.status = "completed"
        elif "in_progress" not in self.steps:
            self.steps[self.steps.index("pending")] = "in_progress"
