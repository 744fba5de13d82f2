"""What docs/reference/events.md speaks of: a student, what partners send, and what a person can do then."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg.rows import DictRow


class Case:
    """One case of the document: John, who is a student, and what partners send of him."""

    def __init__(self, db: psycopg.Connection[DictRow]) -> None:
        self.db = db
        self.john: UUID = self.value("select handoff.create_profile('john@test.example', 'John Student')")
        self.account = str(self.john)
        self.receipt: UUID | None = None

    def value(self, statement: str, *arguments: object) -> Any:
        """The first column of the first row, if there is one."""
        result = self.db.execute(statement.encode(), arguments)
        row = result.fetchone() if result.description else None
        return next(iter(row.values())) if row else None

    def program(self, slug: str, *mappings: tuple[str, str | None]) -> str:
        """A new program through these partners, each with its course."""
        self.value("insert into handoff.programs (slug, name, category) values (%s, %s, 'Test')", slug, slug.title())
        for order, (partner, course) in enumerate(mappings, 1):
            self.value(
                "insert into handoff.program_partners (program_slug, partner_slug, sequence_order, course_ref)"
                " values (%s, %s, %s, %s)",
                *(slug, partner, order, course),
            )
        return slug

    def enroll(self, program: str = "it-support-specialist", student: UUID | None = None) -> UUID:
        """A new enrollment, John's unless somebody else's."""
        enrollment: UUID = self.value("select handoff.enroll_student(%s, %s, true)", student or self.john, program)
        return enrollment

    def step(self, enrollment: UUID, order: int = 1) -> UUID:
        """The id of a step."""
        step: UUID = self.value(
            "select s.id from handoff.enrollment_steps as s where (s.enrollment_id, s.sequence_order) = (%s, %s)",
            *(enrollment, order),
        )
        return step

    def status(self, step: UUID) -> str:
        """The status of a step."""
        return str(self.value("select s.status from handoff.enrollment_steps as s where s.id = %s", step))

    def act(self, function: str, id_: UUID) -> None:
        """The admin's hand: hold_enrollment, skip_step, ..."""
        self.value(f"select handoff.{function}(%s, 'for the test')", id_)

    def deliver(
        self, partner: str, body: bytes, key: str, channel: str = "webhook", shared_with: str | None = None
    ) -> str:
        """status:reason of these bytes. `shared_with`: another partner who has the secret that signed them."""
        context = {"shared_with": [shared_with]} if shared_with else {}
        row = self.db.execute(
            "select r.* from handoff.receive_partner_event(%s, %s, %s, %s, %s) as r",
            [partner, key, body, channel, json.dumps(context)],
        ).fetchone()
        assert row
        self.receipt = row["receipt"]
        return f"{row['status']}:{row['reason']}"

    def send(self, partner: str, event: str, *, channel: str = "webhook", **fields: object) -> str:
        """status:reason of a new event of John's account."""
        body = {"event": event, "student_id": self.account, **fields}
        return self.deliver(partner, json.dumps(body, default=str).encode(), f"key-{uuid4()}", channel)

    def exam(self, passed: bool = True, *, channel: str = "webhook", **fields: object) -> str:
        """An exam at certiport, the only step of the default program."""
        return self.send("certiport", "exam.completed", channel=channel, passed=passed, **fields)

    def pass_exam_of(self, enrollment: UUID) -> None:
        """A completion that names its enrollment."""
        assert self.exam(enrollment_id=self.step(enrollment)) == "accepted:completed"

    def outcome(self) -> str:
        """The status:reason that the last event has by now."""
        return str(
            self.value(
                "select e.status || ':' || e.reason from handoff.partner_events as e where e.receipt = %s", self.receipt
            )
        )

    def replay(self) -> None:
        """Runs the last event again."""
        self.value("select handoff.replay_partner_event(%s)", self.receipt)

    def assign(self) -> None:
        """Assigns the last event to John's first open step of its partner."""
        step = self.value(
            "select s.id from handoff.enrollment_steps as s"
            " join handoff.enrollments as e on e.id = s.enrollment_id and e.status = 'active'"
            " join handoff.partner_events as v on v.receipt = %s and v.partner_slug = s.partner_slug"
            " where e.student_id = %s and s.status = 'in_progress' order by e.enrolled_at limit 1",
            *(self.receipt, self.john),
        )
        self.value("select handoff.assign_partner_event(%s, %s, 'for the test')", self.receipt, step)


def link(case: Case) -> None:
    case.value("select handoff.link_partner_account('certiport', %s, %s)", case.account, case.john)


def enrollment_act(function: str) -> Callable[[Case], None]:
    def act(case: Case) -> None:
        case.act(function, case.value("select e.id from handoff.enrollments as e where e.student_id = %s", case.john))

    return act


def enable_the_partner(case: Case) -> None:
    case.value("update handoff.partners set status = 'active'")


def add_the_row(case: Case) -> None:
    case.value(
        "insert into handoff.partner_event_types (partner_slug, event_type, meaning)"
        " values ('certiport', 'voucher.used', 'evidence')"
    )


def mend_it(case: Case) -> None:
    case.value("update handoff.enrollment_steps set failed_attempts = 0")


ACTS: dict[str, Callable[[Case], object]] = {
    "link the account": link,
    "enroll the student": Case.enroll,
    "assign": Case.assign,
    "replay": Case.replay,
    "approve": enrollment_act("approve_enrollment"),
    "resume": enrollment_act("resume_enrollment"),
    "enable the partner": enable_the_partner,
    "add the row": add_the_row,
    "mend it": mend_it,
}
