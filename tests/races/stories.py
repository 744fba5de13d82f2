"""What partners send of a student, in order, and what must come of it.

Each delivery has one outcome, whatever else is sent at the same time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from tests.world.partners import SCHEMES, Answer, body_of, new_key


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


def expected_books(deliveries: Iterable[Delivery]) -> tuple[dict[tuple[str, str], tuple[str, bytes]], set[object]]:
    """What the inbox must hold afterwards: by partner and key the first outcome and the body; and the conflicts."""
    events, conflicts = {}, set[object]()
    for delivery in deliveries:
        if delivery.outcome.startswith("conflict"):
            conflicts.add((delivery.slug, delivery.key, delivery.body))
        elif not delivery.outcome.startswith("duplicate"):
            events[delivery.slug, delivery.key] = delivery.outcome, delivery.body
    return events, conflicts
