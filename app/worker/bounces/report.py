"""What a mail server reports of a mail: RFC 3464 and, for addresses beyond ASCII, RFC 6533. What comes is hostile."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from email import message_from_bytes, message_from_string
from email.header import Header, decode_header
from email.message import Message
from typing import NamedTuple

LARGEST = 1024 * 1024  # bytes; a report has at most our own mail in it, which is small
PARTS = 100  # headers that could begin a part: what is nested deeper is no report
LINES = 50_000  # one that ends with both signs counts twice
BLOCKS = 100  # of one report; ours has one recipient
MAILS = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
REPORTS = ("message/delivery-status", "message/global-delivery-status")
# In this order: where the mail server says to whom it came, then the letterhead.
ENVELOPE = (
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "X-Envelope-To",
    "X-Delivered-To",
    "X-Forwarded-To",
    "Apparently-To",
    "To",
    "Cc",
)
RETURNED = ("Return-Path", "X-Envelope-From", "Errors-To", "Sender")
STATUS = re.compile(r"\s*([245])\.([0-9]{1,3})\.([0-9]{1,3})(?![0-9.])")
IN_DIAGNOSTIC = re.compile(r"(?<![0-9.])([45])\.([0-9]{1,3})\.([0-9]{1,3})(?![0-9.])")
LETTER = re.compile(r"\\x\{([0-9A-Fa-f]{2,6})\}")  # of an address in ASCII alone (RFC 6533)
LONGEST = 254  # letters of an address
REPLY = re.compile(r"(?<![0-9.])([45])[0-9]{2}(?![0-9.])")
PUNYCODE = "xn--"
POLICY = "7"  # the middle of a status: the receiver refuses us, or what we write, and not the address (RFC 3463, 3.8)


class Unreadable(Exception):
    """No report that we would read; the text says why, in words of ours."""


class Bounce(NamedTuple):
    """What became of a mail. `is_hard`: an address does not work; `status`: of RFC 3463, like 5.1.1.

    `recipients`: of which addresses it is told, as they are written without IDNA; none where none can be read.
    """

    is_hard: bool
    status: str
    recipients: tuple[str, ...] = ()


def read_mail(raw: bytes) -> Message:
    """A mail that came. Raises Unreadable."""
    if len(raw) > LARGEST:
        raise Unreadable("larger than 1 MiB")
    if raw.lower().count(b"content-type") > PARTS or raw.count(b"\n") + raw.count(b"\r") > LINES:
        raise Unreadable("too many parts or lines")
    try:
        return message_from_bytes(raw)
    except Exception as fault:  # whatever it is, a mail that can't be read must not come again
        raise Unreadable("not a mail that can be read") from fault


def bounce_in(mail: Message) -> Bounce | None:
    """The worst that is reported; None: no report, or of nothing bad."""
    bounces = [bounce for block in _blocks(mail) if (bounce := _bounce(block))]
    worst = max(bounces, key=lambda bounce: (bounce.is_hard, bounce.status), default=None)
    if worst is None:
        return None
    named = [name for bounce in bounces if bounce.is_hard == worst.is_hard for name in bounce.recipients]
    return Bounce(worst.is_hard, worst.status, tuple(dict.fromkeys(named)))


def is_automatic_reply(mail: Message) -> bool:
    """Whether somebody is away, by their mail program."""
    said = str(mail.get("Auto-Submitted", "")).strip().lower()
    return said.startswith("auto-replied") or any(name in mail for name in ("X-Autoreply", "X-Autorespond"))


def addresses_in(mail: Message) -> Iterator[str]:
    """Texts in which the address that a report came to may stand, the best first."""
    yield from _values(mail, ENVELOPE)
    for block in _blocks(mail):
        yield from (str(value) for value in block.values())
    for part in _parts(mail):
        if part.get_content_type() in MAILS:
            for inner in _inner(part):
                yield from _values(inner, RETURNED)


def _values(mail: Message, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from (str(value) for value in mail.get_all(name, []))


def _parts(mail: Message) -> Iterator[Message]:
    """The mail and its parts, without those of a mail that is returned in it: that one reports nothing of ours."""
    waiting = [mail]
    while waiting:
        part = waiting.pop(0)
        yield part
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting += [inner for inner in part.get_payload() if isinstance(inner, Message)]


def _inner(part: Message) -> list[Message]:
    payload = part.get_payload()
    if isinstance(payload, str):
        return [message_from_string(payload)]
    return [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []


def _blocks(mail: Message) -> list[Message]:
    """The blocks of fields of every report in the mail: one of the mail, then one for each recipient."""
    blocks: list[Message] = []
    for part in _parts(mail):
        if part.get_content_type() not in REPORTS:
            continue
        for inner in _inner(part)[:BLOCKS]:
            blocks.append(inner)
            # The parser knows the blocks of the one kind, and takes the other for a mail whose text is the rest.
            rest = inner.get_payload(decode=True)
            if isinstance(rest, bytes):
                texts = re.split(r"\n\s*\n", rest.decode("utf-8", "replace"), maxsplit=BLOCKS)
                blocks += [message_from_string(text) for text in texts]
    return blocks[:BLOCKS]


def _bounce(block: Message) -> Bounce | None:
    action = str(block.get("Action", "")).partition("(")[0].strip().lower()
    if action not in ("failed", "delayed"):
        return None
    status = _status(block)
    if status is None:
        return None
    major, subject, _ = status.split(".")
    return Bounce(action == "failed" and major == "5" and subject != POLICY, status, _recipients(block))


def _recipients(block: Message) -> tuple[str, ...]:
    """Whom the report is of: where it was to go in the end, and only where that can't be read, whom we wrote to.

    A mail that its receiver has forwarded has both, and the first is the one that does not work.
    """
    found = (_address(_said(block.get(name, ""))) for name in ("Final-Recipient", "Original-Recipient"))
    return tuple(address for address in found if address)[:1]


def _said(value: str | Header) -> str:
    """A field as UTF-8, where it is not ASCII."""
    if isinstance(value, str):
        return value
    parts = (part if isinstance(part, bytes) else part.encode() for part, _ in decode_header(value))
    return b"".join(parts).decode("utf-8", "replace")


def _address(field: str) -> str | None:
    """The address in a field such as `rfc822; jane@college.example`, its host without IDNA."""
    text = LETTER.sub(_letter, field.partition(";")[2].strip().strip("<>"))
    local, _, host = text.rpartition("@")
    if not local or not text.isprintable() or " " in text or len(text) > LONGEST:
        return None
    return f"{local}@{'.'.join(map(_label, host.split('.')))}"


def _letter(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return chr(code) if code <= sys.maxunicode else found[0]


def _label(label: str) -> str:
    if not label.lower().startswith(PUNYCODE):
        return label
    try:
        return label[len(PUNYCODE) :].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _status(block: Message) -> str | None:
    """By the field, else by what the other server said; null where nothing bad is said."""
    said, diagnostic = str(block.get("Status", "")), str(block.get("Diagnostic-Code", ""))
    if found := STATUS.match(said) or IN_DIAGNOSTIC.search(diagnostic):
        return ".".join(str(int(part)) for part in found.groups()) if found[1] != "2" else None
    reply = REPLY.search(diagnostic)
    return f"{reply[1]}.0.0" if reply else None
