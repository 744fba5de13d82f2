"""Codes in plain words. Every code that a page can show is here once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import quote

from markupsafe import Markup


class Label(NamedTuple):
    """A status for the eye: a colour (a class of the stylesheet), a sign and a word."""

    tone: str
    sign: str
    word: str


STEP = {
    "pending": Label("wait", "○", "Waiting"),
    "in_progress": Label("now", "●", "In progress"),
    "completed": Label("done", "✓", "Completed"),
    "failed": Label("bad", "!", "Not passed"),
    "skipped": Label("skip", "»", "Skipped"),
}
ENROLLMENT = {
    "pending": Label("wait", "○", "Awaiting approval"),
    "active": Label("now", "●", "In progress"),
    "on_hold": Label("warn", "‖", "On hold"),
    "completed": Label("done", "✓", "Completed"),
    "withdrawn": Label("skip", "■", "Withdrawn"),
}
ENROLLMENT_NOTE = {
    "pending": "Your school has to approve this enrollment. You need not do anything now.",
    "on_hold": "Your training is paused. What you have completed is kept. Your school can resume it.",
    "withdrawn": "You have left this program. What you completed is kept.",
}
WAITING_NOTE = {
    "pending": "Starts after your enrollment is approved",
    "active": "Starts when the step before it is done",
    "on_hold": "Waits while your training is paused",
    "withdrawn": "Not started",
}
VALID = Label("done", "✓", "Valid")
PARTNER = {
    "active": Label("done", "✓", "Active"),
    "disabled": Label("warn", "‖", "Disabled: events are kept, not applied"),
    "retired": Label("skip", "■", "Retired: events are refused"),
}
SCHEME = {
    "standard": Label("done", "✓", "Signed (Standard Webhooks)"),
    "hmac-sha256": Label("done", "✓", "Signed (HMAC-SHA256)"),
    "shared-secret": Label("warn", "!", "Weak: the secret itself is sent, nothing is signed"),
}
SECRET = {
    "own": Label("done", "✓", "Own secret"),
    "shared": Label("warn", "!", "Shared secret: other partners use it too"),
    "missing": Label("bad", "!", "No secret: its events are turned away"),
    "unusable": Label("bad", "!", "Unusable or too short a secret: its events are turned away"),
}
EVENT = {
    "parked": Label("warn", "‖", "Parked"),
    "rejected": Label("bad", "!", "Rejected"),
    "conflict": Label("bad", "!", "Conflict"),
}
OUTCOME = EVENT | {
    "accepted": Label("done", "✓", "Applied"),
    "ignored": Label("skip", "»", "Nothing to do"),
}
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
REASON = {
    "completed": "The step is completed.",
    "completed_early": "The step is completed before its turn.",
    "progress": "Progress is noted.",
    "attempt_failed": "An attempt was not passed; the step stays open.",
    "evidence": "Kept as evidence.",
    "acknowledged": "Received; nothing to change.",
    "already_completed": "The step was completed before.",
    "stale_progress": "Progress that was known already.",
    "late_failure": "A failed attempt reported after the step was passed.",
    "test_event": "A test event.",
    "unknown_student": "We don't know this student id. Link it to a student, and the event applies by itself.",
    "no_enrollment": "The student has no enrollment with this partner. Enroll the student, then replay the event.",
    "ambiguous": "It fits more than one step. Say which step it means.",
    "unmapped_course": "No step of the student names this course. Say which step it means.",
    "unknown_event_type": "We don't know this kind of event. Add it to the partner; then it is due to be tried again.",
    "awaiting_approval": "The enrollment awaits approval. The event applies by itself once it is approved.",
    "on_hold": "The enrollment is on hold. The event applies by itself once it is resumed.",
    "withdrawn": "The student has left the program. Nothing applies by itself.",
    "time_review": "The time of completion is before the enrollment or in the future. Check it with the partner.",
    "possible_repeat": "The same text came again while a step is open. Check if the student did it twice.",
    "partner_disabled": "The partner is disabled. Enable it; then the event is due to be tried again.",
    "apply_error": "Our own fault stopped it; the event is safe. Tell the technical contact, then replay the event.",
    "bad_json": "Not valid JSON. The partner must correct and send it again.",
    "bad_encoding": "Not UTF-8 text. The partner must correct and send it again.",
    "duplicate_key": "One name stands twice in the JSON object. The partner must correct it.",
    "too_deep": "Nested too deeply. The partner must send a flat JSON object.",
    "number_range": "A number is too large or too long. The partner must correct it.",
    "bad_string": "A text holds a character that can't be stored. The partner must correct it.",
    "not_an_object": "Not a JSON object. The partner must correct it.",
    "empty_body": "The message was empty. The partner must send it again.",
    "missing_field": "A required field is missing. The partner must correct it.",
    "bad_field": "A field has the wrong type or is too long. The partner must correct it.",
    "bad_time": "A time can't be read. The partner must correct it.",
    "key_reused": "A known id came with another content. The first content counts; ask the partner about the second.",
}
AUTOMATION = {
    "steps_generated": ("Steps made", "active enrollments got their steps"),
    "first_steps_started": ("First steps started", "enrollments with steps had their first one started"),
    "transitions_without_a_person": ("Moved on without a person", "moves to the next step or to the end needed nobody"),
    "completions_detected": ("Completions found", "completed steps were reported by the partner itself"),
}
CAUSE = {
    "enrolled": "enrolled",
    "approved": "approved",
    "generated": "made from the program",
    "advanced": "its turn came",
    "partner_event": "reported by the partner",
    "marked": "marked as complete",
    "all_steps_done": "every step is done",
    "held": "put on hold",
    "resumed": "resumed",
    "withdrawn": "withdrawn",
    "skipped": "skipped",
    "failed": "marked as not passed",
    "reopened": "opened again",
    "direct": "changed in the database itself",
}
REPLAYED = "tried again"
ACTOR = {
    "handoff_webhook": "a partner's message",
    "handoff_worker": "the system",
    "handoff_public": "a visitor",
    "handoff_admin": "an admin",
    "handoff_student": "a student",
}
ADVANCE = "Ask the technical contact to advance the enrollment."
ERROR = {
    400: ("This form can't be used any more", "Please go back, load the page again and try once more."),
    403: ("This page is not for you", "You are signed in, but this page belongs to another kind of account."),
    404: ("This page does not exist", "Please check the address, or start again from the first page."),
    405: ("This can't be done here", "Please go back and use the buttons of the page."),
    413: ("That was too much at once", "Please send less text."),
    500: ("Something went wrong on our side", "It is not your fault. Please try again later."),
    503: ("We can't reach our records just now", "Nothing of yours is lost. Please try again in a minute."),
}


def error(code: int) -> tuple[str, str]:
    """Title and text of the page for an HTTP status."""
    return ERROR.get(code) or (HTTPStatus(code).phrase, "Please go back and try something else.")


def status(code: str, of_step: bool) -> str:
    """The word for the status of a step or of an enrollment, within a sentence."""
    label = (STEP if of_step else ENROLLMENT).get(code)
    return label.word.lower() if label else code


def count(number: int, noun: str) -> str:
    """'1 day', '2 days'."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def percent(rate: Decimal) -> str:
    """A rate in percent with at most two decimals: '66.67 %', '50 %'."""
    return f"{rate:.2f}".rstrip("0").rstrip(".") + " %"


