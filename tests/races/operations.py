"""What can be done to a database of students in training: the same operations for one connection and for several.

An operation is a call of one SQL function. Its arguments are picked from short lists, so that equal keys, repeated
completions and acts on one enrollment are common.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg

Pick = Callable[[Sequence[Any]], Any]  # chooses one: a draw of Hypothesis, or random.choice

PROGRAMS = ["medical-assistant", "cna", "barber-apprenticeship", "administrative-assistant"]
KEYS = [None] * 10 + list(range(20))  # of each partner; none: the body's hash
# Partner, event, meaning, and the payload field that names the item.
EVENTS = [
    ("hsi", "course.completed", "completion", "course_id"),
    ("hsi", "certificate.issued", "evidence", None),
    ("hsi", "enrollment.created", "acknowledgement", None),
    ("hsi", "course.renamed", None, None),
    ("certiport", "exam.completed", "completion", None),
    ("careersafe", "training.completed", "completion", None),
    ("jri", "program.completed", "completion", None),
    ("jri", "module.completed", "progress", "module_id"),
    ("milady", "course.completed", "completion", "course_id"),
    ("milady", "assessment.passed", "progress", None),
]
# The barber's program has one partner twice, and an optional one; the administrative assistant's waits for approval.
CONFIGURE = """
delete from handoff.program_partners where program_slug = 'barber-apprenticeship';
insert into handoff.program_partners (program_slug, partner_slug, sequence_order, is_required, course_ref)
values
  ('barber-apprenticeship', 'milady', 1, true, 'cut'), ('barber-apprenticeship', 'milady', 2, true, 'color'),
  ('barber-apprenticeship', 'jri', 3, false, null);
update handoff.programs set requires_approval = true where slug = 'administrative-assistant';
"""


@dataclass
class Subjects:
    """Whom and what an operation can be about."""

    students: list[UUID]
    accounts: list[str]  # of hsi, linked to nobody at first
    prefix: str = ""  # of keys
    enrollments: list[UUID] = field(default_factory=list)
    steps: list[UUID] = field(default_factory=list)
    receipts: list[UUID] = field(default_factory=list)
    limits: list[int] = field(default_factory=lambda: [10**6])  # of events that are tried again at once


@dataclass(frozen=True)
class Delivery:
    """An event as a partner sends it. `who`: a student's own id or an account; `at`: RFC 3339, or none."""

    partner: str
    event: str
    who: UUID | str | None
    item: str | None
    passed: bool | None
    at: str | None

    def body(self) -> bytes:
        """The JSON that is sent: equal deliveries have equal bytes."""
        item_field = next(item_field for partner, event, _, item_field in EVENTS if (partner, event) == self.kind())
        fields: dict[str, Any] = {
            "event": self.event,
            "student_id": self.who and str(self.who),
            "completed_at": self.at,
        }
        fields |= {"passed": self.passed} | ({item_field: self.item} if item_field else {})
        return json.dumps({name: value for name, value in fields.items() if value is not None}).encode()

    def kind(self) -> tuple[str, str]:
        """What its meaning is looked up by."""
        return self.partner, self.event


def pick_delivery(pick: Pick, subjects: Subjects, times: Sequence[str]) -> tuple[str, Delivery]:
    """A key and what is sent under it."""
    partner, event, _, item_field = pick(EVENTS)
    people = [*subjects.students, *subjects.students] + (subjects.accounts if partner == "hsi" else [])
    item = pick([None, "cut", "color"]) if item_field else None
    passed = pick([True, True, False]) if event == "exam.completed" else None
    delivery = Delivery(partner, event, pick([*people, None]), item, passed, pick([None, *times]))
    return pick_key(pick, subjects, delivery), delivery


