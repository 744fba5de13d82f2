"""What the admin's page alone says."""

from __future__ import annotations

from app import alert_words
from app.texts import Label

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
ODDITY = {  # what is odd about something that an earlier version took, and what to do
    "address_taken": (
        "Another person has this address in its usual form.",
        "Ask the technical contact to merge the two with merge_profiles, or to correct it with correct_profile.",
    ),
    "address_refused": (
        "This address would not be taken today: mail programs may read another one in it, or it is too long.",
        "Ask the technical contact to correct it with correct_profile.",
    ),
    "name_refused": (
        "Of this name nothing is to be seen, or it holds signs that turn it round.",
        "Ask the technical contact to correct it with correct_profile.",
    ),
    "account_unusual": (
        "This id looks like another: it has a letter in parts, or a sign that nobody sees.",
        "The student is found by it as it is. Ask the technical contact to link its usual form, too.",
    ),
}
AUTOMATION = {
    "steps_generated": ("Steps made", "Active enrollments that got their steps"),
    "first_steps_started": ("First steps started", "Enrollments with steps whose first one was started"),
    "transitions_without_a_person": (
        "Moved on without a person",
        "Moves to the next step or to the end that needed nobody",
    ),
    "completions_detected": ("Completions found", "Completed steps that the partner itself reported"),
}
TOLD_AGAIN = "The partner is told again within seconds. When it refuses again, the student is listed here again."

# The queue: what each row is, all of its kind, and what can be done.
QUEUE = {
    "approve": Label("now", "?", "Approve"),
    "failed": Label("bad", "!", "Not passed"),
    "refused": Label("bad", "!", "Not taken"),
    "blocked": Label("warn", "‖", "Stands still"),
    "stuck": Label("warn", "○", "Overdue"),
    "account": Label("warn", "+", "Unknown account"),
    "event": Label("warn", "▪", "Event"),
    "alert": Label("warn", "△", "Alert"),
}
ALL = {
    "approve": "To approve",
    "failed": "Not passed",
    "refused": "Not taken by the partner",
    "blocked": "Standing still",
    "stuck": "Overdue",
    "account": "Unknown accounts",
    "event": "Other events, by reason",
    "alert": "Alerts",
}
THIS = "The student"
ASKS = "Asks to be let in. Approve the enrollment, or refuse it."
REFUSE = "Refuse"
WHOSE = "Find whose it is"
LOOK = "Look at it"
LOOK_ALL = "Look at them"
WRITE = "Write a mail"
STUDENT = "Look at the student"
LATER = "Leave it alone"
CLEAR = "All clear: nothing needs you."


def tell_again(partner: str) -> str:
    """A partner did not take a student."""
    return f"See why, and tell {partner} again"


def waits(events: int) -> str:
    """So many events wait for the same reason."""
    return f"{alert_words.capped(events)} {'event waits.' if events == 1 else 'events wait.'}"


def waits_for_link(events: int) -> str:
    """So many events are of an account that is nobody's yet."""
    applies = "it applies by itself" if events == 1 else "they apply by themselves"
    return f"{waits(events)} Link the account to its student, and {applies}."