def day(moment: datetime) -> str:
    """'3 March 2026', in UTC."""
    moment = moment.astimezone(UTC)
    return f"{moment.day} {moment:%B %Y}"


def day_tag(moment: datetime) -> Markup:
    """A <time> element that shows the day."""
    return _tag(moment, day(moment))


def moment_tag(moment: datetime) -> Markup:
    """A <time> element that shows day and minute, in UTC."""
    return _tag(moment, f"{day(moment)}, {moment.astimezone(UTC):%H:%M} UTC")


def mailto(address: str) -> str:
    """A mailto: link in which the address stays an address, whatever signs it holds."""
    return "mailto:" + quote(address, safe="@+")


def stuck(row: Mapping[str, Any]) -> str:
    """Why a student does not move on, and what to do: a row of handoff.stuck_students()."""
    partner, days = row["partner_name"], row["days"]
    lasting = count(days, "day") if days else "less than a day"
    ago = count(days, "day") + " ago" if days else "today"
    match row["kind"]:
        case "too_long":
            limit = count(row["limit_days"], "day")
            return f"Has been with {partner} for {lasting}; more than {limit} is too long. Ask how it goes."
        case "failed":
            return f"Did not pass at {partner}, {ago}. Reopen the step or skip it."
        case "no_steps":
            return f"Was enrolled {ago} and still has no steps. Check the program's partners."
        case "nothing_running":
            return f"Nothing has been in progress for {lasting}, though steps are waiting. {ADVANCE}"
        case "not_closed":
            return f"Finished every step {ago}, but the enrollment is still open. {ADVANCE}"
        case other:
            return f"{other}, for {lasting}."


def _tag(moment: datetime, text: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", text)
