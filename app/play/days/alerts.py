"""The alerts of a run against the troubles that were planned: what was not seen, and what was seen without cause."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from typing import NamedTuple

from app.play.days.deeds import Trouble

MOMENT = 0.1  # hours, by which a time may be off
DOUBT_HOURS = 24.0  # for which a mail in doubt is told of
SLACK = 6  # ticks


class Alert(NamedTuple):
    """A row of handoff.alerts, in hours; `closed` None: it is open."""

    kind: str
    about: str | None
    student: int | None
    step: int | None
    partner: str
    opened: float
    closed: float | None
    person: str = ""


class Compared(NamedTuple):
    """`due`: how many troubles of each kind had to be seen; `not_judged`: how many may or may not."""

    missing: list[str]
    needless: list[str]
    due: Counter[str]
    not_judged: int


def doubt(since: float, tick: float) -> Trouble:
    """A mail that became in doubt: killed workers cause it, so it is not planned."""
    until, slack = since + DOUBT_HOURS, SLACK * tick
    return Trouble("delivery_failing", "mail_in_doubt", since, since + slack, until, until + slack)


def compared(troubles: Iterable[Trouble], alerts: Iterable[Alert], end: float) -> Compared:
    """Both, each against the other. `end`: the last hour that was lived through."""
    planned, raised = defaultdict[Hashable, list[Trouble]](list), defaultdict[Hashable, list[Alert]](list)
    for trouble in troubles:
        planned[_key(trouble)].append(trouble)
    for alert in alerts:
        raised[_key(alert)].append(alert)
    missing, needless, due, not_judged = [], [], Counter[str](), 0
    for key, ones in planned.items():
        for one in ones:
            if not one.certain or one.by >= end:
                not_judged += 1
                continue
            due[f"{one.kind} {one.about}" if one.about else one.kind] += 1
            if not _is_seen(one, raised[key], end):
                missing.append(f"{one} was told as {raised[key]}")
    for key, found in raised.items():
        needless += [f"{alert} of {planned[key]}" for alert in found if not _has_cause(alert, planned[key], end)]
    return Compared(missing, needless, due, not_judged)


def _is_seen(trouble: Trouble, alerts: list[Alert], end: float) -> bool:
    """Whether an alert was open as long as it had to; where that is no time, whether one opened at all, or was open
    from before it began to its end.
    """
    until = min(trouble.until or end, end)
    if trouble.by >= until:
        since = trouble.since - MOMENT
        return any(
            since <= alert.opened <= trouble.by
            or (alert.opened < since and (alert.closed is None or alert.closed >= until - MOMENT))
            for alert in alerts
        )
    seen = trouble.by
    for alert in sorted(alerts, key=lambda one: one.opened):
        if alert.opened <= seen + MOMENT:
            seen = max(seen, end if alert.closed is None else alert.closed)
    return seen >= until - MOMENT


def _has_cause(alert: Alert, troubles: list[Trouble], end: float) -> bool:
    """Whether there was a trouble from its opening to its closing, which comes a little later."""
    sofar = alert.opened
    closed = end if alert.closed is None else alert.closed
    for trouble in sorted(troubles, key=lambda one: one.since):
        if trouble.since - MOMENT <= sofar:
            sofar = max(sofar, end if trouble.over is None else min(trouble.over, end))
    return sofar >= closed - MOMENT and any(
        trouble.since - MOMENT <= alert.opened and (trouble.over is None or alert.opened <= trouble.over)
        for trouble in troubles
    )


def _key(one: Trouble | Alert) -> Hashable:
    """Which alert it is: about a step, a student, a partner or a person."""
    if one.kind == "stuck_student" or one.about == "without_completion":
        return (one.kind, one.about, one.student, one.step)
    if one.kind == "enrollment_blocked":
        return (one.kind, one.about, one.student)
    return (one.kind, one.about, one.partner, one.person)
