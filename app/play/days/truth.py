"""What an alert must tell of partners, as it follows from all that is to happen; decided before any of it does."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import quantiles

from app.play.days.deeds import NOBODY, Deed, Trouble
from app.play.days.endings import Stay
from app.play.days.fates import SLACK
from app.play.days.partners import DAY, STUCK_AFTER_DAYS, Partner

SILENT_HOURS = 3 * DAY  # at least
GAPS_KNOWN, GAPS_NEAR = 10, 3  # before it is known what is usual; so many more or less, and the simulator does not say
USUAL_OF = 200  # deliveries
NEAR = 12.0  # hours, within which the simulator does not say whether a silence is too long
BREAKS_AFTER = 9  # ticks: five failures in a row, and an hour
BAD_EVENTS = 8  # at once
STRANGERS = 6
SENDS = ("start", "progress", "completion", "failure", "evidence", "nonsense")


class Truth:
    """The troubles of partners. `deeds`: all of them, in order; `stays`: who is with which partner when."""

    def __init__(self, hours: float, tick: float, deeds: Sequence[Deed], stays: Iterable[Stay]) -> None:
        self._hours, self._tick, self._slack = hours, tick, SLACK * tick
        self._stays: Mapping[str, list[Stay]] = defaultdict(list)
        for stay in stays:
            self._stays[stay.partner].append(stay._replace(begin=self._tick_of(stay.begin)))
        # What is sent again tells nothing new, and ends no silence.
        first_of = {deed.key: deed for deed in reversed(deeds) if deed.what in SENDS and deed.hour <= hours}
        self._heard: Mapping[str, list[float]] = defaultdict(list)
        for deed in sorted(first_of.values()):
            self._heard[deed.partner].append(self._tick_of(deed.hour))

    def troubles(self, partner: Partner) -> Iterator[Trouble]:
        """All of this partner's."""
        yield from self._silent(partner.slug)
        begin, refused = self._tick_of(partner.trouble.begin), self._tick_of(partner.refused)
        if partner.kind == "failing":
            yield from self._failing(partner)
            yield self._trouble("webhook_failures", "unsupported", refused, _next_day_end(refused), partner.slug)
        elif partner.kind == "silent":
            yield self._trouble("webhook_failures", "too_large", refused, _next_day_end(refused), partner.slug)
        elif partner.kind == "untold":
            yield self._trouble("webhook_failures", "rejected", begin, begin + DAY, partner.slug)
            yield self._trouble("events_waiting", "rejected", begin + DAY, partner.trouble.end, partner.slug)
        elif partner.kind == "plain":
            yield self._trouble("webhook_failures", "signature", begin, _next_day_end(begin), partner.slug)

    def _silent(self, slug: str) -> Iterator[Trouble]:
        """Each gap between two deliveries that is longer than usual; students must wait for what does not come."""
        heard = self._heard[slug]
        for number, (last, following) in enumerate(zip(heard, [*heard[1:], math.inf], strict=True)):
            known = heard[max(0, number - USUAL_OF) : number + 1]
            gaps = [after - before for before, after in pairwise(known) if after > before]
            usual = quantiles(gaps, n=20, method="inclusive")[-1] if len(gaps) > 1 else gaps[0] if gaps else 0.0
            limit = max(SILENT_HOURS, 3 * usual)
            if min(following, self._hours) - last > limit - NEAR and len(gaps) > GAPS_KNOWN - GAPS_NEAR:
                until = following if following < math.inf else None
                certain = following - last > limit + NEAR and len(gaps) > GAPS_KNOWN + GAPS_NEAR
                certain = certain and self._someone_waits(slug, last, limit, following)
                yield self._trouble("partner_silent", None, last + limit - NEAR, until, slug, NEAR, certain)

    def _someone_waits(self, slug: str, last: float, limit: float, following: float) -> bool:
        """Whether a student is with the partner all the while, and is not late before it is seen."""
        earliest = last + limit - STUCK_AFTER_DAYS * DAY + self._slack
        return any(
            earliest < stay.begin < last - self._slack and (stay.end is None or stay.end >= following)
            for stay in self._stays[slug]
        )

    def _failing(self, partner: Partner) -> Iterator[Trouble]:
        """From the first student on of whom it can't be told; over as soon as it is told of one."""
        window, begun = partner.failure, sorted(stay.begin for stay in self._stays[partner.slug])
        if not any(window.begin - self._slack <= begin < window.end for begin in begun):
            return
        # Who was to be told just before may not have been told yet.
        first = next((begin for begin in begun if begin in window), window.end)
        later = next((begin for begin in begun if begin >= window.end), None)
        breaks = first + BREAKS_AFTER * self._tick
        over = None if later is None else max(window.end, later) + self._slack
        yield Trouble(
            "delivery_failing", "unreachable", window.begin, breaks, window.end, over, partner=partner.slug,
            certain=breaks < window.end,
        )  # fmt: skip

    def _trouble(
        self, kind: str, about: str | None, since: float, until: float | None, slug: str, more: float = 0.0,
        certain: bool = True,
    ) -> Trouble:  # fmt: skip
        by = since + 2 * more + self._slack
        return Trouble(kind, about, since, by, until, until and until + self._slack, partner=slug, certain=certain)

    def _tick_of(self, hour: float) -> float:
        return math.ceil(hour / self._tick) * self._tick


def _next_day_end(hour: float) -> float:
    """Of what is refused before it is read, today and yesterday count."""
    return (hour // DAY + 2) * DAY


def merged(troubles: Iterable[Trouble]) -> list[Trouble]:
    """One for each alert: of a partner's events that wait one after the other there is one, as long as one waits."""
    found: dict[tuple[object, ...], list[Trouble]] = defaultdict(list)
    for trouble in sorted(troubles, key=lambda one: one.since):
        by_student = trouble.kind in ("stuck_student", "enrollment_blocked") or trouble.step is not None
        student = trouble.student if by_student else NOBODY
        key = (trouble.kind, trouble.about, student, trouble.step, trouble.partner, trouble.person)
        before = found[key][-1] if found[key] else None
        if before and (before.over is None or trouble.since <= before.over):
            found[key][-1] = _joined(before, trouble)
        else:
            found[key].append(trouble if by_student else trouble._replace(student=NOBODY))
    return [trouble for troubles in found.values() for trouble in troubles]


def _joined(first: Trouble, second: Trouble) -> Trouble:
    """Both as one. Where there may be a gap between the two, the alert need not be open all the time."""
    is_longer = second.until is None or (first.until is not None and second.until > first.until)
    longest = second if is_longer else first
    has_gap = first.until is not None and second.by > first.until
    return first._replace(
        until=longest.until, over=longest.over, certain=first.certain and second.certain and not has_gap
    )
