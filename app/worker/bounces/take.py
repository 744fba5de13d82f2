"""One mail that came to MAIL_BOUNCES: read, and noted with the mail that it is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

from app.worker.bounces.report import Bounce, Unreadable, addresses_in, bounce_in, is_automatic_reply, read_mail
from app.worker.bounces.return_path import ReturnPath

NOTE = b"select handoff.note_bounce(%s, %s, %s, %s)"

Note = Callable[[UUID, Bounce], str]


class Taken(NamedTuple):
    """`is_noted`: it was a report about a mail of ours. `told`: a line for the log, which names nobody."""

    is_noted: bool
    told: str


def take(raw: bytes, return_path: ReturnPath, note: Note, recipient: str | None = None) -> Taken:
    """Reads one mail and notes what it reports. `recipient`: to whom it came, where the mail server says so.

    Whatever the mail is, it is taken: one that was refused would come back to us. What `note` raises is raised.
    """
    try:
        mail = read_mail(raw)
        texts = [recipient] if recipient else addresses_in(mail)
        message_id = next((found for text in texts if (found := return_path.message_in(text))), None)
        bounce, is_reply = bounce_in(mail), is_automatic_reply(mail)
    except Unreadable as fault:
        return Taken(False, f"ignored: {fault}")
    except Exception as fault:  # whoever is to blame, it must not come again
        return Taken(False, f"ignored: it can't be read ({type(fault).__name__})")
    if message_id is None:
        return Taken(False, "ignored: it came to no address that we made")
    if bounce is None:
        return Taken(
            False, f"ignored: {'an automatic reply' if is_reply else 'no report of a failure'} to {message_id}"
        )
    return Taken(True, f"{note(message_id, bounce)}: mail {message_id}, status {bounce.status}")
