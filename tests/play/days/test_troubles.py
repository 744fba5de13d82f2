"""Troubles that are of more than one student, as it follows from what is to happen."""

from __future__ import annotations

import random

import pytest

from app.play.days.deeds import Trouble
from app.play.days.endings import Completion
from app.play.days.partners import DAY, Window
from app.play.days.troubles import completing
from app.play.days.troubles.mailing import Mailing
from app.play.days.troubles.outages import Outages, outages

NOON = 12.0


def told(hours: list[float], person: str = "") -> list[tuple[str | None, float, float | None]]:
    """Of completions of one partner: what must be told, from when on, until when."""
    found = completing.troubles([Completion("hsi", hour, person) for hour in hours], 1)
    return [(one.about, one.since, one.until) for one in found if one.certain]


@pytest.mark.parametrize(
    ("before", "today", "is_told"),
    [
        ([0.0], 10, True),
        ([0.0], 9, False),  # not so many
        ([0.0] * 4, 12, False),  # three times as many, not more
        ([0.0] * 4, 13, True),
        ([DAY], 10, False),  # thirteen days are too few to know what is usual
        ([], 30, False),
    ],
)
def test_many_of_a_partner_are_more_than_three_times_the_busiest_day(
    before: list[float], today: int, is_told: bool
) -> None:
    since = 14 * DAY + NOON
    assert told(before + [since] * today) == ([("many", since, 15 * DAY)] if is_told else [])


def test_many_of_which_nobody_may_see_before_midnight_are_not_certain() -> None:
    late = 15 * DAY - 1
    [trouble] = completing.troubles([Completion("hsi", hour, "") for hour in [0.0, *[late] * 10]], 1)
    assert (trouble.since, trouble.certain) == (late, False)


@pytest.mark.parametrize(("entered", "is_told"), [(19, False), (20, True)])
def test_twenty_by_one_person_on_one_day_are_told(entered: int, is_told: bool) -> None:
    hours = [NOON] * (entered - 1) + [NOON + 1]
    assert told(hours, "ada") == ([("by_hand", NOON + 1, DAY)] if is_told else [])
    assert told([NOON - DAY, *hours[1:]], "ada") == []
    assert told(hours) == []


def refused(*hours: float) -> list[tuple[float, float | None]]:
    """Since when and until when too many mails were refused, at these hours."""
    mailing = Mailing(40 * DAY, 1, random.Random(1))
    found = [one for one in mailing.troubles(hours, []) if one.about == "mail_refused"]
    return [(one.since, one.until) for one in found]


@pytest.mark.parametrize(
    ("hours", "troubles"),
    [
        ((1, 1), []),
        ((1, 1, 2), [(2, 25)]),
        ((1, 13, 25), []),  # not within a day
        ((1, 1, 17, 17, 33, 33), [(17, 25), (33, 41)]),
        ((1, 1, 1, 20, 20, 20), [(1, 44)]),
    ],
)
def test_three_mails_refused_within_a_day_are_told(
    hours: tuple[float, ...], troubles: list[tuple[float, float]]
) -> None:
    assert refused(*hours) == troubles


def test_the_mail_server_is_told_of_where_enough_was_tried() -> None:
    mailing = Mailing(40 * DAY, 1, random.Random(1))
    begin, end = mailing.away[0]
    assert mailing.is_away(begin) and not mailing.is_away(end)
    often = [one for one in mailing.troubles([], [begin, begin + 1]) if one.since == begin]
    seldom = [one for one in mailing.troubles([], [begin + 5]) if one.since == begin]
    assert [one.certain for one in often + seldom] == [True, False]


def test_students_whom_the_mail_server_refuses_come_while_it_is_there() -> None:
    for tick in (1, 3, 6):
        mailing = Mailing(60 * DAY, tick, random.Random(2))
        after = 3 * tick  # until all that waited is sent
        assert mailing.refusing
        assert not [hour for hour in mailing.refusing for one in mailing.away if one.begin <= hour < one.end + after]


OUT = Outages([Window(10, 11), Window(30, 32)], 1)


def test_no_worker_is_there_from_one_tick_to_another() -> None:
    assert [hour for hour in range(40) if OUT.is_out(hour)] == [11, 31, 32]
    assert [hour for hour in range(40) if OUT.is_over(hour)] == [11, 32]
    assert [(one.kind, one.since, one.until) for one in OUT.troubles()] == [
        ("worker_silent", 10, 11),
        ("worker_silent", 30, 32),
    ]


@pytest.mark.parametrize(
    ("since", "over", "later"),
    [
        (5, (11, 26), (11, 26)),  # workers were there at each tick
        (28, (34, 56), (35, 56)),
        (5, (11, 33), (11, 34)),
        (33, (39, 60), (39, 60)),
    ],
)
def test_what_workers_do_they_do_later_where_there_are_none(
    since: float, over: tuple[float, float], later: tuple[float, float]
) -> None:
    by, end = over
    found = OUT.postponed(Trouble("stuck_student", None, since, by, end - 6, end))
    assert (found.by, found.over) == later
    assert (found.since, found.until) == (since, end - 6)


@pytest.mark.parametrize("tick", [1.0, 3.0, 6.0])
def test_outages_are_scattered_over_all_days(tick: float) -> None:
    found = outages(60 * DAY, tick, random.Random(3)).windows
    assert len(found) >= (26 if tick == 6 else 50)
    assert found[-1].end <= 60 * DAY
    assert found[len(found) // 2].begin > 20 * DAY
