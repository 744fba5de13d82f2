"""The catalogue of texts: pages and answers word a status, a reason, a SQLSTATE or an HTTP status from here.

What one page alone says stands beside that page. The messages and hints of the database are for psql.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import NamedTuple


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
EVENT = {
    "parked": Label("warn", "‖", "Parked"),
    "rejected": Label("bad", "!", "Rejected"),
    "conflict": Label("bad", "!", "Conflict"),
}
OUTCOME = EVENT | {
    "accepted": Label("done", "✓", "Applied"),
    "ignored": Label("skip", "»", "Nothing to do"),
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
    "unmapped_course": "No step of the student is of this course, or it names none. Say which step it means.",
    "unknown_event_type": "We don't know this kind of event. Add it to the partner; then it is due to be tried again.",
    "awaiting_approval": "The enrollment awaits approval. The event applies by itself once it is approved.",
    "on_hold": "The enrollment is on hold. The event applies by itself once it is resumed.",
    "withdrawn": "The student has left the program. The event applies by itself if the withdrawal is taken back.",
    "time_review": "The time of completion is before the enrollment or in the future. Check it with the partner.",
    "possible_repeat": "It is like one that counts already, or that came to another partner. Check if both were done.",
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
    "bad_field": "A field has the wrong type, is too long or holds a hidden character. The partner must correct it.",
    "bad_time": "A time can't be read. The partner must correct it.",
    "key_reused": "A known id came with another content. The first content counts; ask the partner about the second.",
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
    "unlinked": "taken back with the partner's account",
    "direct": "changed in the database itself",
}
ACTOR = {
    "handoff_webhook": "a partner's message",
    "handoff_worker": "the system",
    "handoff_public": "a visitor",
    "handoff_admin": "an admin",
    "handoff_student": "a student",
}
# What a function of the database refuses, for an admin: by SQLSTATE and message, as in docs/reference/errors.md.
NOT_NOW = ("TH409", "not possible in this state")
REFUSED = {
    ("TH400", "a reason is needed"): "Please say why, in 1 to 1000 characters.",
    (
        "TH400",
        "malformed account",
    ): "A partner's id of a student has 1 to 255 characters, none hidden, no space around it.",
    ("TH400", "malformed delivery"): "The message has no key, channel or content that could be right.",
    ("TH400", "malformed enrollment id"): "A partner's id of an enrollment has 1 to 255 characters.",
    ("TH400", "not a person's details"): "Please check the e-mail address, the name and the role.",
    ("TH400", "not an exact time zone"): "Please write the time zone letter by letter, such as America/New_York.",
    ("TH400", "not a time to snooze until"): "Please choose a day to come, within a year.",
    ("TH400", "not a status to try again"): "Only parked and rejected events can be tried again.",
    ("TH400", "retention period too short"): "Contents are kept for 30 days at least.",
    ("TH400", "unknown act"): "There is no such act.",
    ("TH400", "columns are missing"): "The first line has to name the columns: name, e-mail and program.",
    ("TH400", "no lines"): "Below the line that names the columns there is nothing.",
    ("TH400", "not a cohort"): "A cohort has 1 to 100 characters that can be seen.",
    ("TH400", "unknown kind of import"): "Lists of this kind are not imported.",
    ("TH403", "channel of another role"): "Your account may not hand in such a message.",
    ("TH403", "not an admin"): "Only an admin may do this. Please sign in as one.",
    ("TH403", "step of another partner or student"): (
        "The step belongs to somebody else. Link the student id first, or choose a step of this partner and student."
    ),
    ("TH404", "unknown alert"): "There is no such alert.",
    ("TH404", "unknown certificate"): "We have not issued a certificate with this number.",
    ("TH404", "unknown account"): "There is no such account of the partner.",
    ("TH404", "unknown enrollment"): "There is no such enrollment.",
    ("TH404", "unknown event"): "There is no such event.",
    ("TH404", "unknown import"): "There is no such list.",
    ("TH404", "unknown message"): "There is no such message.",
    ("TH404", "unknown partner"): "There is no such partner.",
    ("TH404", "unknown person"): "There is no such person.",
    ("TH404", "unknown program"): "There is no such program.",
    ("TH404", "unknown step"): "There is no such step.",
    ("TH404", "unknown student"): "There is no such student.",
    ("TH405", "append-only table"): "History is never changed.",
    NOT_NOW: "This can't be done now. Please load the page again and look at the status.",
    ("TH409", "program is closed"): "The program takes no new students.",
    ("TH410", "partner is retired"): "The partner has retired; nothing of it is received any more.",
    ("TH413", "body too large"): "The message is larger than 64 KiB.",
    ("TH413", "too many lines"): "The list has more than 5,000 lines. Hand it in in parts.",
    ("TH422", "program has no required partner"): (
        "The program leads to no partner. Ask the technical contact to configure it."
    ),
}
# What stands in the way, for NOT_NOW: by what the error's DETAIL names.
IN_THE_WAY = {
    "certificate": "The certificate has been revoked or replaced already.",
    "person": "Something has happened with this student since you opened the page. Look at it, then decide.",
    "message": "The message was sent or is under way by now, or what it tells holds no longer.",
    "enrollment": "The enrollment has a status in which this can't be done.",
    "import": "The list was applied meanwhile, or its lines have not all been looked at.",
    "event": "The event has been dealt with already, or its content was dropped after the retention period.",
    "step": "The step has a status in which this can't be done. If the enrollment is on hold, resume it first.",
    "student": "This student id belongs to another student already, and a link is never moved. Take it back first.",
    "profile": "This person is the last admin, was forgotten or merged, is under way, or the address is taken.",
}
OTHER_REFUSAL = "It was refused. Ask the technical contact."
# What a partner's program is answered, by the code that stands beside it.
UNUSABLE = "The body can't be used as it is"
ANSWER = {
    "unknown_partner": "Unknown partner",
    "partner_retired": "This partner is retired; please stop sending",
    "too_large": "The body is larger than 64 KiB",
    "missing_header": "Invalid signature",
    "malformed_header": "Invalid signature",
    "stale_timestamp": "Invalid signature",
    "future_timestamp": "Invalid signature",
    "bad_signature": "Invalid signature",
    "unsupported_type": "Send application/json in UTF-8",
    "unsupported_encoding": "Send the body without Content-Encoding",
    "not_configured": "Temporarily unavailable, please send again later",
    "unavailable": "Temporarily unavailable, please send again later",
    "key_reused": "This key came with another body before",
    "bad_json": UNUSABLE,
    "bad_encoding": UNUSABLE,
    "duplicate_key": UNUSABLE,
    "too_deep": UNUSABLE,
    "number_range": UNUSABLE,
    "bad_string": UNUSABLE,
    "not_an_object": UNUSABLE,
    "empty_body": UNUSABLE,
    "missing_field": UNUSABLE,
    "bad_field": UNUSABLE,
    "bad_time": UNUSABLE,
}
# What was wrong with a delivery that was refused, and what to do.
REFUSAL = {
    "missing_header": ("A header of the signature was missing.", "Check with the partner how it signs."),
    "malformed_header": ("A header of the signature could not be read.", "Check with the partner how it signs."),
    "bad_signature": ("The signature did not fit the secret.", "Check the secret together."),
    "retired_secret": ("It was signed with a retired secret.", "Ask the partner to use its new secret."),
    "stale_timestamp": ("It was signed more than 5 minutes before it came.", "Ask the partner to check its clock."),
    "future_timestamp": ("It was signed more than 5 minutes ahead of time.", "Ask the partner to check its clock."),
    "too_large": ("It was larger than 64 KiB.", "Ask the partner to send each event by itself."),
    "unsupported_type": (
        "It was not sent as JSON in UTF-8.",
        "Ask the partner to send it with Content-Type: application/json.",
    ),
    "unsupported_encoding": ("It was compressed.", "Ask the partner to send it without Content-Encoding."),
}
# Title and text of the page for an HTTP status.
HTTP = {
    400: ("This form can't be used any more", "Please go back, load the page again and try once more."),
    403: ("This page is not for you", "You are signed in, but this page belongs to another kind of account."),
    404: ("This page does not exist", "Please check the address, or start again from the first page."),
    405: ("This can't be done here", "Please go back and use the buttons of the page."),
    413: ("That was too much at once", "Please send less text."),
    500: ("Something went wrong on our side", "It is not your fault. Please try again later."),
    503: ("We can't reach our records just now", "Nothing of yours is lost. Please try again in a minute."),
}


def http(code: int) -> tuple[str, str]:
    """Title and text for an HTTP status."""
    return HTTP.get(code) or (HTTPStatus(code).phrase, "Please go back and try something else.")


def status(code: str, of_step: bool) -> str:
    """The word for the status of a step or of an enrollment, within a sentence."""
    label = (STEP if of_step else ENROLLMENT).get(code)
    return label.word.lower() if label else code


def refused(code: str, message: str, detail: str) -> str:
    """What the database refused, in a sentence: by the SQLSTATE, message and DETAIL of one of our errors."""
    named = json.loads(detail) if (code, message) == NOT_NOW else {}
    in_the_way = (text for what, text in IN_THE_WAY.items() if f"{what}_id" in named)
    return next(in_the_way, REFUSED.get((code, message), OTHER_REFUSAL))


def reason(code: str) -> str:
    """Why an event has the outcome that it has; a reason that is none of ours says itself."""
    return REASON.get(code, f"{code}.")


def refusal(code: str) -> tuple[str, str]:
    """What was wrong with a delivery that was refused, and what to do."""
    return REFUSAL.get(code, ("", "Ask the technical contact."))


def answer(code: str) -> str:
    """What a partner's program is answered with this code; a reason that is none of ours is one to reject a body."""
    return ANSWER.get(code, UNUSABLE)


def unchanged(refusal: str) -> str:
    """The database refused what an admin wanted, and why."""
    return f"Nothing was changed. {refusal}"
