"""Signing in by a link in a mail: the whole way, and what the link is good for."""

from __future__ import annotations

import pytest

from app.pages.session import digest
from tests.pages.mailbox import FROM, Mailbox, link_in, text_of
from tests.pages.signing_in import ask, is_signed_in, new_link
from tests.world.site import Page, Site

# The whole way


def test_from_a_page_through_the_mail_back_to_the_page(school: Site, mailbox: Mailbox) -> None:
    john = school.student("John Student")
    visitor = school.visitor()
    turned_away = visitor.get("/student/certificates/some.pdf")
    assert turned_away.status == 302
    page = ask(visitor, f"  {john.email.upper()} ", str(turned_away.location))
    assert (page.status, page.one("h1").string) == (200, "Look into your mail")
    school.mail()
    (message,) = mailbox.mails
    assert (message["To"], message["From"]) == (john.email, FROM)
    assert message["Subject"] == "Your link to sign in to Handoff"
    assert message["Message-ID"].endswith("@handoff.example>") and message["Date"]
    assert "The link works once, for 15 minutes." in text_of(message)
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


def test_the_database_and_the_cookie_of_the_form_never_hold_the_link(school: Site, mailbox: Mailbox) -> None:
    john = school.student()
    ask(school.visitor(), john.email)
    school.mail()
    token = link_in(mailbox.mails[0]).removeprefix("/sign-in/")
    assert len(token) >= 43
    stored = school.db.execute("select * from handoff.sign_in_links").fetchall()
    assert [row["token_hash"] for row in stored] == [digest(token)]
    mail = school.db.execute("select * from handoff.outbox").fetchall()
    assert "%THE-LINK-TO-SIGN-IN%" in str(mail) and "Open this link" in str(mail)
    assert token not in str(stored) + str(mail)


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


def test_the_link_is_ours_whatever_host_the_request_was_sent_to(school: Site, mailbox: Mailbox) -> None:
    client = school.app.test_client()
    evil = {"base_url": "https://evil.example", "headers": {"X-Forwarded-Host": "evil.example"}}
    token = Page(client.get("/sign-in", **evil)).one("input[name=csrf_token]")["value"]
    client.post("/sign-in", data={"csrf_token": token, "email": school.student().email}, **evil)
    school.mail()
    assert link_in(mailbox.mails[0]) and "evil" not in str(mailbox.mails[0])


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


def test_who_is_disabled_is_out_at_once(school: Site, mailbox: Mailbox) -> None:
    john = school.student()
    john.sign_in()
    school.value("select handoff.disable_profile(handoff.find_profile(%s), 'stolen laptop')", john.email)
    assert not is_signed_in(john)
    assert ask(school.visitor(), john.email).status == 200
    school.mail()
    assert mailbox.recipients == []
