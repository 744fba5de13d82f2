"""A written mail as the bytes that go to the mail server: the same at every try."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import parseaddr
from uuid import UUID

from app.settings import Settings
from app.worker.bounces.return_path import ReturnPath
from app.worker.mail import mailable, recipient
from app.worker.mails.writing import Written
from app.worker.stopping import stop_headers


def message_bytes(settings: Settings, kind: str, message_id: UUID, to: str, written: Written) -> bytes:
    """The whole message, lines ended by CRLF. `to`: see mailable. Raises ValueError for what is not one address."""
    message = EmailMessage(SMTP if to.isascii() else SMTPUTF8)
    message["From"] = mailable(settings.mail_from or "")
    message["To"], message["Subject"] = recipient(to), written.subject
    message["Date"], message["Message-ID"] = written.date, written.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(written.text, cte="quoted-printable")  # which every mail server passes on as it is
    message.add_alternative(written.html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{message_id.hex}")
    # By hand and so each on one line: a relay that signs a folded one breaks its signature, and the library would fold.
    further = further_headers(settings, kind, message_id).items()
    whole = "".join(f"{name}: {value}\r\n" for name, value in further).encode("ascii") + message.as_bytes()
    return whole if whole.endswith(b"\r\n") else whole + b"\r\n"


def further_headers(settings: Settings, kind: str, message_id: UUID) -> Mapping[str, str]:
    """What a kind of mail has beside the headers of all: the button to stop it, where it can be stopped."""
    return stop_headers(settings, kind, message_id)


def return_path(settings: Settings, kind: str, message_id: UUID) -> str:
    """Whom the mail server tells that a mail could not be delivered: the sender of its envelope."""
    if ours := ReturnPath.of(settings):
        return ours.address(message_id)
    return parseaddr(mailable(settings.mail_from or ""))[1]
