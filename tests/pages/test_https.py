"""Behind https: the browser stays with https, and takes no cookie of ours from another host of the same domain."""

from __future__ import annotations

from collections.abc import Callable
from http.cookies import SimpleCookie

import pytest

from app.pages.session import COOKIE, digest
from tests.pages.signing_in import is_signed_in, new_link
from tests.world.site import Site, Visitor

BASE_URL = "https://handoff.example"


def signed_in(site: Site) -> Visitor:
    """A new student who has used a link."""
    visitor = site.visitor()
    assert visitor.submit(visitor.get(new_link(site, site.student().email))).status == 303
    return visitor


def test_signing_in_and_out_works_with_the_cookies_of_https(make_site: Callable[..., Site]) -> None:
    site = make_site(base_url=BASE_URL)
    visitor = signed_in(site)
    assert is_signed_in(visitor)
    out = visitor.submit(visitor.get("/student/progress"), "header form")
    gone = SimpleCookie(out.response.headers["Set-Cookie"])[f"__Host-{COOKIE}"]
    assert (gone["path"], gone["secure"], gone["domain"]) == ("/", True, "")
    assert not is_signed_in(visitor)
    assert site.value("select count(*) from handoff.sessions") == 0


def test_a_session_that_another_host_planted_is_not_looked_at(make_site: Callable[..., Site]) -> None:
    site = make_site(base_url=BASE_URL)
    thief, victim = site.student(), site.visitor()
    site.value("select handoff.request_sign_in(%s, %s)", thief.email, digest("link"))
    assert site.value("select handoff.complete_sign_in(%s, %s)", digest("link"), digest("session"))
    victim.client.set_cookie(COOKIE, "session", domain="handoff.example")  # without the prefix any host may set it
    assert not is_signed_in(victim)
    victim.client.set_cookie(f"__Host-{COOKIE}", "session", domain="handoff.example")
    assert is_signed_in(victim)


@pytest.mark.parametrize("path", ["/sign-in", "/no-such-page", "/static/handoff.css", "/healthz"])
def test_a_browser_is_told_to_stay_with_https_when_we_are_there(make_site: Callable[..., Site], path: str) -> None:
    told = make_site(base_url=BASE_URL).visitor().get(path).response.headers["Strict-Transport-Security"]
    assert told == "max-age=31536000"
    assert "Strict-Transport-Security" not in make_site().visitor().get(path).response.headers
