"""Completions that are odd, as it follows from all that are to come: too many of a partner, too many by one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.play.days.deeds import Trouble
from app.play.days.endings import Completion
from app.play.days.partners import DAY

MANY, TIMES = 10, 3  # of a partner on one day, and as many as on its busiest day before
LOOKS_BACK, KNOWN = 28, 14  # days: over which it is looked back, and the first of which must be so long ago
BY_HAND = 20  # by one person on one day
SEEN_AFTER, OVER_AFTER = 3, 6  # ticks, within which it is seen, and its end


def troubles(completions: Iterable[Completion], tick: float) -> Iterator[Trouble]:
    """All of a run. `completions`: at the ticks at which they are told."""
    by_partner, by_person = defaultdict[str, list[float]](list), defaultdict[str, list[float]](list)
    for completion in completions:
        by_partner[completion.partner].append(completion.hour)
        if completion.person:
            by_person[completion.person].append(completion.hour)
    for partner, hours in by_partner.items():
        for since in _too_many(sorted(hours)):
            yield _of_the_day("many", since, tick)._replace(partner=partner)
    for person, hours in by_person.items():
        for since in _twentieths(sorted(hours)):
            yield _of_the_day("by_hand", since, tick)._replace(person=person)


def _of_the_day(about: str, since: float, tick: float) -> Trouble:
    """Until the day is over; where that is too soon, nobody may have looked."""
    by, end = since + SEEN_AFTER * tick, (since // DAY + 1) * DAY
    return Trouble("completion_anomaly", about, since, by, end, end + OVER_AFTER * tick, certain=by <= end)


def _too_many(hours: Sequence[float]) -> Iterator[float]:
    """When a day has become busier than the days before allow."""
    of_day = _by_day(hours)
    for day, told in of_day.items():
        before = {other: len(ones) for other, ones in of_day.items() if day - LOOKS_BACK <= other < day}
        if before and day - min(before) >= KNOWN:
            limit = max(MANY, TIMES * max(before.values()) + 1)
            if len(told) >= limit:
                yield told[limit - 1]


def _twentieths(hours: Sequence[float]) -> Iterator[float]:
    for told in _by_day(hours).values():
        if len(told) >= BY_HAND:
            yield told[BY_HAND - 1]


def _by_day(hours: Iterable[float]) -> Mapping[int, list[float]]:
    days = defaultdict[int, list[float]](list)
    for hour in hours:
        days[int(hour // DAY)].append(hour)
    return days