def pick_completion(
    pick: Pick, subjects: Subjects, student: UUID, partner: str, course: str | None, times: Sequence[str]
) -> tuple[str, Delivery]:
    """A key, and what completes such a step of the student."""
    event = next(event for name, event, meaning, _ in EVENTS if (name, meaning) == (partner, "completion"))
    passed = True if event == "exam.completed" else None
    delivery = Delivery(partner, event, student, course, passed, pick([None, *times]))
    return pick_key(pick, subjects, delivery), delivery


def pick_key(pick: Pick, subjects: Subjects, delivery: Delivery) -> str:
    """What makes two deliveries the same."""
    number = pick(KEYS)
    return hash_of(delivery) if number is None else f"{subjects.prefix}{delivery.partner}-{number}"


def hash_of(delivery: Delivery) -> str:
    """The key of a delivery whose sender gives none."""
    return hashlib.sha256(delivery.body()).hexdigest()


# Name: the call, and where its arguments come from.
CALLS: dict[str, tuple[str, list[str]]] = {
    "enroll": ("select handoff.enroll_student(%s, %s, %s)", ["students", "programs", "flags"]),
    "generate": ("select handoff.generate_enrollment_steps(%s)", ["enrollments"]),
    "advance": ("select handoff.advance_to_next_step(%s)", ["enrollments"]),
    "approve": ("select handoff.approve_enrollment(%s, 'fits')", ["enrollments"]),
    "hold": ("select handoff.hold_enrollment(%s, 'a break')", ["enrollments"]),
    "resume": ("select handoff.resume_enrollment(%s, 'back again')", ["enrollments"]),
    "withdraw": ("select handoff.withdraw_enrollment(%s, 'moved away')", ["enrollments"]),
    "mark": ("select handoff.mark_step_complete(%s)", ["steps"]),
    "skip": ("select handoff.skip_step(%s, 'waived')", ["steps"]),
    "fail": ("select handoff.fail_step(%s, 'gave up')", ["steps"]),
    "reopen": ("select handoff.reopen_step(%s, 'by mistake')", ["steps"]),
    "link": ("select handoff.link_partner_account('hsi', %s, %s)", ["accounts", "students"]),
    "replay": ("select r.status || ':' || r.reason from handoff.replay_partner_event(%s) as r", ["receipts"]),
    "assign": (
        "select r.status || ':' || r.reason from handoff.assign_partner_event(%s, %s, 'this one') as r",
        ["receipts", "steps"],
    ),
    # Marked first: the limit is made from how many were.
    "replay_many": (
        "select m.marked from (select handoff.mark_events_due() as marked offset 0) as m"
        " cross join lateral handoff.apply_due_events(%s + 0 * m.marked) as a",
        ["limits"],
    ),
    "edit_program": (
        "update handoff.program_partners set is_required = not is_required"
        " where program_slug = 'cna' and partner_slug = 'certiport' returning is_required",
        [],
    ),
    "toggle_partner": (
        "update handoff.partners set status = case status when 'active' then 'disabled' else 'active' end"
        " where slug = 'careersafe' returning status",
        [],
    ),
}
DELIVER = "select r.receipt, r.status || ':' || r.reason from handoff.receive_partner_event(%s, %s, %s) as r"


def pick_arguments(name: str, pick: Pick, subjects: Subjects) -> list[Any] | None:
    """Arguments for the call of that name, or none when there is nothing yet to be picked."""
    lists = vars(subjects) | {"programs": PROGRAMS, "flags": [False, True]}
    sources = [lists[source] for source in CALLS[name][1]]
    return [pick(source) for source in sources] if all(sources) else None


def call(connection: psycopg.Connection[Any], statement: str, arguments: Sequence[Any]) -> Any:
    """The one row that it returns (its value, when there is one), or the code of the refusal: TH and 3 digits."""
    try:
        with connection.transaction():
            row = connection.execute(statement, arguments).fetchone()
    except psycopg.Error as error:
        if not (error.sqlstate or "").startswith("TH"):
            raise
        return error.sqlstate
    return row[0] if row and len(row) == 1 else row
