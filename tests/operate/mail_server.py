"""A mail server on this machine, with or without TLS, and what it got."""

from __future__ import annotations

import logging
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.world.server import HOST, free_port


class Mailbox:
    """Who the mails were for, each with its text. `answer`: what a recipient is answered; `lets_in`: at a login."""

    def __init__(self, answer: str = "250 OK", *, lets_in: bool = True) -> None:
        self.got: list[tuple[list[str], str]] = []
        self.answer, self.lets_in = answer, lets_in

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """See aiosmtpd."""
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """See aiosmtpd."""
        self.got.append((envelope.rcpt_tos, (envelope.original_content or b"").decode()))
        return "250 OK"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        """See aiosmtpd."""
        return AuthResult(success=self.lets_in, handled=self.lets_in)


@contextmanager
def serving_mail(mailbox: Mailbox, **options: Any) -> Iterator[str]:
    """host:port of a server that fills the mailbox. `tls_context`: it offers STARTTLS; `ssl_context`: TLS at once."""
    log = logging.getLogger("mail.log")
    was, log.disabled = log.disabled, True  # it has every mail in it
    options = {"authenticator": mailbox.authenticate, "auth_require_tls": False, **options}
    controller = Controller(mailbox, hostname=HOST, port=free_port(), **options)
    controller.start()
    try:
        yield f"{HOST}:{controller.port}"
    finally:
        controller.stop()
        log.disabled = was


def certificate(directory: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for this machine that nobody knows yet, and what a server needs to show it."""
    key, made = directory / "key.pem", directory / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", made, "-days", "2"]
    names = ["-subj", "/CN=mail.school.example", "-addext", f"subjectAltName=IP:{HOST}"]
    subprocess.run([*command, *names], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return made, context
