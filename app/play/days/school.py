"""What people of the school do in a simulation: each deed as its admin does it, or as a DBA, and never twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from app.play.days.database import Connection
from app.play.days.deeds import Deed, Student
from app.play.days.events import Event
from app.play.days.partners import STUCK_AFTER_DAYS, Partner, Program
from app.play.simulation.school import HOST

EVENT_TYPES = (
    ("course.started", "acknowledgement", None, None, None),
    ("module.completed", "progress", "module_id", None, 2),
    ("course.completed", "completion", "course_id", "passed", None),
    ("certificate.issued", "evidence", None, None, None),
)

CLAIMS = "select set_config('request.jwt.claims', %s, %s)"
COUNTED = (
    "select coalesce(sum(r.refusals), 0) from handoff.webhook_refusals as r"
    " where r.code in ('too_large', 'unsupported_type')"
)
ENTER = "select (e).status, (e).reason from handoff.receive_partner_event(%s, %s, %s, 'manual') as e"


def configure(db: Connection, partners: Sequence[Partner], programs: Sequence[Program], receiver: str) -> None:
    """The rows of all partners, who are told at `receiver` (host:port), and of all programs."""
    with db.transaction():
        for partner in partners:
            url = f"http://{receiver}/{partner.slug}/enroll" if partner.is_told else None
            db.execute(
                "insert into handoff.partners (slug, name, stuck_after_days, enroll_url) values (%s, %s, %s, %s)",
                [partner.slug, partner.slug.title(), STUCK_AFTER_DAYS, url],
            )
            for kind in EVENT_TYPES:
                db.execute(
                    "insert into handoff.partner_event_types"
                    " (partner_slug, event_type, meaning, item_field, pass_field, progress_total)"
                    " values (%s, %s, %s, %s, %s, %s)",
                    [partner.slug, *kind],
                )
        for program in programs:
            db.execute(
                "insert into handoff.programs (slug, name, category, requires_approval)"
                " values (%s, %s, 'Simulated', %s)",
                [program.slug, program.slug.title(), program.needs_approval],
            )
            for order, slug in enumerate(program.partners, start=1):
                db.execute(
                    "insert into handoff.program_partners (program_slug, partner_slug, sequence_order)"
                    " values (%s, %s, %s)",
                    [program.slug, slug, order],
                )


def address(student: int) -> str:
    """The address of a student, from which it is known who it is."""
    return f"student-{student}{HOST}"


def is_student(email: str) -> bool:
    """Whether it is a student's, and not one of the school."""
    return email.startswith("student-")


def number_of(email: str) -> int:
    """Whose address it is."""
    return int(email.removesuffix(HOST).removeprefix("student-"))


class School:
    """One connection of the school's admin, and one of its DBA. Not for several threads."""

    def __init__(self, admin: Connection, dba: Connection, admin_id: UUID) -> None:
        self._admin, self._dba = admin, dba
        admin.execute(CLAIMS, [json.dumps({"sub": str(admin_id)}), False])
        self._clerks: dict[str, UUID] = {}
        self._profiles: dict[int, UUID] = {}
        self._deeds: dict[str, Callable[[Student, Deed], None]] = {
            "enroll": self._enroll,
            "enroll without steps": self._enroll_without_steps,
            "approve": self._act_on_enrollment("approve_enrollment"),
            "hold": self._act_on_enrollment("hold_enrollment"),
            "resume": self._act_on_enrollment("resume_enrollment"),
            "withdraw": self._act_on_enrollment("withdraw_enrollment"),
            "fail": self._act_on_step("fail_step"),
            "reopen": self._act_on_step("reopen_step"),
            "skip": self._act_on_step("skip_step"),
            "link": self._link,
        }

    def set_aside(self, slug: str) -> None:
        """Nothing will come of what a partner sent that could not be read."""
        found = self._dba.execute(
            "select e.receipt from handoff.partner_events as e where e.partner_slug = %s and e.status = 'rejected'",
            [slug],
        ).fetchall()
        for row in found:
            self._call("set_event_aside", row["receipt"], "nothing will come of it")

    def enter(self, clerk: str, event: Event) -> str:
        """What a clerk enters by hand; the outcome as status:reason."""
        if clerk not in self._clerks:
            found = self._admin.execute("select handoff.create_profile(%s, %s, 'admin') as id", [clerk + HOST, clerk])
            self._clerks[clerk] = found.fetchall()[0]["id"]
        with self._admin.transaction():
            self._admin.execute(CLAIMS, [json.dumps({"sub": str(self._clerks[clerk])}), True])
            row = self._admin.execute(ENTER, [*event]).fetchone()
        return f"{row['status']}:{row['reason']}" if row else "nothing"

    def counted_refusals(self) -> int:
        """How many deliveries were too large or of another type, as far as it was written."""
        return int(self._value(self._dba, COUNTED))

    def knows(self, what: str) -> bool:
        """Whether people do it; all else is told by a partner."""
        return what in self._deeds

    def do(self, student: Student, deed: Deed) -> None:
        """One deed."""
        self._deeds[deed.what](student, deed)

    def profile(self, student: Student) -> UUID:
        """Our id of a student."""
        return self._profiles[student.number]

    def _enroll(self, student: Student, _: Deed) -> None:
        profile = self._make(student)
        self._call("enroll_student", profile, student.program.slug)
        for step in student.linked:
            slug = student.program.partners[step]
            self._call("link_partner_account", slug, student.account(slug), profile)

    def _enroll_without_steps(self, student: Student, _: Deed) -> None:
        self._dba.execute(
            "insert into handoff.enrollments (student_id, program_slug, status, enrolled_at, activated_at)"
            " values (%s, %s, 'active', handoff.clock(), handoff.clock())",
            [self._make(student), student.program.slug],
        )

    def _link(self, student: Student, deed: Deed) -> None:
        slug = student.program.partners[deed.step]
        self._call("link_partner_account", slug, student.account(slug), self.profile(student))

    def _act_on_enrollment(self, function: str) -> Callable[[Student, Deed], None]:
        return lambda student, deed: self._call(function, self._enrollment(student), deed.what)

    def _act_on_step(self, function: str) -> Callable[[Student, Deed], None]:
        return lambda student, deed: self._call(function, self._step(student, deed.step), deed.what)

    def _make(self, student: Student) -> UUID:
        made: UUID = self._call("create_profile", address(student.number), f"Student {student.number}")
        self._profiles[student.number] = made
        return made

    def _enrollment(self, student: Student) -> UUID:
        found: UUID = self._value(
            self._dba,
            "select e.id from handoff.enrollments as e where e.student_id = %s",
            self.profile(student),
        )
        return found

    def _step(self, student: Student, step: int) -> UUID:
        found: UUID = self._value(
            self._dba,
            "select s.id from handoff.enrollment_steps as s where s.enrollment_id = %s and s.sequence_order = %s",
            self._enrollment(student),
            step + 1,
        )
        return found

    def _call(self, function: str, *arguments: object) -> Any:
        places = ", ".join(["%s"] * len(arguments))
        return self._value(self._admin, f"select handoff.{function}({places})", *arguments)

    @staticmethod
    def _value(db: Connection, statement: str, *arguments: object) -> Any:
        row = db.execute(statement.encode(), arguments).fetchone()
        return next(iter(row.values())) if row else None
