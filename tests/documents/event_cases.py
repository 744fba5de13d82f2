"""The situations that docs/reference/events.md calls by name, in which an event can come."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from tests.documents.event_world import World


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


def exam_after_the_order_was_turned_round(world: World) -> str:
    slug = world.program("turned-round", ("certiport", None), ("hsi", None))
    enrollment = world.enroll(slug)
    world.value(
        "update handoff.program_partners set sequence_order = 3 where program_slug = %s and sequence_order = 1", slug
    )
    told = world.exam()
    assert world.status(world.step(enrollment, 2)) == "in_progress"
    return told


def exam_of_a_partner_that_joined_the_program(world: World) -> str:
    slug = world.program("joined", ("hsi", None))
    world.enroll(slug)
    world.value(
        "insert into handoff.program_partners (program_slug, partner_slug, sequence_order) values (%s, 'certiport', 2)",
        slug,
    )
    return world.exam()


def all_in_reverse(world: World) -> str:
    enrollment = world.enroll("medical-assistant")
    assert world.send("careersafe", "training.completed") == "accepted:completed_early"
    assert world.exam() == "accepted:completed_early"
    told = world.send("hsi", "course.completed")
    row = "select count(*) from handoff.certificates as c where c.enrollment_id = %s"
    assert world.value(row, enrollment) == 1
    return told


def exam_that_names_the_completed_enrollment(world: World) -> str:
    old = world.enroll()
    world.pass_exam_of(old)
    new = world.enroll()
    told = world.exam(enrollment_id=world.step(old))
    assert world.status(world.step(new)) == "in_progress"
    return told


def one_on_hold(world: World) -> UUID:
    held, active = two_enrollments(world)
    world.act("hold_enrollment", held)
    return active


def exam_of_either_where_one_is_on_hold(world: World) -> str:
    one_on_hold(world)
    return world.exam()


def exam_that_names_the_active_enrollment(world: World) -> str:
    return world.exam(enrollment_id=world.step(one_on_hold(world)))


def earlier_part(world: World) -> str:
    world.enroll("business-startup")
    for part in ("badge-3", "badge-2"):
        assert world.send("jri", "module.completed", module_id=part) == "accepted:progress"
    return world.send("jri", "module.completed", module_id="badge-1")


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
HELD = "an enrollment on hold and an active one, with this partner"
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
    ("a program whose order was turned round after enrolling", "completes, as the first of the old order"): (
        exam_after_the_order_was_turned_round
    ),
    ("a partner that came into the program after enrolling", "completes"): exam_of_a_partner_that_joined_the_program,
    ("the two later partners reported before the first", "the first completes, and with it the enrollment"): (
        all_in_reverse
    ),
    ("a completed enrollment and a new one", "completes, names the completed one"): (
        exam_that_names_the_completed_enrollment
    ),
    (HELD, "completes, names neither"): exam_of_either_where_one_is_on_hold,
    (HELD, "completes, names the active one"): exam_that_names_the_active_enrollment,
    ("a part that was reported before", "progress of that part"): part_that_was_reported_before,
    ("later parts that were reported before", "progress of an earlier part"): earlier_part,
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
