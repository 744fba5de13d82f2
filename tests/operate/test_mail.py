"""Mail to addresses with letters of any script, through servers that know SMTPUTF8 and through those that don't."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

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


def send(
    server: Controller, monkeypatch: pytest.MonkeyPatch, to: str, sender: str = "school@school.example"
) -> Mailbox:
    """What the server got, once the mail is sent or has failed."""
    with ThreadPoolExecutor(1) as background:
        monkeypatch.setattr(mail, "_sender", background)
        settings = Settings(smtp_url=f"smtp://{HOST}:{server.port}", mail_from=sender)
        mail.send(settings, to, "Hello", "Bonjour, né à Zürich")
    box: Mailbox = server.handler
    return box


def test_a_domain_of_other_letters_goes_in_ascii_through_every_server(
    server: Controller, monkeypatch: pytest.MonkeyPatch
) -> None:
    got = send(server, monkeypatch, "jo@münchen.example", "hilfe@bücher.example").got
    [(sender, recipients, text)] = got
    assert (sender, recipients) == ("hilfe@xn--bcher-kva.example", ["jo@xn--mnchen-3ya.example"])
    assert "To: jo@xn--mnchen-3ya.example" in text and "From: hilfe@xn--bcher-kva.example" in text


def test_other_letters_before_the_sign_need_a_server_that_takes_them(
    server: Controller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    got = send(server, monkeypatch, "josé@münchen.example").got
    if server.SMTP_kwargs["enable_SMTPUTF8"]:
        assert [recipients for _, recipients, _ in got] == [["josé@xn--mnchen-3ya.example"]]
        return
    assert got == []
    assert caplog.messages == [
        "a mail could not be sent: its address is not ASCII, and the mail server has no SMTPUTF8"
    ]


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
