"""`send-test-mail`: whether mail works. What is wrong is one line that says what to check, and tells no password."""

from __future__ import annotations

import shutil
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from app import create_app
from app.settings import Settings
from app.worker import mail
from tests.operate.commands import fault
from tests.operate.mail_server import Mailbox, certificate, serving_mail
from tests.world.server import HOST, free_port

TO = "ada@school.example"
PASSWORD = "correct-horse"


def send(smtp_url: str | None, to: str = TO) -> Result:
    """The command with this mail server."""
    settings = Settings(smtp_url=smtp_url, mail_from="Handoff <handoff@school.example>")
    return create_app(settings).test_cli_runner().invoke(args=["send-test-mail", to])


def refused(smtp_url: str | None, to: str = TO) -> str:
    """The one line of the command when it fails, which never has the password."""
    line = fault(send(smtp_url, to))
    assert PASSWORD not in line
    return line


def hang_up(server: socket.socket) -> None:
    """Takes one connection, and ends it."""
    server.settimeout(10)
    server.accept()[0].close()


def test_a_mail_that_was_taken_is_told_and_ends_with_0() -> None:
    mailbox = Mailbox()
    with serving_mail(mailbox) as server:
        result = send(f"smtp://school:{PASSWORD}@{server}")
    assert (result.exit_code, len(result.output.splitlines())) == (0, 1) and TO in result.output
    ((recipients, text),) = mailbox.got
    assert recipients == [TO] and "http://127.0.0.1:8000" in text and "/sign-in/" not in text


def test_without_a_mail_server_the_settings_are_named() -> None:
    assert "SMTP_URL" in refused(None)


@pytest.mark.parametrize(
    "to", ["nobody", "a,b@school.example", "=?utf-8?q?a?=@school.example", "a@school.example\nBcc: b@x"]
)
def test_what_is_not_one_address_gets_nothing(to: str) -> None:
    mailbox = Mailbox()
    with serving_mail(mailbox) as server:
        assert "not one plain address" in refused(f"smtp://{server}", to)
    assert mailbox.got == []


@pytest.mark.parametrize(
    ("mailbox", "options", "checked"),
    [
        (Mailbox(lets_in=False), {}, "user or password"),
        (Mailbox("550 5.7.1 No relaying"), {}, "refuses the recipient: 550 5.7.1 No relaying"),
        (Mailbox("451 later"), {}, "451 later"),
        (Mailbox(), {"auth_exclude_mechanism": ["LOGIN", "PLAIN"]}, "No suitable authentication method"),
    ],
)
def test_what_the_server_refuses_is_told(mailbox: Mailbox, options: dict[str, Any], checked: str) -> None:
    with serving_mail(mailbox, **options) as server:
        assert checked in refused(f"smtp://school:{PASSWORD}@{server}")
    assert mailbox.got == []


def test_a_server_that_can_not_be_reached_is_told() -> None:
    assert "host and port in SMTP_URL" in refused(f"smtp://{HOST}:{free_port()}")
    assert "no machine of this name" in refused("smtp://mail.invalid:25")
    with socket.create_server((HOST, 0)) as server, ThreadPoolExecutor() as beside:
        beside.submit(hang_up, server)
        assert "hangs up" in refused(f"smtp://{HOST}:{server.getsockname()[1]}")


def test_a_server_elsewhere_without_tls_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "LOOPBACK", ())
    with serving_mail(Mailbox()) as server:
        assert "no STARTTLS" in refused(f"smtp://{server}")


@pytest.mark.skipif(not shutil.which("openssl"), reason="a certificate is made with openssl")
def test_a_certificate_that_is_not_known_and_a_port_of_the_other_kind_are_told(tmp_path: Path) -> None:
    _, context = certificate(tmp_path)
    with serving_mail(Mailbox(), ssl_context=context) as server:
        assert "certificate is not taken" in refused(f"smtps://{server}")
    with serving_mail(Mailbox()) as server:
        assert "port 465 wants smtps://" in refused(f"smtps://{server}")
