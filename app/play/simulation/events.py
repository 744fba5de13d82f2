"""What a simulated partner sends: good events of a student's way through a program, and garbage."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from app.operate.commands.partner import EventType, Target
from app.operate.commands.sign import sample
from app.webhooks.signatures import event_key

REFUSED = ("bad signature", "old signature")
FAILING = 0.3  # of the exams are not passed at once
ORDER = {"test": 0, "acknowledgement": 1, "progress": 2, "completion": 3, "evidence": 4}
# What each kind may come to, in any order of arrival. Nothing else is right.
OUTCOMES: dict[str, tuple[str, ...]] = {
    "completion": ("accepted:completed", "accepted:completed_early"),
    "failed attempt": ("accepted:attempt_failed", "ignored:late_failure"),
    "progress": ("accepted:progress", "ignored:stale_progress"),
    "evidence": ("accepted:evidence",),
    "acknowledgement": ("accepted:acknowledged",),
    "test": ("ignored:test_event",),
    "unknown student": ("parked:unknown_student",),
    "unknown event": ("parked:unknown_event_type",),
    "broken JSON": ("rejected:bad_json",),
    "missing field": ("rejected:missing_field",),
    "wrong field": ("rejected:bad_field",),
    "wrong time": ("rejected:bad_time",),
    "reused key": ("conflict:key_reused",),
    "bad signature": ("refused:bad_signature",),
    "old signature": ("refused:stale_timestamp",),
}


class Event(NamedTuple):
    """One event of a partner. `then`: what is sent once this one is answered; `is_again`: a second delivery."""

    partner: Target
    kind: str
    key: str
    body: bytes
    is_again: bool = False
    then: Event | None = None


class Student(NamedTuple):
    """An enrolled student: who the partners say it is, by their slug, in the order of the program."""

    enrollment_id: str
    accounts: Mapping[str, str]
    courses: Mapping[str, str | None]


class Writer:
    """Numbers and writes the events of one run. Every body names the run, so that its events can be found again."""

    def __init__(
        self, run: str, rng: random.Random, partners: Mapping[str, Target], types: Mapping[str, Sequence[EventType]]
    ) -> None:
        self.run = run
        self.written = 0
        self._rng = rng
        self._partners = partners
        self._types = types

    def way(self, student: Student) -> list[Event]:
        """All events of a student's way through the program, in the order in which they happen."""
        return [
            event
            for slug, account in student.accounts.items()
            for event in self._step(self._partners[slug], account, student.courses[slug])
        ]

    def garbage(self, student: Student | None) -> Event:
        """Something that a partner should not send, about a student or nobody."""
        partner = self._partners[self._rng.choice(sorted(self._partners))]
        [completion, *_] = self._types[partner.slug]
        kinds = ["unknown student", "unknown event", "broken JSON", "missing field", "wrong field", "wrong time"]
        kinds += ["bad signature"] + (["reused key", "old signature"] if partner.scheme == "standard" else [])
        kind = self._rng.choice(kinds)
        account = student.accounts.get(partner.slug, "nobody") if student else "nobody"
        body = sample(completion, account, _now())
        if kind == "unknown student":
            body["student_id"] = f"nobody-{self.run}-{self.written}"
        elif kind == "unknown event":
            body["event"] = "coffee.spilled"
        elif kind == "missing field":
            del body["student_id"]
        elif kind == "wrong field":
            body["student_id"] = 123.45
        elif kind == "wrong time":
            body["completed_at"] = "yesterday"
        if kind != "reused key":
            return self._event(partner, kind, body)
        body["student_id"] = f"nobody-{self.run}-{self.written}"
        first = self._event(partner, "unknown student", body)
        other = self._event(partner, kind, body)
        return first._replace(then=other._replace(key=first.key))

    def _step(self, partner: Target, account: str, course: str | None) -> list[Event]:
        """What one partner sends of one student: noted, in part, failed, completed, certified."""
        found = []
        completion, *others = self._types[partner.slug]  # completions come first; one is enough
        others = [one for one in others if one.meaning != "completion"]
        for one in sorted([completion, *others], key=lambda one: ORDER[one.meaning]):
            if one.pass_field and self._rng.random() < FAILING:
                failed = sample(one, account, _now(), course) | {one.pass_field: False}
                found.append(self._event(partner, "failed attempt", failed))
            parts = self._rng.randint(1, one.progress_total or 2) if one.meaning == "progress" else 1
            for part in range(1, parts + 1):
                item = f"part-{part}" if one.meaning == "progress" else course
                found.append(self._event(partner, one.meaning, sample(one, account, _now(), item)))
        return found

    def _event(self, partner: Target, kind: str, body: dict[str, Any]) -> Event:
        self.written += 1
        text = json.dumps(body | {"simulation": self.run, "number": self.written})
        data = (text[:-1] if kind == "broken JSON" else text).encode()
        return Event(partner, kind, event_key(partner.scheme, f"sim-{self.run}-{self.written}", data), data)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
