"""Alerts against troubles: what was not seen, what was seen for too short a time, and what was there for nothing."""

from __future__ import annotations

import pytest

from app.play.days.alerts import Alert, compared, doubt
from app.play.days.deeds import Trouble

TICK, END = 1.0, 1000.0
STUCK = Trouble("stuck_student", None, 100, 106, 200, 206, student=7, step=1)
FOR_EVER = STUCK._replace(until=None, over=None)
SHORT = Trouble("webhook_failures", "signature", 100, 106, 104, 110, partner="hsi")


def alert(opened: float, closed: float | None, of: Trouble = STUCK) -> Alert:
    """One about a trouble."""
    return Alert(of.kind, of.about, of.student, of.step, of.partner, opened, closed)


def wrong(troubles: list[Trouble], alerts: list[Alert]) -> tuple[int, int]:
    """How many troubles raised no alert, and how many alerts had no cause."""
    result = compared(troubles, alerts, END)
    return len(result.missing), len(result.needless)


@pytest.mark.parametrize(
    ("trouble", "alerts", "missing_and_needless"),
    [
        (STUCK, [(101, 201)], (0, 0)),
        (STUCK, [], (1, 0)),
        (STUCK, [(107, 201)], (1, 0)),  # late
        (STUCK, [(99, 201)], (0, 1)),  # before there is anything
        (STUCK, [(101, 190)], (1, 0)),  # gone too early
        (STUCK, [(101, 207)], (0, 1)),  # and too late
        (STUCK, [(101, None)], (0, 1)),
        (STUCK, [(101, 150), (160, 201)], (1, 0)),  # with a gap
        (STUCK, [(101, 150), (150, 201)], (0, 0)),
        (STUCK, [(101, 201), (300, 301)], (0, 1)),
        (FOR_EVER, [(101, None)], (0, 0)),
        (FOR_EVER, [(101, 500)], (1, 0)),
        (FOR_EVER._replace(since=998, by=1004), [(1000.01, None)], (0, 0)),  # seen a moment after the last hour began
        (SHORT, [(102, 105)], (0, 0)),
        (SHORT, [], (1, 0)),
        (SHORT._replace(certain=False), [], (0, 0)),
        (SHORT._replace(certain=False), [(102, 105)], (0, 0)),
        (SHORT._replace(certain=False), [(99, 105)], (0, 1)),
        (SHORT._replace(since=998, by=1004, until=1002, over=1008), [], (0, 0)),  # the run ends before it must be seen
    ],
)
def test_one_trouble_and_its_alerts(
    trouble: Trouble, alerts: list[tuple[float, float | None]], missing_and_needless: tuple[int, int]
) -> None:
    assert wrong([trouble], [alert(*times, of=trouble) for times in alerts]) == missing_and_needless


def test_the_alert_of_another_is_no_alert_and_has_no_cause() -> None:
    assert wrong([STUCK], [alert(101, 201)._replace(student=8)]) == (1, 1)
    assert wrong([STUCK], [alert(101, 201)._replace(step=0)]) == (1, 1)
    assert wrong([SHORT], [alert(102, 105, SHORT)._replace(about="too_large")]) == (1, 1)
    assert wrong([SHORT], [alert(102, 105, SHORT)._replace(partner="jri")]) == (1, 1)
    assert wrong([SHORT], [alert(102, 105, SHORT)._replace(person="ada")]) == (1, 1)


def test_a_mail_in_doubt_must_be_told_of_and_nothing_else() -> None:
    told = Alert("delivery_failing", "mail_in_doubt", None, None, "", 301, 326)
    assert wrong([doubt(300, TICK)], [told]) == (0, 0)
    assert wrong([doubt(300, TICK)], []) == (1, 0)
    assert wrong([], [told]) == (0, 1)


def test_one_that_is_in_doubt_while_another_is_needs_no_alert_of_its_own() -> None:
    """With skips of six hours it need not be seen before it is over; an alert that is open all the while sees it."""
    both = [doubt(300, 6), doubt(318, 6)]
    opened = Alert("delivery_failing", "mail_in_doubt", None, None, "", 306, 348)
    assert compared(both, [opened], END).missing == []
    assert len(compared(both, [opened._replace(closed=324)], END).missing) == 1
