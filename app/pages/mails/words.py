"""What the pages for mails alone say."""

from __future__ import annotations

import re
from datetime import datetime

from app import texts
from app.pages.mails.catalogue import KIND as KIND
from app.pages.mails.catalogue import NOT_MAILED, UNMAILED
from app.pages.mails.catalogue import STATUS as STATUS
from app.pages.mails.catalogue import status as status
from app.texts import Label

MEANS = {
    "unknown": "The mail may have arrived, or not: nobody told us. It is not sent again by itself.",
    "pending": "It is sent when its time comes, or when the worker and the mail server are there.",
    "sending": "A worker is handing it to the mail server.",
    "failed": "It could not be handed to the mail server. It is tried again by itself.",
    "sent": "The mail server has taken it. Whether it arrived, a mail server does not say.",
    "dead": "The mail server does not take it, or it was tried for too long.",
    "cancelled": "Nobody got it: what it says was no longer so, its time was over, or the person gets no such mails.",
}
MEANS_NOT_MAILED = "No mail server is set (SMTP_URL): it can be read here, and the worker prints links to sign in."
ENDED = {"sent": "Sent", "unknown": "In doubt since", "dead": "Given up", "cancelled": "Dropped"}
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


BLANK = "[the link is made when the mail is sent, and is stored nowhere]"
SENT_AGAIN = "It is sent again within seconds."
NOTE = {  # why a mail was not sent, as the database and the worker note it
    "expired": "It was too late for it.",
    "told in another mail": "Another mail tells it.",
    "it has happened again since": "It has happened again since, and a later mail tells it.",
    "the step was started again": "The step was started again, and a later mail tells it.",
    "the partner has refused the student": "The partner has refused the student, so nothing is ready yet.",
    "a mail to this address came back": "A mail to this address came back, so it gets links to sign in only.",
    "the person wants no more of this kind": "The person has stopped mails of this kind.",
    "the person was forgotten": "The person was forgotten.",
    "the person has no access any more": "The person has no access any more.",
    "the person is no admin any more": "The person is no admin any more.",
    "the link can't be used any more": "The link can't be used any more.",
    UNMAILED: MEANS_NOT_MAILED,
}


def means(code: str, detail: str | None) -> str:
    """The same in a sentence."""
    return MEANS_NOT_MAILED if status(code, detail) is NOT_MAILED else MEANS[code]


def note(detail: str) -> str:
    """What was noted with a mail, for a person; what only a technical contact can use stays as it is."""
    for of_step, start in ((True, "the step is "), (False, "the enrollment is "), (False, "the certificate is ")):
        if detail.startswith(start):
            return f"{start.capitalize()}{texts.status(detail.removeprefix(start), of_step)} by now."
    return NOTE.get(detail, detail)
