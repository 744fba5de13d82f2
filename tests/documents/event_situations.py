"""The situations that docs/reference/events.md calls by name, in which an event can come."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from tests.documents.event_case import Case, link


def exam_of_an_unknown_account(case: Case) -> str:
    case.enroll()
    case.account = "nobody-yet"
    return case.exam()


def exam_that_is_set_aside(case: Case) -> str:
    told = exam_of_an_unknown_account(case)
    assert case.receipt
    case.act("set_event_aside", case.receipt)
    link(case)
    assert case.outcome() == told
    return told


def exam_of_a_student_without_a_step(case: Case) -> str:
    case.enroll("cpr-first-aid")
    return case.exam()


def two_enrollments(case: Case) -> tuple[UUID, UUID]:
    return case.enroll(), case.enroll("web-development")


def exam_of_either(case: Case) -> str:
    two_enrollments(case)
    return case.exam()


def exam_that_names_our_step(case: Case) -> str:
    _, second = two_enrollments(case)
    return case.exam(enrollment_id=case.step(second))


def exam_that_names_the_partners_id(case: Case) -> str:
    first, _ = two_enrollments(case)
    case.value("update handoff.enrollment_steps set external_enrollment_id = 'C-1' where id = %s", case.step(first))
    return case.exam(enrollment_id="C-1")


def exam_of_either_where_one_is_completed(case: Case) -> str:
    first = case.enroll("administrative-assistant")
    assert case.exam(enrollment_id=case.step(first, 2)) == "accepted:completed_early"
    case.enroll()
    return case.exam()


def exam_beside_a_completed_enrollment(
    *, days: int = 0, seconds: int | None = None, by_hand: bool = False, **fields: object
) -> Callable[[Case], str]:
    def beside(case: Case) -> str:
        at = case.value("select handoff.clock()")
        times = {} if seconds is None else {"completed_at": at.isoformat()}
        assert case.exam(enrollment_id=case.step(case.enroll()), exam_id="IT-1", **times) == "accepted:completed"
        case.value("update handoff.partner_events set received_at = received_at - make_interval(days => %s)", days)
        new = case.step(case.enroll())
        if seconds is not None:
            times = {"completed_at": (at + timedelta(seconds=seconds)).isoformat()}
        sent = {"exam_id": "IT-1", **times, **fields}
        return case.exam(channel="manual", enrollment_id=new, **sent) if by_hand else case.exam(**sent)

    return beside


def open_and_withdrawn(case: Case) -> UUID:
    old = case.enroll()
    case.act("withdraw_enrollment", old)
    case.enroll()
    return old


def exam_of_an_open_and_a_withdrawn_enrollment(case: Case) -> str:
    open_and_withdrawn(case)
    return case.exam()


def exam_that_names_the_withdrawn_enrollment(case: Case) -> str:
    return case.exam(enrollment_id=case.step(open_and_withdrawn(case)))


def exam_that_names_another_students_enrollment(case: Case) -> str:
    jane = case.value("select handoff.create_profile('jane@test.example', 'Jane Student')")
    case.enroll()
    return case.exam(enrollment_id=case.step(case.enroll(student=jane)))


def exam_that_names_the_partners_id_of_another_students_enrollment(case: Case) -> str:
    jane = case.value("select handoff.create_profile('jane@test.example', 'Jane Student')")
    case.enroll()
    step = case.step(case.enroll(student=jane))
    case.value("update handoff.enrollment_steps set external_enrollment_id = 'class-7' where id = %s returning 1", step)
    return case.exam(enrollment_id="class-7")


def exam_that_names_another_partners_step(case: Case) -> str:
    return case.exam(enrollment_id=case.step(case.enroll("cna")))


def course(**fields: object) -> Callable[[Case], str]:
    def of_two(case: Case) -> str:
        case.enroll(case.program("two-courses", ("hsi", "CPR"), ("hsi", "First Aid")))
        return case.send("hsi", "course.completed", **fields)

    return of_two


def evidence_of_either_course(case: Case) -> str:
    case.enroll(case.program("two-courses", ("hsi", "CPR"), ("hsi", "First Aid")))
    return case.send("hsi", "certificate.issued")


def exam_of_an_optional_mapping(case: Case) -> str:
    case.enroll("emergency-health-safety-technician")
    return case.exam()


def exam_of_a_partner_that_left_the_program(case: Case) -> str:
    case.enroll()
    case.value("update handoff.program_partners set partner_slug = 'hsi' where program_slug = 'it-support-specialist'")
    return case.exam()


def exam_after_the_order_was_turned_round(case: Case) -> str:
    slug = case.program("turned-round", ("certiport", None), ("hsi", None))
    enrollment = case.enroll(slug)
    case.value(
        "update handoff.program_partners set sequence_order = 3 where program_slug = %s and sequence_order = 1", slug
    )
    told = case.exam()
    assert case.status(case.step(enrollment, 2)) == "in_progress"
    return told


def exam_of_a_partner_that_joined_the_program(case: Case) -> str:
    slug = case.program("joined", ("hsi", None))
    case.enroll(slug)
    case.value(
        "insert into handoff.program_partners (program_slug, partner_slug, sequence_order) values (%s, 'certiport', 2)",
        slug,
    )
    return case.exam()


def all_in_reverse(case: Case) -> str:
    enrollment = case.enroll("medical-assistant")
    assert case.send("careersafe", "training.completed") == "accepted:completed_early"
    assert case.exam() == "accepted:completed_early"
    told = case.send("hsi", "course.completed")
    row = "select count(*) from handoff.certificates as c where c.enrollment_id = %s"
    assert case.value(row, enrollment) == 1
    return told


def exam_that_names_the_completed_enrollment(case: Case) -> str:
    old = case.enroll()
    case.pass_exam_of(old)
    new = case.enroll()
    told = case.exam(enrollment_id=case.step(old))
    assert case.status(case.step(new)) == "in_progress"
    return told


def one_on_hold(case: Case) -> UUID:
    held, active = two_enrollments(case)
    case.act("hold_enrollment", held)
    return active


def exam_of_either_where_one_is_on_hold(case: Case) -> str:
    one_on_hold(case)
    return case.exam()


def exam_that_names_the_active_enrollment(case: Case) -> str:
    return case.exam(enrollment_id=case.step(one_on_hold(case)))


def earlier_part(case: Case) -> str:
    case.enroll("business-startup")
    for part in ("badge-3", "badge-2"):
        assert case.send("jri", "module.completed", module_id=part) == "accepted:progress"
    return case.send("jri", "module.completed", module_id="badge-1")


def part_that_was_reported_before(case: Case) -> str:
    case.enroll("business-startup")
    assert case.send("jri", "module.completed", module_id="badge-1") == "accepted:progress"
    return case.send("jri", "module.completed", module_id="badge-1")


def part_beyond_the_total(case: Case) -> str:
    step = case.step(case.enroll("business-startup"))
    for part in range(6):
        assert case.send("jri", "module.completed", module_id=f"badge-{part}") == "accepted:progress"
    told = case.send("jri", "module.completed", module_id="Badge 5")
    assert case.value("select s.progress_count from handoff.enrollment_steps as s where s.id = %s", step) == 6
    return told


def same_attempt_under_another_key(case: Case) -> str:
    step = case.step(case.enroll())
    at = case.value("select handoff.clock()").isoformat()
    assert case.exam(passed=False, completed_at=at) == "accepted:attempt_failed"
    told = case.exam(passed=False, completed_at=at)
    assert case.value("select s.failed_attempts from handoff.enrollment_steps as s where s.id = %s", step) == 1
    return told


def taken_back(*, left: bool = False, same_key: bool = False) -> Callable[[Case], str]:
    def again(case: Case) -> str:
        enrollment = case.enroll("cna")
        body = {"event": "course.completed", "student_id": case.account, "completed_at": case.value("select now()")}
        sent = json.dumps(body, default=datetime.isoformat).encode()
        assert case.deliver("hsi", sent, "one") == "accepted:completed"
        if left:
            case.act("withdraw_enrollment", enrollment)
            enrollment = case.enroll("cna")
        else:
            case.act("reopen_step", case.step(enrollment))
        told = case.deliver("hsi", sent, "one" if same_key else "two")
        assert case.status(case.step(enrollment)) == ("in_progress" if same_key else "completed")
        return told

    return again


def exam_at(offset: timedelta, *, ahead: bool = False) -> Callable[[Case], str]:
    def timed(case: Case) -> str:
        enrollment = case.enroll()
        base = (
            "select handoff.clock()" if ahead else "select e.enrolled_at from handoff.enrollments as e where e.id = %s"
        )
        at = case.value(base, *([] if ahead else [enrollment])) + offset
        return case.exam(completed_at=at.isoformat())

    return timed


def same_completion_under_another_key(case: Case) -> str:
    case.enroll()
    at = case.value("select handoff.clock()").isoformat()
    assert case.exam(completed_at=at) == "accepted:completed"
    case.enroll()
    return case.exam(completed_at=at)


def delivered_twice(other: bytes = b"", key: str | None = None, *, again: bool = False) -> Callable[[Case], str]:
    def twice(case: Case) -> str:
        case.enroll()
        body = json.dumps({"event": "exam.completed", "student_id": case.account, "passed": True}).encode()
        used = key or hashlib.sha256(body).hexdigest()
        assert case.deliver("certiport", body, used) == "accepted:completed"
        if again:
            case.enroll()
        return case.deliver("certiport", body + other, used)

    return twice


def exam_that_names_our_id_under_a_shared_secret(case: Case) -> str:
    case.enroll()
    body = json.dumps({"event": "exam.completed", "student_id": case.account, "passed": True}).encode()
    return case.deliver("certiport", body, "one", shared_with="milady")


def same_bytes_as_at_another_partner(case: Case) -> str:
    case.enroll()
    case.account = "one-for-all"
    link(case)
    body = json.dumps({"event": "exam.completed", "student_id": case.account, "passed": True}).encode()
    case.deliver("milady", body, "one", shared_with="certiport")
    return case.deliver("certiport", body, "two", shared_with="milady")


def exam_after(function: str) -> Callable[[Case], str]:
    def after(case: Case) -> str:
        case.act(function, case.enroll())
        return case.exam()

    return after


def exam_of_an_enrollment_that_awaits_approval(case: Case) -> str:
    case.value("update handoff.programs set requires_approval = true where slug = 'it-support-specialist'")
    case.enroll()
    return case.exam()


def exam_of_a_disabled_partner(case: Case) -> str:
    case.enroll()
    case.value("update handoff.partners set status = 'disabled' where slug = 'certiport'")
    return case.exam()


def event_without_a_row(case: Case) -> str:
    case.enroll()
    return case.send("certiport", "voucher.used")


def event_whose_row_says_test(case: Case) -> str:
    case.enroll()
    case.value(
        "insert into handoff.partner_event_types (partner_slug, event_type, meaning)"
        " values ('certiport', 'ping', 'test')"
    )
    return case.send("certiport", "ping")


def exam_that_can_not_be_counted(case: Case) -> str:
    step = case.step(case.enroll())
    case.value("update handoff.enrollment_steps set failed_attempts = 2147483647 where id = %s", step)
    return case.exam(passed=False)


DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
BESIDE = "an open enrollment and a completed one, the same day"
TWO = "two open enrollments with this partner"
HELD = "an enrollment on hold and an active one, with this partner"
COURSES = "two steps of one partner, each with its course"
SITUATIONS: dict[tuple[str, str], Callable[[Case], str]] = {
    ("nobody with this account", "completes"): exam_of_an_unknown_account,
    ("a student without a step with this partner", "completes"): exam_of_a_student_without_a_step,
    (TWO, "completes, names neither"): exam_of_either,
    (TWO, "completes, names our step id"): exam_that_names_our_step,
    (TWO, "completes, names the partner's id of one"): exam_that_names_the_partners_id,
    (f"{TWO}, the step of one completed", "completes, names neither"): exam_of_either_where_one_is_completed,
    ("an open enrollment and a completed one, a day later", "completes, names no time"): (
        exam_beside_a_completed_enrollment(days=2)
    ),
    (BESIDE, "completes, names no time"): exam_beside_a_completed_enrollment(),
    (BESIDE, "completes, a second later"): exam_beside_a_completed_enrollment(seconds=1),
    (BESIDE, "completes, another item"): exam_beside_a_completed_enrollment(seconds=0, exam_id="IT-2"),
    (BESIDE, "is entered by hand, names our step id"): exam_beside_a_completed_enrollment(by_hand=True),
    ("an open enrollment and a withdrawn one", "completes"): exam_of_an_open_and_a_withdrawn_enrollment,
    ("an open enrollment and a withdrawn one", "completes, names the withdrawn one"): (
        exam_that_names_the_withdrawn_enrollment
    ),
    ("another student's enrollment", "completes, names that one"): (
        exam_that_names_the_partners_id_of_another_students_enrollment
    ),
    ("another student's enrollment", "completes, names that one by our step id"): (
        exam_that_names_another_students_enrollment
    ),
    ("a step of another partner", "completes, names that one"): exam_that_names_another_partners_step,
    (COURSES, "completes, names a course"): course(course_id="CPR"),
    (COURSES, "completes, names no course"): course(),
    (COURSES, "evidence, names no course"): evidence_of_either_course,
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
    ("every part that there is", "progress of another part"): part_beyond_the_total,
    ("a failed attempt with its time", "the same one under another key"): same_attempt_under_another_key,
    ("later parts that were reported before", "progress of an earlier part"): earlier_part,
    ("a step in progress", "completes, a day before the enrollment"): exam_at(-DAY),
    ("a step in progress", "completes, more than a day before the enrollment"): exam_at(-DAY - SECOND),
    ("a step in progress", "completes, more than a day ahead"): exam_at(DAY + timedelta(hours=1), ahead=True),
    ("a completion with its time", "the same one under another key"): same_completion_under_another_key,
    ("a completed step", "the same delivery"): delivered_twice(key="one"),
    ("a completed step, opened again", "the same delivery"): taken_back(same_key=True),
    ("a completed step, opened again", "the same completion under another key"): taken_back(),
    ("a completed step, the student left and is enrolled again", "the same completion under another key"): (
        taken_back(left=True)
    ),
    ("a completed step", "another body under the same key"): delivered_twice(b" ", key="one"),
    ("a completed step, enrolled again, keys are hashes", "the same body"): delivered_twice(again=True),
    ("a step in progress, under a secret that partners share", "completes, names our own id of the student"): (
        exam_that_names_our_id_under_a_shared_secret
    ),
    ("the same bytes at a partner who has the same secret", "completes"): same_bytes_as_at_another_partner,
    ("an enrollment on hold", "completes"): exam_after("hold_enrollment"),
    ("an enrollment that awaits approval", "completes"): exam_of_an_enrollment_that_awaits_approval,
    ("an enrollment that was withdrawn", "completes"): exam_after("withdraw_enrollment"),
    ("an enrollment that was withdrawn, and nothing else", "completes"): exam_after("withdraw_enrollment"),
    ("nobody with this account, and a person sets it aside", "completes"): exam_that_is_set_aside,
    ("a disabled partner", "completes"): exam_of_a_disabled_partner,
    ("no row for this event", "anything"): event_without_a_row,
    ("a row that says test", "anything"): event_whose_row_says_test,
    ("a fault of ours", "not passed"): exam_that_can_not_be_counted,
}
