"""A mail server, and what it got."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

FROM = "Handoff <handoff@school.example>"


class Mailbox:
    """A mail server, and what it got. `recipients`: of its envelopes. `logins`: who signed in to it."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.logins: list[tuple[bytes, bytes]] = []
        self.refuses = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """See aiosmtpd."""
        if self.refuses:
            return "550 no"
        message = email.message_from_bytes(envelope.original_content or b"", policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.mails.append(message)
        self.recipients.append(envelope.rcpt_tos)
        return "250 OK"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        """See aiosmtpd."""
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login, data.password))
        return AuthResult(success=True)


def text_of(message: EmailMessage) -> str:
    """A mail as text."""
    part = message.get_body(("plain",))
    assert part
    return str(part.get_content())


def link_in(message: EmailMessage) -> str:
    """The path of the link in a mail."""
    found = re.search(r"https://handoff\.example(/sign-in/\S+)", text_of(message))
    assert found
    return found[1]
