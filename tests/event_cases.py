"""What docs/events.md calls by name: the situations in which an event can come, and what a person can do then."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg.rows import DictRow


class World:
    """John, who is a student, and what partners send about him."""

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

    def deliver(self, partner: str, body: bytes, key: str) -> str:
        """status:reason of these bytes."""
        row = self.db.execute(
            "select r.* from handoff.receive_partner_event(%s, %s, %s) as r", [partner, key, body]
        ).fetchone()
        assert row
        self.receipt = row["receipt"]
        return f"{row['status']}:{row['reason']}"

    def send(self, partner: str, event: str, **fields: object) -> str:
        """status:reason of a new event of John's account."""
        body = {"event": event, "student_id": self.account, **fields}
        return self.deliver(partner, json.dumps(body, default=str).encode(), f"key-{uuid4()}")

    def exam(self, passed: bool = True, **fields: object) -> str:
        """An exam at certiport, the only step of the default program."""
        return self.send("certiport", "exam.completed", passed=passed, **fields)

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


def exam_of_an_unknown_account(world: World) -> str:
    world.enroll()
    world.account = "nobody-yet"
    return world.exam()


def exam_of_a_student_without_a_step(world: World) -> str:
    world.enroll("cpr-first-aid")
    return world.exam()


def two_enrollments(world: World) -> tuple[UUID, UUID]:
    return world.enroll(), world.enroll("web-development")


def exam_of_either(world: World) -> str:
    two_enrollments(world)
    return world.exam()


def exam_that_names_our_step(world: World) -> str:
    _, second = two_enrollments(world)
    return world.exam(enrollment_id=world.step(second))


def exam_that_names_the_partners_id(world: World) -> str:
    first, _ = two_enrollments(world)
    world.value("update handoff.enrollment_steps set external_enrollment_id = 'C-1' where id = %s", world.step(first))
    return world.exam(enrollment_id="C-1")


def exam_of_either_where_one_is_completed(world: World) -> str:
    first = world.enroll("administrative-assistant")
    assert world.exam(enrollment_id=world.step(first, 2)) == "accepted:completed_early"
    world.enroll()
    return world.exam()


def exam_of_an_open_and_a_completed_enrollment(world: World) -> str:
    world.pass_exam_of(world.enroll())
    world.enroll()
    return world.exam()


def open_and_withdrawn(world: World) -> UUID:
    old = world.enroll()
    world.act("withdraw_enrollment", old)
    world.enroll()
    return old


def exam_of_an_open_and_a_withdrawn_enrollment(world: World) -> str:
    open_and_withdrawn(world)
    return world.exam()


def exam_that_names_the_withdrawn_enrollment(world: World) -> str:
    return world.exam(enrollment_id=world.step(open_and_withdrawn(world)))


def exam_that_names_another_students_enrollment(world: World) -> str:
    jane = world.value("select handoff.create_profile('jane@test.example', 'Jane Student')")
    world.enroll()
    return world.exam(enrollment_id=world.step(world.enroll(student=jane)))


def exam_that_names_another_partners_step(world: World) -> str:
    return world.exam(enrollment_id=world.step(world.enroll("cna")))


def course(**fields: object) -> Callable[[World], str]:
    def of_two(world: World) -> str:
        world.enroll(world.program("two-courses", ("hsi", "CPR"), ("hsi", "First Aid")))
        return world.send("hsi", "course.completed", **fields)

    return of_two


def exam_of_an_optional_mapping(world: World) -> str:
    world.enroll("emergency-health-safety-technician")
    return world.exam()


def exam_of_a_partner_that_left_the_program(world: World) -> str:
    world.enroll()
    world.value("update handoff.program_partners set partner_slug = 'hsi' where program_slug = 'it-support-specialist'")
    return world.exam()


def part_that_was_reported_before(world: World) -> str:
    world.enroll("business-startup")
    assert world.send("jri", "module.completed", module_id="badge-1") == "accepted:progress"
    return world.send("jri", "module.completed", module_id="badge-1")


def exam_at(offset: timedelta, *, ahead: bool = False) -> Callable[[World], str]:
    def timed(world: World) -> str:
        enrollment = world.enroll()
        base = (
            "select handoff.clock()" if ahead else "select e.enrolled_at from handoff.enrollments as e where e.id = %s"
        )
        at = world.value(base, *([] if ahead else [enrollment])) + offset
        return world.exam(completed_at=at.isoformat())

    return timed


def same_completion_under_another_key(world: World) -> str:
    world.enroll()
    at = world.value("select handoff.clock()").isoformat()
    assert world.exam(completed_at=at) == "accepted:completed"
    world.enroll()
    return world.exam(completed_at=at)


def delivered_twice(other: bytes = b"", key: str | None = None, *, again: bool = False) -> Callable[[World], str]:
    def twice(world: World) -> str:
        world.enroll()
        body = json.dumps({"event": "exam.completed", "student_id": world.account, "passed": True}).encode()
        used = key or hashlib.sha256(body).hexdigest()
        assert world.deliver("certiport", body, used) == "accepted:completed"
        if again:
            world.enroll()
        return world.deliver("certiport", body + other, used)

    return twice


