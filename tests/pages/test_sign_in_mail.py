"""The mail with the link: whom it goes to, and by which server."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

import pytest

from app.worker import mail
from tests.pages.mailbox import FROM, Mailbox
from tests.pages.signing_in import ask
from tests.world.server import HOST, free_port
from tests.world.site import Site


def test_the_mail_goes_to_the_address_we_know_and_not_to_a_look_alike(school: Site, mailbox: Mailbox) -> None:
    school.value("select handoff.create_profile('kate@test.example', 'Kate Student')")
    ask(school.visitor(), "\N{KELVIN SIGN}ATE@test.example")
    school.mail()
    assert [message["To"] for message in mailbox.mails] == ["kate@test.example"]


@pytest.mark.parametrize(
    "old", ["boss,lee", "boss;lee", "boss<lee", "boss:lee", "boss(x)lee", "=?utf-8?q?lee?=", '"lee"']
)
def test_an_address_of_an_earlier_version_that_reads_as_another_gets_no_mail(
    school: Site, mailbox: Mailbox, caplog: pytest.LogCaptureFixture, old: str
) -> None:
    school.db.execute("alter table handoff.profiles disable trigger check_person")
    school.db.execute(
        "insert into handoff.profiles (email, full_name, role, created_at) values (%s, 'Boss', 'admin', now())",
        [f"{old}@test.example"],
    )
    assert ask(school.visitor(), f"{old}@test.example").status == 200
    school.mail()
    assert mailbox.recipients == []
    assert "not one plain address" in caplog.text


def test_a_mail_has_one_recipient_in_its_envelope(school: Site, mailbox: Mailbox) -> None:
    john = school.student()
    ask(school.visitor(), john.email)
    school.mail()
    assert mailbox.recipients == [[john.email]]


def test_the_login_of_the_mail_server_is_used(make_site: Callable[..., Site], smtp: str, mailbox: Mailbox) -> None:
    site = make_site(smtp_url=f"smtp://school:p%40ss@{smtp}", mail_from=FROM)
    ask(site.visitor(), site.student().email)
    site.mail()
    assert mailbox.logins == [(b"school", b"p@ss")] and len(mailbox.mails) == 1


def test_a_password_never_crosses_a_network_in_the_clear(
    make_site: Callable[..., Site],
    smtp: str,
    mailbox: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(mail, "LOOPBACK", ())  # as if the server, which offers no STARTTLS, stood elsewhere
    site = make_site(smtp_url=f"smtp://school:hunter2@{smtp}", mail_from=FROM)
    ask(site.visitor(), site.student().email)
    site.mail()
    assert mailbox.logins == [] and mailbox.mails == []
    assert "SMTPNotSupportedError" in caplog.text


def test_a_mail_server_that_is_away_or_refuses_is_logged_without_link_or_address(
    make_site: Callable[..., Site],
    smtp: str,
    mailbox: Mailbox,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    mailbox.refuses = True
    caplog.set_level(logging.DEBUG)
    for url in (f"smtp://{smtp}", f"smtp://{HOST}:{free_port()}"):
        site = make_site(smtp_url=url, mail_from=FROM, print_links=True)
        john = site.student()
        assert ask(site.visitor(), john.email).status == 200
        site.mail()
    logged = caplog.text + "".join(capsys.readouterr())
    assert logged.count("a mail could not be sent: ") == 2
    assert "/sign-in/" not in logged and "test.example" not in logged and john.email not in logged


def test_without_a_mail_server_a_link_waits_until_it_has_ended_and_is_not_shown(
    site: Site, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    john = site.student()
    assert ask(site.visitor(), john.email).status == 200
    site.mail()
    logged = caplog.text + "".join(capsys.readouterr())
    assert "/sign-in/" not in logged and john.email not in logged
    assert site.value("select o.status from handoff.outbox as o") == "pending"
    site.travel(minutes=15)
    site.db.execute("select from handoff.claim_mails(0, 0, '1 minute')")
    assert site.value("select o.detail from handoff.outbox as o") == "expired"


def test_links_are_printed_only_when_the_operator_asks_for_it(
    make_site: Callable[..., Site], caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    site = make_site(print_links=True)
    john, visitor = site.student(), site.visitor()
    ask(visitor, john.email)
    site.mail()
    link = re.search(r"http://127\.0\.0\.1:8000(/sign-in/\S+)", capsys.readouterr().out)
    assert link and link[1] not in caplog.text
    assert visitor.submit(visitor.get(link[1])).status == 303
