"""What the pages for mails alone say."""

from __future__ import annotations

import re
from datetime import datetime

from app.texts import Label

STATUS = {
    "unknown": Label("warn", "?", "In doubt"),
    "pending": Label("wait", "○", "Waiting"),
    "sending": Label("now", "●", "Being sent"),
    "failed": Label("warn", "!", "Not sent yet"),
    "sent": Label("done", "✓", "Sent"),
    "dead": Label("bad", "!", "Not delivered"),
    "cancelled": Label("skip", "»", "Not needed"),
}
MEANS = {
    "unknown": "The mail may have arrived, or not: nobody told us. It is not sent again by itself.",
    "pending": "It is sent when its time comes, or when the worker and the mail server are there.",
    "sending": "A worker is handing it to the mail server.",
    "failed": "It could not be handed to the mail server. It is tried again by itself.",
    "sent": "The mail server has taken it. Whether it arrived, a mail server does not say.",
    "dead": "The mail server does not take it, or it was tried for too long.",
    "cancelled": "What it says was no longer so, or its time was over, before it could be sent. Nobody got it.",
}
BACK = Label("bad", "!", "Came back")
REPORTED = Label("warn", "!", "Delayed or refused")
OF_ANOTHER = Label("warn", "!", "Reported of another address")
IS_BACK = "The address does not work, so it gets no more mails but links to sign in."
IS_REPORTED = (
    "A mail server told us that it could not deliver the mail, for another reason than its address, or not yet."
)
IS_OF_ANOTHER = (
    "A mail server told us that an address does not work, and named another than the one below, or none: the person may"
    " have mails forwarded to it, or the mail was sent to it before. Ask the person. Mails go on to the address below."
)
HARD = re.compile(r"5\.(?!7\.)")  # an address does not work


def came_back(bounced_at: datetime | None, status: str) -> tuple[Label, str]:
    """What is said of a mail that a mail server has reported."""
    if bounced_at:
        return BACK, IS_BACK
    return (OF_ANOTHER, IS_OF_ANOTHER) if HARD.match(status) else (REPORTED, IS_REPORTED)


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
BLANK = "[the link is made when the mail is sent, and is stored nowhere]"
SENT_AGAIN = "It is sent again within seconds."
