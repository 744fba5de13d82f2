"""`flask --app app send-test-mail`: whether mail works, and if not, what to check."""

from __future__ import annotations

import smtplib
import socket
import ssl

import click
from flask.cli import with_appcontext

from app.operate.commands.common import settings
from app.worker.mail import deliver, host_and_port

SUBJECT = "A test mail of Handoff"
TEXT = """Handoff at {url} can send mail.

There is nothing to do. Whoever runs it has tried it out.
"""


@click.command("send-test-mail")
@click.argument("email")
@with_appcontext
def send_test_mail(email: str) -> None:
    """Send a mail to EMAIL, and say whether the mail server has taken it, or what to check."""
    held = settings()
    if held.smtp_url is None:
        raise click.ClickException("no mail server: set SMTP_URL and MAIL_FROM")
    host, port = host_and_port(held.smtp_url)
    try:
        deliver(held, email, SUBJECT, TEXT.format(url=held.base_url))
    except OSError as fault:  # before ValueError: a certificate that is not taken is both
        raise click.ClickException(f"not sent by {host}, port {port}: {_what_to_check(fault)}") from fault
    except ValueError as fault:
        raise click.ClickException("not sent: EMAIL or MAIL_FROM is not one plain address") from fault
    click.echo(f"{host} has taken a mail to {email}. Look whether it arrives, in the spam folder too.")


def _what_to_check(fault: OSError) -> str:
    match fault:
        case smtplib.SMTPAuthenticationError():
            return "it refuses user or password; check them in SMTP_URL, other signs than letters and digits as %XX"
        case smtplib.SMTPRecipientsRefused():
            ((code, text),) = fault.recipients.values()
            return f"it refuses the recipient: {_answer(code, text)}"
        case smtplib.SMTPSenderRefused():
            return f"it refuses MAIL_FROM as the sender: {_answer(fault.smtp_code, fault.smtp_error)}"
        case smtplib.SMTPResponseException():
            return f"it answers {_answer(fault.smtp_code, fault.smtp_error)}"
        case smtplib.SMTPNotSupportedError() if "STARTTLS" in str(fault):
            return "it offers no STARTTLS, and nothing goes to another machine in the clear; try smtps://"
        case smtplib.SMTPServerDisconnected():
            return "it says nothing, or hangs up; port 465 wants smtps://, 587 and 25 want smtp://"
        case smtplib.SMTPException():
            return f"it can't do what is needed: {fault}"
        case ssl.SSLCertVerificationError():
            return f"its certificate is not taken: {fault.verify_message}"
        case ssl.SSLError():
            return "it does not speak TLS from the start; 587 and 25 want smtp://, port 465 wants smtps://"
        case socket.gaierror():
            return "there is no machine of this name; check the host in SMTP_URL"
        case TimeoutError():
            return "no answer in time; check host and port in SMTP_URL, and the firewall"
        case _:
            return f"no connection; check host and port in SMTP_URL, and the firewall ({type(fault).__name__})"


def _answer(code: int, text: bytes | str) -> str:
    words = text if isinstance(text, str) else text.decode(errors="replace")
    return " ".join(f"{code} {words}".split())
