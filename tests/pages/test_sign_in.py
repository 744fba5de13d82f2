"""Signing in by a link in a mail: the whole way, and every way around it."""

from __future__ import annotations

import email
import email.policy
import logging
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlencode

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from app.pages.session import digest, own_path
from app.worker import mail
from tests.pages.signing_in import is_signed_in, new_link
from tests.world.server import HOST, free_port
from tests.world.site import Page, Site, Visitor

FROM = "Handoff <handoff@school.example>"
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "evil.example",
    " /student/progress",
    "/é",
    "/a\r\nSet-Cookie: a=b",
    "/" + "a" * 500,
]
NO_ADDRESSES = [
    "",
    "  ",
    "john",
    "@test.example",
    "john@",
    "a b@test.example",
    "john@test.example\r\nBcc: all@evil.example",
    "john@test.example\x00.x",
    "a@b@test.example",
    "a" * 250 + "@x.example",
]


class Mailbox:
    """A mail server, and what it got. `recipients`: of its envelopes. `logins`: who signed in to it."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.logins: list[tuple[bytes, bytes]] = []
        self.refuses = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """See aiosmtpd."""
        if self.refuses:
            return "550 no"
        message = email.message_from_bytes(envelope.original_content or b"", policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.mails.append(message)
        self.recipients.append(envelope.rcpt_tos)
        return "250 OK"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        """See aiosmtpd."""
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login, data.password))
        return AuthResult(success=True)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def smtp(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """host:port of a real SMTP server that fills the mailbox."""
    monkeypatch.setattr(logging.getLogger("mail.log"), "disabled", True)  # the server's own log has every mail in it
    controller = Controller(
        mailbox, hostname=HOST, port=free_port(), authenticator=mailbox.authenticate, auth_require_tls=False
    )
    controller.start()
    yield f"{HOST}:{controller.port}"
    controller.stop()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """sent(): waits until every mail that was queued is delivered, or has failed."""
    sender = ThreadPoolExecutor(1)
    monkeypatch.setattr(mail, "_sender", sender)
    return lambda: sender.shutdown(wait=True)


@pytest.fixture
def school(make_site: Callable[..., Site], smtp: str) -> Site:
    """The pages behind https, with a mail server."""
    return make_site(base_url="https://handoff.example", smtp_url=f"smtp://{smtp}", mail_from=FROM)


def ask(visitor: Visitor, address: str, path: str = "/sign-in") -> Page:
    """Types an address into the form."""
    return visitor.submit(visitor.get(path), email=address)


def link_in(message: EmailMessage) -> str:
    """The path of the link in a mail."""
    found = re.search(r"https://handoff\.example(/sign-in/\S+)", message.get_content())
    assert found
    return found[1]


# The whole way


def test_from_a_page_through_the_mail_back_to_the_page(
    school: Site, mailbox: Mailbox, sent: Callable[[], None]
) -> None:
    john = school.student("John Student")
    visitor = school.visitor()
    turned_away = visitor.get("/student/certificates/some.pdf")
    assert turned_away.status == 302
    page = ask(visitor, f"  {john.email.upper()} ", str(turned_away.location))
    assert (page.status, page.one("h1").string) == (200, "Look into your mail")
    sent()
    (message,) = mailbox.mails
    assert (message["To"], message["From"]) == (john.email, FROM)
    assert message["Subject"] == "Your link to sign in to Handoff"
    assert message["Message-ID"].endswith("@handoff.example>") and message["Date"]
    assert "The link works once, for 15 minutes." in message.get_content()
    link = link_in(message)
    confirm = visitor.get(link)
    assert confirm.status == 200 and not is_signed_in(visitor)
    done = visitor.submit(confirm)
    assert (done.status, done.location) == (303, "/student/certificates/some.pdf")
    assert visitor.get("/student/progress").texts(".who") == ["John Student"]


@pytest.mark.parametrize(("role", "home"), [("student", "/student/progress"), ("admin", "/admin/dashboard")])
def test_without_a_page_to_go_back_to_each_role_comes_home(site: Site, role: str, home: str) -> None:
    person = site.student() if role == "student" else site.admin()
    visitor = site.visitor()
    done = visitor.submit(visitor.get(new_link(site, person.email)))
    assert (done.status, done.location) == (303, home)
    assert visitor.get(home).status == 200


def test_the_database_and_the_cookie_of_the_form_never_hold_the_link(
    school: Site, mailbox: Mailbox, sent: Callable[[], None]
) -> None:
    john = school.student()
    ask(school.visitor(), john.email)
    sent()
    token = link_in(mailbox.mails[0]).removeprefix("/sign-in/")
    assert len(token) >= 43
    stored = school.db.execute("select * from handoff.sign_in_links").fetchall()
    assert [row["token_hash"] for row in stored] == [digest(token)]
    assert token not in str(stored)


# The link


def test_a_link_works_once(site: Site) -> None:
    link = new_link(site, site.student().email)
    visitor, thief = site.visitor(), site.visitor()
    form = visitor.get(link)
    assert visitor.submit(form).status == 303
    for again in (visitor, thief):
        used = again.submit(again.get(link))
        assert used.status == 410
        assert "This link was used already, or is older than 15 minutes." in used.text
        assert used.one("form[action='/sign-in'] input[type=email]")
    assert is_signed_in(visitor) and not is_signed_in(thief)


def test_looking_at_a_link_uses_nothing_up(site: Site) -> None:
    link = new_link(site, site.student().email)
    scanner, visitor = site.visitor(), site.visitor()
    for _ in range(3):
        assert scanner.get(link).status == 200
    assert scanner.client.head(link).status_code == 200
    assert visitor.submit(visitor.get(link)).status == 303


@pytest.mark.parametrize(("seconds", "status"), [(15 * 60 - 1, 303), (15 * 60, 410)])
def test_a_link_is_good_for_15_minutes(site: Site, seconds: int, status: int) -> None:
    link = new_link(site, site.student().email)
    site.travel(seconds=seconds)
    visitor = site.visitor()
    assert visitor.submit(visitor.get(link)).status == status
    assert is_signed_in(visitor) == (status == 303)


def test_a_link_that_nobody_made_opens_nothing(site: Site) -> None:
    site.student()
    visitor = site.visitor()
    for token in ("x", "t" * 43, "%00", "%ff", "a" * 5000, "é"):
        assert visitor.submit(visitor.get(f"/sign-in/{token}")).status == 410
    assert not is_signed_in(visitor)


def test_whoever_is_signed_in_already_becomes_the_one_whose_link_it_is(site: Site) -> None:
    visitor = site.visitor()
    for name in ("John Student", "Mary Student"):
        person = site.student(name)
        visitor.submit(visitor.get(new_link(site, person.email, name)))
        assert visitor.get("/student/progress").texts(".who") == [name]


def test_the_link_is_ours_whatever_host_the_request_was_sent_to(
    school: Site, mailbox: Mailbox, sent: Callable[[], None]
) -> None:
    client = school.app.test_client()
    evil = {"base_url": "https://evil.example", "headers": {"X-Forwarded-Host": "evil.example"}}
    token = Page(client.get("/sign-in", **evil)).one("input[name=csrf_token]")["value"]
    client.post("/sign-in", data={"csrf_token": token, "email": school.student().email}, **evil)
    sent()
    assert link_in(mailbox.mails[0]) and "evil" not in str(mailbox.mails[0])


# What a stranger can learn


def test_the_answer_is_the_same_for_an_address_that_nobody_knows(
    school: Site, mailbox: Mailbox, sent: Callable[[], None]
) -> None:
    john = school.student()
    visitor = school.visitor()
    form = visitor.get("/sign-in")
    unknown = visitor.submit(form, email="nobody@test.example")
    known = visitor.submit(form, email=john.email)
    assert known.status == unknown.status == 200
    assert str(known.soup).replace(john.email, "X") == str(unknown.soup).replace("nobody@test.example", "X")
    known_headers, unknown_headers = (dict(page.response.headers) | {"Content-Length": ""} for page in (known, unknown))
    assert known_headers == unknown_headers
    sent()
    assert [message["To"] for message in mailbox.mails] == [john.email]


def test_the_sixth_link_of_an_hour_is_answered_the_same_and_not_sent(
    school: Site, mailbox: Mailbox, sent: Callable[[], None]
) -> None:
    john = school.student()
    visitor = school.visitor()
    answers = {str(ask(visitor, john.email).soup) for _ in range(6)}
    sent()
    assert len(answers) == 1 and len(mailbox.mails) == 5


def test_the_mail_goes_to_the_address_we_know_and_not_to_a_look_alike(
    school: Site, mailbox: Mailbox, sent: Callable[[], None]
) -> None:
    school.value("select handoff.create_profile('kate@test.example', 'Kate Student')")
    ask(school.visitor(), "\N{KELVIN SIGN}ATE@test.example")
    sent()
    assert [message["To"] for message in mailbox.mails] == ["kate@test.example"]


@pytest.mark.parametrize(
    "old", ["boss,lee", "boss;lee", "boss<lee", "boss:lee", "boss(x)lee", "=?utf-8?q?lee?=", '"lee"']
)
def test_an_address_of_an_earlier_version_that_reads_as_another_gets_no_mail(
    school: Site, mailbox: Mailbox, sent: Callable[[], None], caplog: pytest.LogCaptureFixture, old: str
) -> None:
    school.db.execute("alter table handoff.profiles disable trigger check_person")
    school.db.execute(
        "insert into handoff.profiles (email, full_name, role, created_at) values (%s, 'Boss', 'admin', now())",
        [f"{old}@test.example"],
    )
    assert ask(school.visitor(), f"{old}@test.example").status == 200
    sent()
    assert mailbox.recipients == []
    assert "a mail could not be sent: ValueError" in caplog.text


def test_a_mail_has_one_recipient_in_its_envelope(school: Site, mailbox: Mailbox, sent: Callable[[], None]) -> None:
    john = school.student()
    ask(school.visitor(), john.email)
    sent()
    assert mailbox.recipients == [[john.email]]


def test_a_new_sign_in_uses_up_the_other_links_and_one_can_sign_out_everywhere(site: Site) -> None:
    john, laptop, phone, thief = site.student(), site.visitor(), site.visitor(), site.visitor()
    old = new_link(site, john.email, "old")
    assert laptop.submit(laptop.get(new_link(site, john.email, "laptop"))).status == 303
    assert thief.submit(thief.get(old)).status == 410
    assert phone.submit(phone.get(new_link(site, john.email, "phone"))).status == 303
    mailed = new_link(site, john.email, "mailed")
    page = phone.get("/student/progress")
    assert page.texts("header button") == ["Sign out", "Sign out everywhere"]
    token = str(page.one("input[name=csrf_token]")["value"])
    assert phone.post("/sign-out", csrf_token=token, everywhere="1").status == 303
    assert not is_signed_in(laptop) and not is_signed_in(phone)
    assert thief.submit(thief.get(mailed)).status == 410


def test_who_is_disabled_is_out_at_once(school: Site, mailbox: Mailbox, sent: Callable[[], None]) -> None:
    john = school.student()
    john.sign_in()
    school.value("select handoff.disable_profile(handoff.find_profile(%s), 'stolen laptop')", john.email)
    assert not is_signed_in(john)
    assert ask(school.visitor(), john.email).status == 200
    sent()
    assert mailbox.recipients == []


def test_what_is_no_address_is_told_at_once_and_kept_in_the_form(site: Site) -> None:
    visitor = site.visitor()
    for address in NO_ADDRESSES:
        page = ask(visitor, address, "/sign-in?next=/student/progress")
        assert page.status == 422, address
        assert page.texts("[role=alert]") == ["Please type your e-mail address, like name@example.com."]
        field = page.one("input[type=email]")
        assert "email-error" in field["aria-describedby"] and field["value"] == address.strip().lower()
        assert page.one("input[name=next]")["value"] == "/student/progress"


def test_a_hostile_address_is_shown_and_never_run(site: Site) -> None:
    hostile = '"><script>alert(1)</script>@test.example'
    visitor = site.visitor()
    page = ask(visitor, hostile)
    assert (page.status, page.texts("strong")) == (200, [hostile])
    assert page.soup.select("script") == []
    again = ask(visitor, hostile + "@")
    assert again.one("input[type=email]")["value"] == hostile + "@" and again.soup.select("script") == []


# Where it leads after


def test_nobody_is_sent_to_another_site_after_signing_in(site: Site) -> None:
    visitor = site.visitor()
    for number, target in enumerate(ELSEWHERE):
        query = urlencode({"next": target})
        asked = visitor.get(f"/sign-in?{query}")
        assert asked.soup.select("input[name=next]") == [], target
        confirm = visitor.get(f"{new_link(site, site.student().email, f'link-{number}')}?{query}")
        assert confirm.soup.select("input[name=next]") == [], target
        done = visitor.submit(confirm, next=target)
        assert (done.status, done.location) == (303, "/student/progress"), target


@pytest.mark.parametrize("path", ["/", "/student/progress?pause=1", "/verify?number=A%20B", "/%2f/x.example", "/a//b"])
def test_every_path_of_this_site_may_be_led_back_to(path: str) -> None:
    assert own_path(path) == path


# Forms that another site made


@pytest.mark.parametrize("token", [None, "", "forged", "of another"])
def test_a_form_without_this_visitors_token_changes_nothing(site: Site, token: str | None) -> None:
    john = site.student()
    john.sign_in()
    visitor, link = site.visitor(), new_link(site, john.email)
    visitor.get("/sign-in")
    if token == "of another":
        token = str(site.visitor().get("/sign-in").one("input[name=csrf_token]")["value"])
    fields = {} if token is None else {"csrf_token": token}
    before = site.value("select count(*) from handoff.sign_in_links")
    for path in ("/sign-in", link):
        refused = visitor.post(path, email=john.email, **fields)
        assert (refused.status, refused.one("h1").string) == (400, "This form can't be used any more")
    assert john.post("/sign-out", **fields).status == 400
    assert site.value("select count(*) from handoff.sign_in_links") == before
    assert is_signed_in(john) and not is_signed_in(visitor)
    assert visitor.submit(visitor.get(link)).status == 303


# The mail server


def test_the_login_of_the_mail_server_is_used(
    make_site: Callable[..., Site], smtp: str, mailbox: Mailbox, sent: Callable[[], None]
) -> None:
    site = make_site(smtp_url=f"smtp://school:p%40ss@{smtp}", mail_from=FROM)
    ask(site.visitor(), site.student().email)
    sent()
    assert mailbox.logins == [(b"school", b"p@ss")] and len(mailbox.mails) == 1


def test_a_password_never_crosses_a_network_in_the_clear(
    make_site: Callable[..., Site],
    smtp: str,
    mailbox: Mailbox,
    sent: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(mail, "LOOPBACK", ())  # as if the server, which offers no STARTTLS, stood elsewhere
    site = make_site(smtp_url=f"smtp://school:hunter2@{smtp}", mail_from=FROM)
    ask(site.visitor(), site.student().email)
    sent()
    assert mailbox.logins == [] and mailbox.mails == []
    assert "a mail could not be sent: SMTPNotSupportedError" in caplog.text


def test_a_mail_server_that_is_away_or_refuses_is_logged_without_link_or_address(
    make_site: Callable[..., Site],
    smtp: str,
    mailbox: Mailbox,
    sent: Callable[[], None],
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    mailbox.refuses = True
    caplog.set_level(logging.DEBUG)
    for url in (f"smtp://{smtp}", f"smtp://{HOST}:{free_port()}"):
        site = make_site(smtp_url=url, mail_from=FROM, print_links=True)
        john = site.student()
        assert ask(site.visitor(), john.email).status == 200
    sent()
    logged = caplog.text + "".join(capsys.readouterr())
    assert logged.count("a mail could not be sent: ") == 2
    assert "/sign-in/" not in logged and "test.example" not in logged and john.email not in logged


def test_without_a_mail_server_the_log_says_so_and_holds_no_link(
    site: Site, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    john = site.student()
    assert ask(site.visitor(), john.email).status == 200
    logged = caplog.text + "".join(capsys.readouterr())
    assert "SMTP_URL is not set: no mail can be sent" in logged
    assert "/sign-in/" not in logged and john.email not in logged


def test_links_are_printed_only_when_the_operator_asks_for_it(
    make_site: Callable[..., Site], caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    site = make_site(print_links=True)
    john, visitor = site.student(), site.visitor()
    ask(visitor, john.email)
    link = re.search(r"http://127\.0\.0\.1:8000(/sign-in/\S+)", capsys.readouterr().out)
    assert link and link[1] not in caplog.text
    assert visitor.submit(visitor.get(link[1])).status == 303
