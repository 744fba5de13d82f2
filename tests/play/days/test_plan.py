"""What is to happen is decided before, by the seed alone, and has enough of each trouble."""

from __future__ import annotations

from collections import Counter

import pytest

from app.play.days.deeds import Deed, Student, Trouble
from app.play.days.endings import Stay, ending, stays
from app.play.days.partners import NEVER, Partner, Program
from app.play.days.plan import Plan
from app.play.days.truth import Truth

KINDS = {
    "stuck_student",
    "enrollment_blocked awaiting_approval",
    "enrollment_blocked failed",
    "enrollment_blocked no_steps",
    "enrollment_blocked refused",
    "webhook_failures rejected",
    "webhook_failures signature",
    "partner_silent",
    "events_waiting parked",
    "events_waiting rejected",
    "delivery_failing unreachable",
    "completion_anomaly too_soon",
    "completion_anomaly without_completion",
    "completion_anomaly many",
    "completion_anomaly by_hand",
    "delivery_failing refused",
    "delivery_failing mail_refused",
    "delivery_failing mail_server",
    "webhook_failures too_large",
    "webhook_failures unsupported",
    "worker_silent",
}


@pytest.mark.parametrize("seed", [1, 2])
def test_sixty_days_of_ten_thousand_have_fifty_of_each_trouble_that_must_be_seen(seed: int) -> None:
    plan = Plan(10_000, 60, 1, seed)
    must = Counter(
        " ".join(filter(None, (trouble.kind, trouble.about)))
        for trouble in plan.troubles
        if trouble.certain and trouble.by < plan.hours
    )
    assert must.keys() == KINDS
    assert min(must.values()) >= 50
    assert len({trouble.student for trouble in plan.troubles}) < 2500


def test_the_same_seed_is_the_same_plan() -> None:
    one, again, other = (Plan(300, 30, 3, seed) for seed in (5, 5, 6))
    assert (one.deeds, one.troubles) == (again.deeds, again.troubles)
    assert one.deeds != other.deeds


def test_every_deed_is_done_once_and_not_before_its_hour() -> None:
    plan = Plan(200, 30, 6, 3)
    done = [(hour, deed) for hour, deeds in plan.ticks() for deed in deeds]
    assert [deed for _, deed in done] == [deed for deed in plan.deeds if deed.hour <= plan.hours]
    assert all(hour - plan.tick < deed.hour <= hour or deed.hour <= plan.tick for hour, deed in done)


@pytest.mark.parametrize(("days", "tick"), [(60, 1), (20, 3), (30, 6)])
def test_each_trouble_opens_an_alert_of_its_own(days: float, tick: float) -> None:
    """Of one kind and subject, one is over before the next begins."""
    last: dict[object, Trouble] = {}
    for trouble in sorted(Plan(2000, days, tick, 4).troubles, key=lambda one: one.since):
        kind = (trouble.kind, trouble.about, trouble.student, trouble.step, trouble.partner, trouble.person)
        if trouble.kind != "partner_silent" and kind in last:
            over = last[kind].over
            assert over is not None and over < trouble.since
        last[kind] = trouble


def student(*deeds: tuple[float, str, int], accounts: str = "school", needs_approval: bool = False) -> Student:
    """One with two partners, to whom this happens."""
    program = Program("p", ("hsi", "jri"), needs_approval)
    return Student(0, "plain", program, accounts, [Deed(hour, what, 0, step) for hour, what, step in deeds])


@pytest.mark.parametrize(
    ("one", "enrollment", "steps"),
    [
        (student((1, "enroll", 0)), "active", ("in_progress", "pending")),
        (student((1, "enroll", 0), needs_approval=True), "pending", ()),
        (student((1, "enroll", 0), (2, "approve", 0), needs_approval=True), "active", ("in_progress", "pending")),
        (student((1, "enroll", 0), (2, "completion", 0)), "active", ("completed", "in_progress")),
        (student((1, "enroll", 0), (2, "completion", 1)), "active", ("in_progress", "completed")),
        (student((1, "enroll", 0), (2, "completion", 1), (3, "completion", 0)), "completed", ("completed",) * 2),
        (student((1, "enroll", 0), (2, "skip", 0)), "active", ("skipped", "in_progress")),
        (student((1, "enroll", 0), (2, "fail", 0)), "active", ("failed", "pending")),
        (student((1, "enroll", 0), (2, "hold", 0)), "on_hold", ("in_progress", "pending")),
        (student((1, "enroll", 0), (2, "withdraw", 0)), "withdrawn", ("in_progress", "pending")),
        (student((1, "enroll", 0), (2, "completion", 0), accounts="unknown"), "active", ("in_progress", "pending")),
        (
            student((1, "enroll", 0), (2, "completion", 0), (3, "link", 0), accounts="unknown"),
            "active",
            ("completed", "in_progress"),
        ),
        (student((1, "enroll without steps", 0)), "active", ()),
        (student((1, "enroll", 0), (99, "completion", 0)), "active", ("in_progress", "pending")),
    ],
)
def test_how_an_enrollment_must_stand(one: Student, enrollment: str, steps: tuple[str, ...]) -> None:
    assert ending(one, 50) == (enrollment, steps)


def test_who_has_not_come_yet_has_no_enrollment() -> None:
    assert ending(student((60, "enroll", 0)), 50) is None


def test_where_a_student_is_when() -> None:
    one = student((1, "enroll", 0), (2, "completion", 0), (3, "hold", 0), (4, "resume", 0))
    assert stays(one, 50) == [Stay("hsi", 1, 2), Stay("jri", 2, 3), Stay("jri", 4, None)]


def heard(*hours: float, again: tuple[float, ...] = (), until: float = 500) -> list[tuple[float, float | None, bool]]:
    """Since when, until when a partner is silent, and whether that is certain; it sends at these hours."""
    deeds = [Deed(hour, "start", key=f"{hour}", partner="hsi") for hour in hours]
    deeds += [deeds[-2]._replace(hour=hour) for hour in again]
    truth = Truth(until, 1, sorted(deeds), [Stay("hsi", hours[0], None)])
    partner = Partner("hsi", "none", "", "", NEVER)
    return [(one.since, one.until, one.certain) for one in truth.troubles(partner)]


OFTEN = [float(hour) for hour in range(100, 200, 5)]  # the last at 195


@pytest.mark.parametrize(
    ("more", "silences"),
    [
        ((240.0,), []),
        ((300.0,), [(255, 300, True)]),
        ((270.0,), [(255, 270, False)]),
        ((), [(255, None, True)]),
    ],
)
def test_a_partner_is_silent_after_three_days(more: tuple[float, ...], silences: list[object]) -> None:
    assert heard(*OFTEN, *more, until=more[-1] + 10 if more else 500) == silences


def test_who_sends_the_same_again_is_silent_all_the_same() -> None:
    assert heard(*OFTEN, again=(220.0, 250.0)) == heard(*OFTEN) == [(255, None, True)]


def test_what_is_usual_must_be_known_before_somebody_is_silent() -> None:
    assert heard(*OFTEN[:5]) == []
