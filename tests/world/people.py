"""Students of the live server, and what became of them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import DictRow


@dataclass(frozen=True)
class Student:
    """A student with one enrollment. `id` is the profile's: a partner without an account of its own may send it."""

    db: psycopg.Connection[DictRow]
    id: UUID
    enrollment: UUID

    @classmethod
    def enroll(cls, db: psycopg.Connection[DictRow], program: str) -> Student:
        """A new student in a program."""
        email = f"{secrets.token_hex(6)}@test.example"
        student = _value(db, "select handoff.create_profile(%s, 'Test Student')", email)
        return cls(db, student, _value(db, "select handoff.enroll_student(%s, %s)", student, program))

    def steps(self) -> str:
        """hsi:completed certiport:in_progress careersafe:pending: the steps in order."""
        rows = self.db.execute(
            "select s.partner_slug || ':' || s.status as step from handoff.enrollment_steps as s"
            " where s.enrollment_id = %s order by s.sequence_order",
            [self.enrollment],
        )
        return " ".join(row["step"] for row in rows)

    def status(self) -> str:
        """Of the enrollment."""
        return str(_value(self.db, "select e.status from handoff.enrollments as e where e.id = %s", self.enrollment))

    def certificates(self) -> int:
        """How many there are of this enrollment."""
        return int(
            _value(
                self.db, "select count(*) from handoff.certificates as c where c.enrollment_id = %s", self.enrollment
            )
        )

    def changes(self, to_status: str) -> int:
        """How often a step of this enrollment came to a status, by the audit trail."""
        return int(
            _value(
                self.db,
                "select count(*) from handoff.step_transitions as t"
                " where t.enrollment_id = %s and t.step_id is not null and t.to_status = %s",
                self.enrollment,
                to_status,
            )
        )


def events(db: psycopg.Connection[DictRow], student_id: object) -> list[DictRow]:
    """What the inbox holds of a student, in order of receipt; student_id as the partner sent it."""
    return db.execute(
        "select * from handoff.partner_events as e where e.external_student_id = %s order by e.position",
        [str(student_id)],
    ).fetchall()


def _value(db: psycopg.Connection[DictRow], statement: str, *arguments: object) -> Any:
    row = db.execute(statement.encode(), arguments).fetchone()
    return next(iter(row.values())) if row else None
