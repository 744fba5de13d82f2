"""A written mail as the bytes that go to the mail server: the same at every try."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import parseaddr
from uuid import UUID

from app.settings import Settings
from app.worker.mail import mailable, recipient
from app.worker.mails.writing import Written


def message_bytes(settings: Settings, kind: str, message_id: UUID, to: str, written: Written) -> bytes:
    """The whole message, lines ended by CRLF. `to`: see mailable. Raises ValueError for what is not one address."""
    message = EmailMessage(SMTP if to.isascii() else SMTPUTF8)
    message["From"] = mailable(settings.mail_from or "")
    message["To"], message["Subject"] = recipient(to), written.subject
    message["Date"], message["Message-ID"] = written.date, written.message_id
    message["Auto-Submitted"] = "auto-generated"
    for name, value in further_headers(settings, kind, message_id).items():
        message[name] = value
    message.set_content(written.text, cte="quoted-printable")  # which every mail server passes on as it is
    message.add_alternative(written.html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{message_id.hex}")
    whole = message.as_bytes()
    return whole if whole.endswith(b"\r\n") else whole + b"\r\n"


def further_headers(settings: Settings, kind: str, message_id: UUID) -> Mapping[str, str]:
    """What a kind of mail has beside the headers of all. This is the place for List-Unsubscribe."""
    return {}


def return_path(settings: Settings, kind: str, message_id: UUID) -> str:
    """Whom the mail server tells that a mail could not be delivered: the sender of its envelope."""
    return parseaddr(mailable(settings.mail_from or ""))[1]
