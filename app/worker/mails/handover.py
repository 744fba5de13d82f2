"""One mail to the mail server, and what can be said of it afterwards.

Its first byte leaves after DATA, and not before the database says that it may: only who is lost after that leaves a
mail in doubt.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from app.worker.mail import connect

ANSWER_SECONDS = 60.0  # for the answer to the last byte: the server may look at the mail first
AWAY = 421  # it closes the connection, whatever it was asked


class Outcome(NamedTuple):
    """The arguments of handoff.settle_mail behind mail and lease: never an address, never a text of the server."""

    result: str
    detail: str | None = None


def hand_over(smtp_url: str, sender: str, to: str, message: bytes, may_leave: Callable[[], bool]) -> Outcome | None:
    """One try. `may_leave` is asked when the recipient was taken, before DATA; None: it said no, and nothing left."""
    try:
        server = connect(smtp_url)
    except (OSError, ValueError) as fault:
        return Outcome("unreachable", _named(fault))
    try:
        outcome = _greeted(server, sender, to) or (_given(server, message) if may_leave() else None)
    finally:
        with suppress(OSError):
            server.close()
    return outcome


def _greeted(server: smtplib.SMTP, sender: str, to: str) -> Outcome | None:
    options = []
    if not (to + sender).isascii():
        if not server.has_extn("smtputf8"):
            return Outcome("refused", "the address is not ASCII, and the mail server has no SMTPUTF8")
        options = ["SMTPUTF8", "BODY=8BITMIME"]
    try:
        code, _ = server.mail(sender, options)
        if code != 250:
            return Outcome("unreachable", f"the mail server takes nothing from MAIL_FROM: {code}")
        code, _ = server.rcpt(to)
    except (OSError, ValueError) as fault:
        return Outcome("unreachable", _named(fault))
    return None if code in (250, 251) else _refusal(code, "the recipient")


def _given(server: smtplib.SMTP, message: bytes) -> Outcome:
    """Until the last dot is under way, the server can't have taken it."""
    try:
        code, _ = server.docmd("DATA")
        if code != 354:
            return _refusal(code, "DATA")
        server.send(re.sub(rb"(?m)^\.", b"..", message))
    except OSError as fault:
        return Outcome("unreachable", _named(fault))
    try:
        if server.sock:
            server.sock.settimeout(ANSWER_SECONDS)
        server.send(b".\r\n")
        code, _ = server.getreply()
    except OSError as fault:
        return Outcome("unknown", f"the mail server took it without an answer: {_named(fault)}")
    if code != 250:
        return _refusal(code, "the mail")
    with suppress(OSError):
        server.quit()
    return Outcome("sent")


def _refusal(code: int, what: str) -> Outcome:
    result = "unreachable" if code == AWAY else "failed" if 400 <= code < 500 else "refused"
    return Outcome(result, f"the mail server refuses {what}: {code}")


def _named(fault: Exception) -> str:
    code = getattr(fault, "smtp_code", None)
    return type(fault).__name__ + (f" {code}" if code else "")
