"""How many sign-in links are mailed: a stranger who asks for somebody's links locks nobody out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.pages.signing_in import ask, is_signed_in
from tests.world.site import Site


@pytest.fixture
def mailed(make_site: Callable[..., Site], capsys: pytest.CaptureFixture[str]) -> tuple[Site, Callable[[], list[str]]]:
    """The pages without a mail server, and mailed(): the paths of the links that would have been mailed since."""
    site = make_site(print_links=True)
    base = str(site.app.config["HANDOFF"].base_url)

    def links() -> list[str]:
        site.mail()
        return [word.removeprefix(base) for word in capsys.readouterr().out.split() if "/sign-in/" in word]

    return site, links


def test_when_no_mail_is_sent_the_mailbox_has_five_good_links(mailed: tuple[Site, Callable[[], list[str]]]) -> None:
    site, links = mailed
    john, stranger, own = site.student(), site.visitor(), site.visitor()
    for _ in range(5):
        ask(stranger, john.email)
    in_the_mailbox = links()
    assert len(in_the_mailbox) == 5
    asked = ask(own, john.email)
    assert asked.status == 200 and links() == []
    assert own.submit(own.get(in_the_mailbox[-1])).status == 303
    assert is_signed_in(own)


def test_a_stranger_locks_nobody_out(mailed: tuple[Site, Callable[[], list[str]]]) -> None:
    site, links = mailed
    john, stranger, own = site.student(), site.visitor(), site.visitor()
    for _ in range(8):
        ask(stranger, john.email)
        ask(stranger, john.email)
        site.travel(minutes=5)
    links()
    site.travel(minutes=15)
    ask(own, john.email)
    (link,) = links()
    assert own.submit(own.get(link)).status == 303


def test_whoever_signed_in_and_out_again_gets_a_link(mailed: tuple[Site, Callable[[], list[str]]]) -> None:
    site, links = mailed
    john, own = site.student(), site.visitor()
    for _ in range(8):
        ask(own, john.email)
        (link,) = links()
        assert own.submit(own.get(link)).status == 303
        assert own.submit(own.get("/student/progress"), "header form").status == 303


def test_the_page_says_what_to_do_when_there_are_several_mails_or_none(site: Site) -> None:
    page = ask(site.visitor(), "nobody@test.example")
    for advice in ("use the newest mail", "Look into the spam folder", "After 15 minutes, ask again"):
        assert advice in page.text
