"""How far a partner is, for the admin: what has been seen of it, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from app import texts
from app.texts import Label


class Mark(NamedTuple):
    """One thing to be seen of a partner. `since`: when it was first seen, where that is known."""

    label: Label
    since: datetime | None = None


class Progress(NamedTuple):
    """How far one partner is."""

    name: str
    marks: list[Mark]
    next: str
    is_wrong: bool  # it can't reach us, or nothing of it is taken


def progress(row: Mapping[str, Any], secret: str) -> Progress:
    """`row`: of handoff.partner_onboarding(); `secret`: the state of its secret, as Settings.secret_state gives it."""
    reached = bool(row["refusals"] or row["first_event_at"])
    has_secret = secret in ("own", "shared")
    marks = [
        _mark(has_secret, "Secret set", "No usable secret"),
        _mark(reached, "Has reached us", "Has not reached us"),
        _mark(row["first_event_at"], "Signature verified", "No signature verified"),
        _mark(row["first_test_at"], "Test event seen", "No test event"),
        _mark(row["first_advance_at"], "Has moved a student on by itself", "Has moved nobody on yet"),
    ]
    is_wrong = row["status"] != "retired" and (not has_secret or bool(row["refusals"] and not row["first_event_at"]))
    return Progress(row["partner_name"], marks, _next(row, secret, reached), is_wrong)


def _mark(seen: Any, done: str, undone: str) -> Mark:
    if seen:
        return Mark(Label("done", "✓", done), seen if isinstance(seen, datetime) else None)
    return Mark(Label("wait", "○", undone))


def _next(row: Mapping[str, Any], secret: str, reached: bool) -> str:
    if row["status"] == "retired":
        return "Nothing: the partner is retired, its events are refused."
    if secret not in ("own", "shared"):
        return "Ask the technical contact to set this partner's secret."
    if not reached:
        return "Give the partner its address and its secret, and ask for a test event."
    if not row["first_event_at"]:
        code = row["last_refusal_code"]
        return f"Every delivery was refused, the last one with {code}. {texts.refusal(code)[1]}"
    if row["status"] == "disabled":
        return "Set the partner to active: its events are kept, and become due."
    if not row["first_advance_at"]:
        return "Enroll a student, link the partner's id of that student, and wait for the first completion."
    return "Nothing: students move on by themselves."
