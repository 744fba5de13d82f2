"""One mail to a mail server that follows a script: what can be said of the mail, wherever the dialogue ends."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from app.worker.mails.handover import Outcome, hand_over
from tests.world.server import HOST, free_port

MESSAGE = b"Subject: x\r\n\r\n.a line with a dot first\r\nthe end\r\n"
UNTIL = {"connect": 0, "ehlo": 1, "mail": 2, "rcpt": 3, "data": 4, "message": 5}
GOOD = ["220 here", "250 hello", "250 ok", "250 ok", "354 go on", "250 taken"]


@contextmanager
def scripted(answers: list[str]) -> Iterator[tuple[str, list[bytes]]]:
    """A server that gives these answers in turn, then hangs up; its URL, and what it was told."""
    told: list[bytes] = []
    with closing(socket.create_server((HOST, 0))) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection, connection.makefile("rwb") as stream:
                for number, answer in enumerate(answers):
                    if number == UNTIL["message"]:
                        while told[-1] != b".\r\n":
                            told.append(stream.readline())
                    elif number:
                        told.append(stream.readline())
                    stream.write(answer.encode() + b"\r\n")
                    stream.flush()
                if len(answers) > UNTIL["data"]:
                    while told[-1] not in (b".\r\n", b""):
                        told.append(stream.readline())

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"smtp://{HOST}:{listening.getsockname()[1]}", told
        thread.join(10)


def tried(url: str, *, may_leave: bool = True) -> Outcome | None:
    return hand_over(url, "school@school.example", "ann@test.example", MESSAGE, lambda: may_leave)


def test_a_mail_that_is_taken_arrives_as_it_is() -> None:
    with scripted(GOOD) as (url, told):
        assert tried(url) == Outcome("sent")
    assert b"".join(told[4:]) == MESSAGE.replace(b"\r\n.a", b"\r\n..a") + b".\r\n"
    assert told[1:3] == [b"mail FROM:<school@school.example>\r\n", b"rcpt TO:<ann@test.example>\r\n"]


@pytest.mark.parametrize("answered", range(5))
def test_who_hangs_up_before_the_last_dot_has_taken_nothing(answered: int) -> None:
    with scripted(GOOD[:answered]) as (url, _):
        outcome = tried(url)
    assert outcome and outcome.result == "unreachable"


def test_who_hangs_up_after_the_last_dot_leaves_it_in_doubt() -> None:
    with scripted(GOOD[:5]) as (url, told):
        outcome = tried(url)
    assert told[-1] == b".\r\n" and outcome and outcome.result == "unknown"


def test_nothing_leaves_when_the_database_says_no() -> None:
    with scripted(GOOD[:4]) as (url, told):
        assert tried(url, may_leave=False) is None
    assert b"data\r\n" not in [line.lower() for line in told]


@pytest.mark.parametrize(
    ("at", "answer", "result"),
    [
        ("connect", "554 go away", "unreachable"),
        ("ehlo", "421 closing", "unreachable"),
        ("mail", "550 not you", "unreachable"),
        ("rcpt", "550 nobody", "refused"),
        ("rcpt", "450 later", "failed"),
        ("rcpt", "421 closing", "unreachable"),
        ("data", "451 later", "failed"),
        ("data", "554 no", "refused"),
        ("message", "554 spam", "refused"),
        ("message", "452 full", "failed"),
    ],
)
def test_what_an_answer_means(at: str, answer: str, result: str) -> None:
    with scripted([*GOOD[: UNTIL[at]], answer]) as (url, _):
        outcome = tried(url)
    assert outcome and outcome.result == result


def test_a_server_that_is_not_there() -> None:
    assert tried(f"smtp://{HOST}:{free_port()}") == Outcome("unreachable", "ConnectionRefusedError")


def test_an_address_with_other_letters_needs_a_server_that_takes_them() -> None:
    with scripted(GOOD[:2]) as (url, _):
        outcome = hand_over(url, "school@school.example", "josé@test.example", MESSAGE, lambda: True)
    assert outcome and outcome.result == "refused"
