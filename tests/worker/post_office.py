"""A mail server that answers as a test wants, at every place of the dialogue, and what it has taken."""

from __future__ import annotations

import asyncio
import email
import email.policy
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.world.server import HOST, free_port


@dataclass
class PostOffice:
    """`at_rcpt`, `at_data`: what is answered to an address, and to a whole mail; `hangs`: it answers no mail at all."""

    port: int = field(default_factory=free_port)
    raw: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    at_rcpt: Callable[[str], str] = lambda _: "250 OK"
    at_data: Callable[[str], str] = lambda _: "250 OK"
    hangs: bool = False
    came: threading.Condition = field(default_factory=threading.Condition)

    @property
    def url(self) -> str:
        """What SMTP_URL is."""
        return f"smtp://{HOST}:{self.port}"

    @property
    def mails(self) -> list[EmailMessage]:
        """What it has taken."""
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.raw]  # type: ignore[misc]

    def wait(self, count: int, seconds: float = 30) -> list[EmailMessage]:
        """The mails, as soon as there are so many."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.raw) >= count, seconds), f"{len(self.raw)} of {count} came"
        return self.mails

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, options: list[str]) -> str:
        """See aiosmtpd."""
        answer = self.at_rcpt(to)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(to)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """See aiosmtpd."""
        with self.came:
            self.raw.append(envelope.original_content or b"")
            self.recipients += envelope.rcpt_tos
            self.senders.append(envelope.mail_from or "")
            self.came.notify_all()
        while self.hangs:
            await asyncio.sleep(0.05)
        return self.at_data(envelope.rcpt_tos[0])

    @contextmanager
    def open(self) -> Iterator[PostOffice]:
        """It answers until the block ends."""
        log = logging.getLogger("mail.log")
        was, log.disabled = log.disabled, True  # it has every mail in it
        controller = Controller(self, hostname=HOST, port=self.port)
        controller.start()
        try:
            yield self
        finally:
            self.hangs = False
            controller.stop()
            log.disabled = was


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    """A mail as text, or its HTML."""
    part = mail.get_body((kind,))
    assert part
    return str(part.get_content()).replace("\r\n", "\n")
