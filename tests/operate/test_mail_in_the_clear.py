"""A mail with a sign-in link leaves this machine encrypted, or not at all."""

from __future__ import annotations

import shutil
import smtplib
import ssl
from pathlib import Path

import pytest

from app.settings import Settings
from app.worker import mail
from tests.operate.mail_server import Mailbox, certificate, serving_mail

needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="a certificate is made with openssl")


def deliver(server: str) -> None:
    """One mail through a server."""
    settings = Settings(smtp_url=f"smtp://{server}", mail_from="school@school.example")
    mail.deliver(settings, "john@test.example", "Hello", "A link")


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the server, which is on this machine, stood elsewhere."""
    monkeypatch.setattr(mail, "LOOPBACK", ())


def test_a_server_on_this_machine_needs_no_tls() -> None:
    mailbox = Mailbox()
    with serving_mail(mailbox) as server:
        deliver(server)
    assert [recipients for recipients, _ in mailbox.got] == [["john@test.example"]]


@pytest.mark.usefixtures("elsewhere")
def test_a_server_elsewhere_that_offers_no_tls_gets_no_mail() -> None:
    mailbox = Mailbox()
    with serving_mail(mailbox) as server, pytest.raises(smtplib.SMTPNotSupportedError):
        deliver(server)
    assert mailbox.got == []


@needs_openssl
@pytest.mark.usefixtures("elsewhere")
def test_a_server_elsewhere_gets_mail_by_tls_when_its_certificate_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = Mailbox()
    known, context = certificate(tmp_path)
    with serving_mail(mailbox, tls_context=context, require_starttls=True) as server:
        with pytest.raises(ssl.SSLCertVerificationError):
            deliver(server)
        assert mailbox.got == []
        monkeypatch.setenv("SSL_CERT_FILE", str(known))
        deliver(server)
    assert len(mailbox.got) == 1
