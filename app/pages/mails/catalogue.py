"""Kinds and states of mails in words, wherever a page names one."""

from __future__ import annotations

from app.texts import Label

STATUS = {
    "unknown": Label("warn", "?", "In doubt"),
    "pending": Label("wait", "○", "Waiting"),
    "sending": Label("now", "●", "Being sent"),
    "failed": Label("warn", "!", "Not sent yet"),
    "sent": Label("done", "✓", "Sent"),
    "dead": Label("bad", "!", "Not delivered"),
    "cancelled": Label("skip", "»", "Dropped"),
}
KIND = {
    "sign_in_link": "Link to sign in",
    "enrolled": "Enrolled",
    "approved": "Enrollment approved",
    "step_ready": "Next step ready",
    "not_passed": "Not passed",
    "on_hold": "On hold",
    "resumed": "Goes on",
    "withdrawn": "Has left the program",
    "taken_back": "Back in the program",
    "certificate_issued": "Certificate issued",
    "certificate_reissued": "Certificate issued again",
    "certificate_revoked": "Certificate revoked",
    "reminder": "Reminder",
    "digest": "Daily mail to admins",
    "alert": "Alert to admins",
}
UNMAILED = "not mailed, since SMTP_URL is not set"  # as the worker notes it
NOT_MAILED = Label("warn", "‖", "Not mailed")


def status(code: str, detail: str | None) -> Label:
    """What became of a mail. Where there is no mail server, the worker is done with it and nobody was mailed."""
    return NOT_MAILED if code == "sent" and detail == UNMAILED else STATUS[code]
