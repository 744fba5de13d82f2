"""The senders of a simulation: they try again, and tell what must not be."""

from __future__ import annotations

import select

import pytest

from app.operate.commands.partner import Target
from app.play.simulation.events import Event
from app.play.simulation.sender import Missed, Patience, Sender
from app.play.simulation.senders import GIVEN_UP, Senders
from tests.play.answers import ACCEPTED, Answers
from tests.world.partners import new_secret

HSI = Target("hsi", "HSI", "active", "standard", (new_secret(),))


def sent_to(answers: Answers, *events: Event, give_up: float = 60) -> tuple[Senders, list[tuple[str, str]]]:
    """What became of events: the key and the outcome of each."""
    found: list[tuple[str, str]] = []
    with answers.listening() as url:
        senders = Senders(url, 1, Patience(0.05, give_up), lambda event, outcome: found.append((event.key, outcome)))
        for event in events:
            assert senders.put(event, 30)
        senders.finish()
        for thread in senders._threads:
            thread.join(60)
    return senders, found


def test_a_sender_tries_again_with_the_same_key_until_it_is_answered() -> None:
    answers = Answers((503, b"{}"), None, (429, b"{}"), (500, b"<html>"), (200, ACCEPTED))
    senders, found = sent_to(answers, Event(HSI, "completion", "k-1", b"{}"))
    assert found == [("k-1", "accepted:completed")]
    assert [headers["webhook-id"] for headers in answers.asked] == ["k-1"] * 5
    assert (senders.faults, senders.counts["answered 503"], senders.counts["no answer"]) == ([], 1, 1)


def test_a_connection_that_the_server_closes_between_two_deliveries_is_no_lost_answer() -> None:
    missed: list[Missed] = []
    with Answers((200, ACCEPTED), keeps_connections=False).listening() as url:
        sender = Sender(url, Patience(0.05, 60))
        for _ in range(2):
            answer = sender.send("hsi", b"{}", dict, missed.append)
            assert answer and answer.status == 200
            select.select([sender._connection.sock], [], [], 30)  # until it is closed
        sender.close()
    assert missed == []


def test_a_sender_gives_up_at_last() -> None:
    senders, found = sent_to(Answers(None), Event(HSI, "completion", "k-1", b"{}"), give_up=0.2)
    assert found == [("k-1", GIVEN_UP)]
    assert senders.counts[GIVEN_UP] == 1
    assert len(senders.faults) == 1


def test_a_duplicate_counts_as_what_the_first_one_was_told() -> None:
    duplicate = b'{"status": "duplicate", "reason": "accepted:completed"}'
    senders, found = sent_to(Answers((200, duplicate)), Event(HSI, "completion", "k-1", b"{}"))
    assert (found, senders.faults) == ([("k-1", "accepted:completed")], [])


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, b""), (200, b"[]"), (302, b""), (404, b'{"code": "unknown_partner"}'), (401, b'{"code": "bad_signature"}')],
)
def test_an_answer_that_must_not_be_is_a_fault(status: int, body: bytes) -> None:
    senders, found = sent_to(Answers((status, body)), Event(HSI, "completion", "k-1", b"{}"))
    assert len(found) == len(senders.faults) == 1
