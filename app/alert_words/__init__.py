"""What an alert says: the same words on the page, in mails and in messages. The database keeps codes and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.alert_words import partners, sending, students
from app.alert_words.about import ALERTS, About, Said, capped
from app.texts import Label

__all__ = ["ALERTS", "KIND", "SEVERITY", "WORDS", "Said", "capped", "in_one_line", "said"]

KIND = {  # worst first: what stops everybody before what stops one
    "worker_silent": "Background worker",
    "delivery_failing": "Messages that don't arrive",
    "webhook_failures": "Webhooks that fail",
    "events_waiting": "Events that wait",
    "partner_silent": "Silent partners",
    "completion_anomaly": "Odd completions",
    "enrollment_blocked": "Blocked enrollments",
    "stuck_student": "Students who are late",
}
SEVERITY = {"severe": Label("bad", "!", "Urgent"), "notice": Label("warn", "○", "To do")}
WORDS = students.WORDS | partners.WORDS | sending.WORDS


def said(told: Mapping[str, Any]) -> Said:
    """The words of an alert: a row of handoff.find_alerts(), or an entry of handoff_private.alert_facts()."""
    about = About(told)
    code = told["about"] or ""
    words = WORDS.get((told["kind"], code)) or WORDS.get((told["kind"], ""))
    return words(about) if words else Said(f"{told['kind']} {code}".strip(), "Ask the technical contact.")


def in_one_line(told: Mapping[str, Any]) -> str:
    """The same for a chat: title and text."""
    title, text, _ = said(told)
    return f"{title}. {text}"