def exam_after(function: str) -> Callable[[World], str]:
    def after(world: World) -> str:
        world.act(function, world.enroll())
        return world.exam()

    return after


def exam_of_an_enrollment_that_awaits_approval(world: World) -> str:
    world.value("update handoff.programs set requires_approval = true where slug = 'it-support-specialist'")
    world.enroll()
    return world.exam()


def exam_of_a_disabled_partner(world: World) -> str:
    world.enroll()
    world.value("update handoff.partners set status = 'disabled' where slug = 'certiport'")
    return world.exam()


def event_without_a_row(world: World) -> str:
    world.enroll()
    return world.send("certiport", "voucher.used")


def event_whose_row_says_test(world: World) -> str:
    world.enroll()
    world.value(
        "insert into handoff.partner_event_types (partner_slug, event_type, meaning)"
        " values ('certiport', 'ping', 'test')"
    )
    return world.send("certiport", "ping")


def exam_that_can_not_be_counted(world: World) -> str:
    step = world.step(world.enroll())
    world.value("update handoff.enrollment_steps set failed_attempts = 2147483647 where id = %s", step)
    return world.exam(passed=False)


DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
TWO = "two open enrollments with this partner"
COURSES = "two steps of one partner, each with its course"
SITUATIONS: dict[tuple[str, str], Callable[[World], str]] = {
    ("nobody with this account", "completes"): exam_of_an_unknown_account,
    ("a student without a step with this partner", "completes"): exam_of_a_student_without_a_step,
    (TWO, "completes, names neither"): exam_of_either,
    (TWO, "completes, names our step id"): exam_that_names_our_step,
    (TWO, "completes, names the partner's id of one"): exam_that_names_the_partners_id,
    (f"{TWO}, the step of one completed", "completes, names neither"): exam_of_either_where_one_is_completed,
    ("an open enrollment and a completed one", "completes"): exam_of_an_open_and_a_completed_enrollment,
    ("an open enrollment and a withdrawn one", "completes"): exam_of_an_open_and_a_withdrawn_enrollment,
    ("an open enrollment and a withdrawn one", "completes, names the withdrawn one"): (
        exam_that_names_the_withdrawn_enrollment
    ),
    ("another student's enrollment", "completes, names that one"): exam_that_names_another_students_enrollment,
    ("a step of another partner", "completes, names that one"): exam_that_names_another_partners_step,
    (COURSES, "completes, names a course"): course(course_id="CPR"),
    (COURSES, "completes, names no course"): course(),
    (COURSES, "completes, names a third course"): course(course_id="Bloodborne"),
    ("an optional mapping, which makes no step", "completes"): exam_of_an_optional_mapping,
    ("a step of yesterday's program, which names no such partner any more", "completes"): (
        exam_of_a_partner_that_left_the_program
    ),
    ("a part that was reported before", "progress of that part"): part_that_was_reported_before,
    ("a step in progress", "completes, a day before the enrollment"): exam_at(-DAY),
    ("a step in progress", "completes, more than a day before the enrollment"): exam_at(-DAY - SECOND),
    ("a step in progress", "completes, more than a day ahead"): exam_at(DAY + timedelta(hours=1), ahead=True),
    ("a completion with its time", "the same one under another key"): same_completion_under_another_key,
    ("a completed step", "the same delivery"): delivered_twice(key="one"),
    ("a completed step", "another body under the same key"): delivered_twice(b" ", key="one"),
    ("a completed step, enrolled again, keys are hashes", "the same body"): delivered_twice(again=True),
    ("an enrollment on hold", "completes"): exam_after("hold_enrollment"),
    ("an enrollment that awaits approval", "completes"): exam_of_an_enrollment_that_awaits_approval,
    ("an enrollment that was withdrawn", "completes"): exam_after("withdraw_enrollment"),
    ("a disabled partner", "completes"): exam_of_a_disabled_partner,
    ("no row for this event", "anything"): event_without_a_row,
    ("a row that says test", "anything"): event_whose_row_says_test,
    ("a fault of ours", "not passed"): exam_that_can_not_be_counted,
}


def link(world: World) -> None:
    world.value("select handoff.link_partner_account('certiport', %s, %s)", world.account, world.john)


def enrollment_act(function: str) -> Callable[[World], None]:
    def act(world: World) -> None:
        world.act(
            function, world.value("select e.id from handoff.enrollments as e where e.student_id = %s", world.john)
        )

    return act


def enable_the_partner(world: World) -> None:
    world.value("update handoff.partners set status = 'active'")


def add_the_row(world: World) -> None:
    world.value(
        "insert into handoff.partner_event_types (partner_slug, event_type, meaning)"
        " values ('certiport', 'voucher.used', 'evidence')"
    )


def mend_it(world: World) -> None:
    world.value("update handoff.enrollment_steps set failed_attempts = 0")


ACTS: dict[str, Callable[[World], object]] = {
    "link the account": link,
    "enroll the student": World.enroll,
    "assign": World.assign,
    "replay": World.replay,
    "approve": enrollment_act("approve_enrollment"),
    "resume": enrollment_act("resume_enrollment"),
    "enable the partner": enable_the_partner,
    "add the row": add_the_row,
    "mend it": mend_it,
}
