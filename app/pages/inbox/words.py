"""What the pages for partners' events alone say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.pages.formats import count
from app.texts import OUTCOME, REASON, Label

DUE = Label("now", "●", "Due to be tried again")
MEANING = {
    "completion": "completes the step",
    "progress": "tells of progress",
    "evidence": "is evidence",
    "acknowledgement": "is an acknowledgement",
    "test": "is a test",
}
CHANNEL = {
    "webhook": "webhook",
    "csv": "CSV file",
    "evidence": "evidence that was handed in",
    "manual": "entered by hand",
}
ACT = {"replayed": "tried again", "assigned": "assigned to a step", "set_aside": "set aside"}
ASIDE = Label("skip", "»", "Set aside")
SET_ASIDE = "The event is set aside. It is on no list any more, and does not apply by itself."
NOTHING_TO_TRY = "There was nothing to try again."


def linked(applied: int) -> str:
    """An account was linked, and so many events applied."""
    return f"The account is linked. {count(applied, 'event')} that waited for it could be applied."


def unlinked(parked: int) -> str:
    """An account was taken from its student, and so many events with it."""
    return f"The account is nobody's any more. {count(parked, 'event')} of it wait for the right student."


def tried(receipt: Mapping[str, Any]) -> str:
    """What came of an event: a row of handoff.event_receipt."""
    reason, _, first = receipt["reason"].partition(":")
    if receipt["status"] == "duplicate":
        return f"Nothing was done: this event has been dealt with already. {REASON.get(first, first)}"
    return f"The event was tried. {OUTCOME[receipt['status']].word}: {REASON.get(reason, reason)}"


def stopped(events: int) -> str:
    """So many events are no longer due."""
    return f"Stopped. {count(events, 'event')} stay as they were."


def likely(student: Mapping[str, Any], partner: str) -> list[str]:
    """Why an event can be a student's, or hardly: a row of handoff.event_students."""
    said = [f"Is with {partner} now" if student["waits_since"] else f"Has nothing in progress with {partner}"]
    if student["words_alike"]:
        said.append("Its name, address or id is alike")
    if not student["is_enrolled_before"]:
        said.append("Was not enrolled when it happened")
    if student["other_account"]:
        said.append(f"Is known to {partner} by another id")
    return said
