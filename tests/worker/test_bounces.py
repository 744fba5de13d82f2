"""What comes back: only by an address that we made, only what is a report, and whatever else it is, it is taken."""

from __future__ import annotations

import base64
import time
from uuid import UUID, uuid4

import pytest

from app.keys import SignedIds, derived_key
from app.settings import Settings, SettingsError
from app.worker.bounces.report import LARGEST, Bounce
from app.worker.bounces.return_path import PURPOSE, ReturnPath
from app.worker.bounces.take import Taken, take
from tests.world.reports import POSTFIX, REPORTS, STUDENT, filled, hostile, mail
from tests.world.server import SECRET_KEY

MAIL = uuid4()
OURS = ReturnPath("bounces@school.example", SECRET_KEY)
ADDRESS = OURS.address(MAIL)


class Notes(list[tuple[UUID, Bounce]]):
    """What was noted."""

    def note(self, message_id: UUID, bounce: Bounce) -> str:
        """As handoff.note_bounce."""
        self.append((message_id, bounce))
        return "suppressed"


def taken(raw: bytes, recipient: str | None = None) -> tuple[Taken, Notes]:
    """What is told of a mail, and what was noted. Whatever it is, it names nobody, and tells no MAC."""
    notes = Notes()
    result = take(raw, OURS, notes.note, recipient)
    assert "@" not in result.told and "\n" not in result.told and len(result.told) < 120
    assert result.is_noted == bool(notes)
    return result, notes


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_read_for_what_it_says(name: str) -> None:
    report = REPORTS[name]
    result, notes = taken(mail(name, ADDRESS))
    if report.status is None:
        assert (notes, result.told[:7]) == ([], "ignored")
    else:
        assert notes == [(MAIL, Bounce(bool(report.is_hard), report.status, report.recipients))]


@pytest.mark.parametrize("name", hostile(ADDRESS))
def test_a_hostile_mail_is_ignored_at_once(name: str) -> None:
    began = time.process_time()
    result, notes = taken(hostile(ADDRESS)[name])
    assert (notes, result.told[:7]) == ([], "ignored")
    assert time.process_time() - began < 5


def test_the_largest_report_is_read() -> None:
    raw = mail("postfix", ADDRESS)
    text = b"x" * 70 + b"\n"
    assert taken(raw + text * ((LARGEST - len(raw)) // len(text)))[1]


@pytest.mark.parametrize(
    "address",
    [
        "bounces@school.example",
        "jane@school.example",
        ADDRESS.replace("school.example", "school.example.evil.example"),
        ADDRESS.replace("school.example", "evil.example"),
        ADDRESS.replace("@school", "@my.school"),
        ADDRESS.replace("bounces+", "xbounces+"),
        ADDRESS.replace("bounces+", "bounces-"),
        OURS.address(uuid4())[:35] + ADDRESS[35:],
        ADDRESS[:-30] + ("a" if ADDRESS[-30] != "a" else "b") + ADDRESS[-29:],
        ReturnPath("bounces@school.example", SECRET_KEY + "2").address(MAIL),
        f"bounces+{SignedIds(SECRET_KEY, 'another purpose').sign(MAIL)}@school.example",
        f"bounces+{base64.b32encode(MAIL.bytes).decode().rstrip('=').lower()}.{'a' * 16}@school.example",
        ADDRESS.partition(".")[0] + "@school.example",
    ],
)
def test_only_an_address_that_we_made_counts(address: str) -> None:
    assert taken(mail("postfix", address)) == (Taken(False, "ignored: it came to no address that we made"), [])


@pytest.mark.parametrize(
    "address",
    [
        ADDRESS.upper(),
        ADDRESS.title(),
        ADDRESS.replace("bounces", "prvs=1234abcd=bounces"),
        f"<{ADDRESS}>",
        f"{ADDRESS}.",
    ],
)
def test_what_mail_servers_do_to_an_address_does_not_matter(address: str) -> None:
    assert taken(mail("postfix", address))[1]


@pytest.mark.parametrize(
    "header",
    ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "X-Forwarded-To", "To", "Cc"],
)
def test_the_address_is_found_wherever_the_mail_server_put_it(header: str) -> None:
    raw = f"{header}: bounces@school.example\n{header}: someone <{ADDRESS}>\n".encode()
    report = filled(POSTFIX, "bounces@school.example")
    assert [found for found, _ in taken(raw + report)[1]] == [MAIL]


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_it_is_found_on_the_mail_that_is_returned(kind: str) -> None:
    raw = mail("postfix", "bounces@school.example").replace(b"text/rfc822-headers", kind.encode())
    assert taken(raw)[1] == []
    assert taken(raw.replace(b"Return-Path: <bounces@", f"Return-Path: <{ADDRESS.partition('@')[0]}@".encode()))[1]


def test_what_the_mail_server_says_goes_before_the_headers() -> None:
    other = uuid4()
    assert [found for found, _ in taken(mail("postfix", ADDRESS), OURS.address(other))[1]] == [other]
    assert taken(mail("postfix", ADDRESS), "bounces@school.example")[1] == []


def test_a_text_that_quotes_an_address_is_none() -> None:
    quoted = filled(POSTFIX, "bounces@school.example").replace(b"I'm sorry", f"{ADDRESS}: I'm sorry".encode())
    assert taken(quoted)[1] == []


def test_an_address_has_room_before_the_at() -> None:
    assert len(ReturnPath("x" * 20 + "@school.example", SECRET_KEY).address(MAIL).partition("@")[0]) == 64
    with pytest.raises(SettingsError, match="MAIL_BOUNCES"):
        Settings.from_environ({"MAIL_BOUNCES": "x" * 21 + "@school.example"})


def test_without_the_setting_or_a_key_there_is_no_return_path() -> None:
    assert ReturnPath.of(Settings(secret_key=SECRET_KEY)) is None
    assert ReturnPath.of(Settings(mail_bounces="bounces@school.example")) is None
    assert ReturnPath.of(Settings(mail_bounces="bounces@school.example", secret_key=SECRET_KEY)) is not None
    with pytest.raises(ValueError):
        derived_key("", PURPOSE)


def test_a_signed_id_is_read_by_its_purpose_and_key_alone() -> None:
    ids = SignedIds(SECRET_KEY, PURPOSE)
    signed = ids.sign(MAIL)
    assert (ids.read(signed), ids.read(signed.upper())) == (MAIL, MAIL)
    for wrong in ("", ".", signed[:-1], signed + "a", "0" * 43, "é" * 43, signed[:26] + "." + "a" * 16, "=" * 43):
        assert ids.read(wrong) is None
    # The last letter of an id has two bits to spare: another letter would be another text for the same id.
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    others = [signed[:25] + letter + signed[26:] for letter in letters if letter != signed[25]]
    assert [text for text in others if ids.read(text)] == []
    assert SignedIds(SECRET_KEY, "another").read(signed) is None


def test_the_student_is_never_named() -> None:
    for name in REPORTS:
        assert STUDENT not in taken(mail(name, ADDRESS))[0].told
