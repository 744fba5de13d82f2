"""A mail server: how it is reached, and one mail through it. What people are mailed is in app.worker.mails."""

from __future__ import annotations

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

from app.setting_values import LOOPBACK
from app.settings import Settings

TIMEOUT = 10.0  # seconds, for each exchange with the mail server


class NotInAscii(smtplib.SMTPNotSupportedError):
    """The address has other letters, and the mail server can't take it; the text says so without the address."""


def deliver(settings: Settings, to: str, subject: str, text: str) -> None:
    """Sends one plain-text mail, and waits until the mail server has taken it.

    Raises ValueError for what is not one plain address, else OSError: smtplib's errors are of that kind.
    """
    to = mailable(to)
    message = EmailMessage()
    message["From"] = mailable(settings.mail_from or "")
    message["To"], message["Subject"] = recipient(to), subject
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=urlsplit(settings.base_url).hostname)
    message.set_content(text)
    with connect(settings.smtp_url or "") as server:
        if not to.isascii() and not server.has_extn("smtputf8"):
            raise NotInAscii("its address is not ASCII, and the mail server has no SMTPUTF8")
        server.send_message(message, to_addrs=[to])  # never what the header is parsed into


def mailable(address: str) -> str:
    """The address with its domain as DNS knows it, in ASCII (IDNA), which every mail server takes.

    Unchanged where that would be another domain: the codec is that of 2003, in which ß is ss.
    """
    local, _, domain = address.rpartition("@")
    try:
        ascii = domain.encode("idna")
        return f"{local}@{ascii.decode()}" if ascii.decode("idna") == domain else address
    except UnicodeError:
        return address


def recipient(to: str) -> Address:
    """The address for the header; ValueError when a mail library reads another one, or several, in it."""
    local, _, domain = to.rpartition("@")
    address = Address(username=local, domain=domain)
    if address.addr_spec != to or not local or local.startswith('"') or "=?" in to:
        raise ValueError("not one plain address")
    return address


def host_and_port(smtp_url: str) -> tuple[str, int]:
    """Where the mail server is."""
    url = urlsplit(smtp_url)
    usual = 465 if url.scheme == "smtps" else 587 if url.username else 25
    return url.hostname or "", url.port or usual


def connect(smtp_url: str) -> smtplib.SMTP:
    """A connection that is signed in and has said EHLO, or HELO. Raises OSError: smtplib's errors are of that kind."""
    url = urlsplit(smtp_url)
    host, port = host_and_port(smtp_url)
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if url.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT)
        server.ehlo_or_helo_if_needed()
        # Neither a sign-in link nor a password crosses a network in the clear: without STARTTLS this raises.
        if host not in LOOPBACK:
            server.starttls(context=context)
    if url.username:
        server.login(unquote(url.username), unquote(url.password or ""))
    server.ehlo_or_helo_if_needed()
    return server
