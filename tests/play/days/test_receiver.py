"""The partners and the mail server of a simulation: they count what they must not see."""

from __future__ import annotations

import json
import smtplib
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import pytest

from app.play.days.mail_server import MailServer, receiving
from app.play.days.receiver import Answer, Receiver, listening
from app.webhooks.signatures import sign
from tests.world.partners import new_secret

SECRET = new_secret()
Post = Callable[..., int]


@pytest.fixture
def receiver() -> Receiver:
    """One partner, which takes whatever it is told."""
    return Receiver({"hsi": SECRET}, lambda *_: Answer(201, takes=True), time.time)


@pytest.fixture
def post(receiver: Receiver) -> Iterator[Post]:
    """post("key", "enrollment"): the status that is answered."""
    with listening(receiver) as host:

        def tell(key: str, enrollment: str, slug: str = "hsi", secret: str = SECRET) -> int:
            body = json.dumps({"enrollment_id": enrollment}).encode()
            headers = sign("standard", secret, key, int(time.time()), body)
            try:
                request = urllib.request.Request(f"http://{host}/{slug}/enroll", body, headers)
                with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
                    return int(answer.status)
            except urllib.error.HTTPError as error:
                return error.code

        yield tell


def test_what_is_known_by_its_id_has_no_second_effect(receiver: Receiver, post: Post) -> None:
    assert [post("m1", "step"), post("m1", "step")] == [201, 201]
    assert (receiver.effects, receiver.repeats, receiver.posts) == ({("hsi", "step"): 1}, 1, 2)


def test_the_same_under_another_id_has(receiver: Receiver, post: Post) -> None:
    post("m1", "step")
    post("m2", "step")
    assert receiver.effects == {("hsi", "step"): 2}


def test_an_id_that_tells_of_two_is_a_fault(receiver: Receiver, post: Post) -> None:
    post("m1", "step")
    post("m1", "another")
    assert len(receiver.faults) == 1


def test_what_is_not_signed_by_the_partners_secret_is_a_fault(receiver: Receiver, post: Post) -> None:
    assert post("m1", "step", secret=new_secret()) == 401
    assert post("m1", "step", slug="jri") == 401
    assert len(receiver.faults) == 2
    assert not receiver.effects


def test_mails_are_counted_by_their_id() -> None:
    mail_server = MailServer(lambda address: "550 unknown" if address.startswith("nobody") else None)
    with receiving(mail_server) as host, smtplib.SMTP(*host.split(":")) as server:  # type: ignore[arg-type]
        for name in ("one", "two", "one"):
            server.sendmail("a@b.example", ["c@d.example"], f"Message-ID: <{name}@h>\r\nSubject: s\r\n\r\n.\r\nx\r\n")
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            server.sendmail("a@b.example", ["nobody@d.example"], "Message-ID: <x@h>\r\n\r\n")
    assert mail_server.mails == {"<one@h>": 2, "<two@h>": 1}
    assert mail_server.nameless == 0


def test_a_mail_server_that_is_away_takes_nobodys_call() -> None:
    with receiving(MailServer(lambda _: None, lambda: True)) as host, pytest.raises(smtplib.SMTPConnectError) as fault:
        smtplib.SMTP(*host.split(":"))  # type: ignore[arg-type]
    assert fault.value.smtp_code == 421
