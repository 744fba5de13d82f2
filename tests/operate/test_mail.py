"""Mail to addresses with letters of any script, through servers that know SMTPUTF8 and through those that don't."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from app.settings import Settings
from app.worker import mail
from tests.world.server import HOST, free_port


class Mailbox:
    """A mail server, and what it got: sender and recipients of each envelope, and the mail."""

    def __init__(self) -> None:
        self.got: list[tuple[str | None, list[str], str]] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """See aiosmtpd."""
        self.got.append((envelope.mail_from, envelope.rcpt_tos, (envelope.original_content or b"").decode()))
        return "250 OK"


@pytest.fixture(params=[True, False], ids=["SMTPUTF8", "plain"])
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Controller]:
    monkeypatch.setattr(logging.getLogger("mail.log"), "disabled", True)  # the server's own log has every mail in it
    controller = Controller(Mailbox(), hostname=HOST, port=free_port(), enable_SMTPUTF8=request.param)
    controller.start()
    yield controller
    controller.stop()


def send(server: Controller, to: str, sender: str = "school@school.example") -> Mailbox:
    """What the server got, once the mail is sent."""
    settings = Settings(smtp_url=f"smtp://{HOST}:{server.port}", mail_from=sender)
    mail.deliver(settings, to, "Hello", "Bonjour, né à Zürich")
    box: Mailbox = server.handler
    return box


def test_a_domain_of_other_letters_goes_in_ascii_through_every_server(
    server: Controller,
) -> None:
    got = send(server, "jo@münchen.example", "hilfe@bücher.example").got
    [(sender, recipients, text)] = got
    assert (sender, recipients) == ("hilfe@xn--bcher-kva.example", ["jo@xn--mnchen-3ya.example"])
    assert "To: jo@xn--mnchen-3ya.example" in text and "From: hilfe@xn--bcher-kva.example" in text


def test_other_letters_before_the_sign_need_a_server_that_takes_them(
    server: Controller,
) -> None:
    if server.SMTP_kwargs["enable_SMTPUTF8"]:
        got = send(server, "josé@münchen.example").got
        assert [recipients for _, recipients, _ in got] == [["josé@xn--mnchen-3ya.example"]]
        return
    with pytest.raises(mail.NotInAscii):
        send(server, "josé@münchen.example")
    assert server.handler.got == []


@pytest.mark.parametrize(
    ("address", "mailed"),
    [
        ("jo@x.example", "jo@x.example"),
        ("jo@xn--mnchen-3ya.example", "jo@xn--mnchen-3ya.example"),
        ("jo@straße.example", "jo@straße.example"),  # strasse.example is somebody else's
        ("jo@σοφος.example", "jo@σοφος.example"),  # so is σοφοσ.example
        ("jo@" + "ü" * 63 + ".example", "jo@" + "ü" * 63 + ".example"),  # no label can be so long
        ("jo@localhost", "jo@localhost"),
    ],
)
def test_the_form_of_dns_is_never_another_domain(address: str, mailed: str) -> None:
    assert mail.mailable(address) == mailed
