"""What a stranger learns and reaches by the form to sign in: nothing."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from app.pages.session import own_path
from tests.pages.mailbox import Mailbox
from tests.pages.signing_in import ask, is_signed_in, new_link
from tests.world.site import Site

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


# What a stranger can learn


def test_the_answer_is_the_same_for_an_address_that_nobody_knows(school: Site, mailbox: Mailbox) -> None:
    john = school.student()
    visitor = school.visitor()
    form = visitor.get("/sign-in")
    unknown = visitor.submit(form, email="nobody@test.example")
    known = visitor.submit(form, email=john.email)
    assert known.status == unknown.status == 200
    assert str(known.soup).replace(john.email, "X") == str(unknown.soup).replace("nobody@test.example", "X")
    known_headers, unknown_headers = (dict(page.response.headers) | {"Content-Length": ""} for page in (known, unknown))
    assert known_headers == unknown_headers
    school.mail()
    assert [message["To"] for message in mailbox.mails] == [john.email]


def test_a_sixth_link_is_answered_the_same_and_not_sent(school: Site, mailbox: Mailbox) -> None:
    john = school.student()
    visitor = school.visitor()
    answers = {str(ask(visitor, john.email).soup) for _ in range(6)}
    school.mail()
    assert len(answers) == 1 and len(mailbox.mails) == 5


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
