"""The session of who is signed in: its cookies, how long it lasts, and how it ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.pages.session import COOKIE, digest
from tests.pages.signing_in import is_signed_in, new_link
from tests.world.site import Page, Site


@pytest.mark.parametrize(("base_url", "secure"), [("https://handoff.example", True), ("http://127.0.0.1:8000", False)])
def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(
    make_site: Callable[..., Site], base_url: str, secure: bool
) -> None:
    site = make_site(base_url=base_url)
    visitor = site.visitor()
    form = visitor.get(new_link(site, site.student().email))
    done = visitor.submit(form)
    cookies = [*form.response.headers.getlist("Set-Cookie"), *done.response.headers.getlist("Set-Cookie")]
    kept = [cookie for cookie in cookies if "Max-Age=0" not in cookie]
    prefix = "__Host-" if secure else ""
    assert {cookie.split("=")[0] for cookie in kept} == {prefix + COOKIE, prefix + "handoff_form"}
    for cookie in kept:
        attributes = cookie.split("; ")[1:]
        assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(attributes)
        assert ("Secure" in attributes) == secure
        assert not [attribute for attribute in attributes if attribute.startswith("Domain")]
    (session,) = [cookie for cookie in kept if cookie.startswith(prefix + COOKIE)]
    assert "Max-Age=43200" in session
    token = session.split(";")[0].removeprefix(f"{prefix}{COOKIE}=")
    assert len(token) >= 43
    assert site.value("select s.session_hash from handoff.sessions as s") == digest(token)


@pytest.mark.parametrize(("seconds", "signed_in"), [(12 * 3600 - 1, True), (12 * 3600, False)])
def test_the_session_is_over_after_12_hours(site: Site, seconds: int, signed_in: bool) -> None:
    visitor = site.visitor()
    visitor.submit(visitor.get(new_link(site, site.student().email)))
    site.travel(seconds=seconds)
    page = visitor.get("/student/progress")
    assert (page.status == 200, page.location) == (signed_in, None if signed_in else "/sign-in?next=/student/progress")


def test_signing_out_ends_the_session_in_the_database_too(site: Site) -> None:
    visitor = site.visitor()
    visitor.submit(visitor.get(new_link(site, site.student().email)))
    cookie = visitor.client.get_cookie(COOKIE, domain="127.0.0.1")
    assert cookie
    out = visitor.submit(visitor.get("/student/progress"), "header form")
    assert (out.status, out.location) == (303, "/sign-in")
    assert visitor.client.get_cookie(COOKIE, domain="127.0.0.1") is None and not is_signed_in(visitor)
    visitor.client.set_cookie(COOKIE, cookie.value, domain="127.0.0.1")
    assert not is_signed_in(visitor)
    assert site.value("select count(*) from handoff.sessions") == 0


def test_no_form_outlives_signing_in_or_out(site: Site) -> None:
    def token(page: Page) -> str:
        return str(page.soup.select("input[name=csrf_token]")[0]["value"])

    visitor, john = site.visitor(), site.student()
    before = visitor.get(new_link(site, john.email))
    visitor.submit(before)
    assert visitor.post("/sign-out", csrf_token=token(before)).status == 400
    within = visitor.get("/student/progress")
    visitor.submit(within, "header form")
    assert visitor.post("/sign-in", email=john.email, csrf_token=token(within)).status == 400


def test_signing_out_here_leaves_another_device_signed_in(site: Site) -> None:
    john, phone, desk = site.student(), site.visitor(), site.visitor()
    for token, device in (("one", phone), ("two", desk)):
        device.submit(device.get(new_link(site, john.email, token)))
    desk.submit(desk.get("/student/progress"), "header form")
    assert is_signed_in(phone) and not is_signed_in(desk)


def test_a_link_to_sign_out_does_nothing(site: Site) -> None:
    john = site.student()
    john.sign_in()
    page = john.get("/sign-out")
    assert page.status == 405 and "POST" in page.response.headers["Allow"]
    assert is_signed_in(john)


def test_a_made_up_cookie_is_nobody(site: Site) -> None:
    site.student().sign_in()
    for cookie in ("", "x", "t" * 43, "é", "a" * 3000):
        visitor = site.visitor()
        visitor.client.set_cookie(COOKIE, cookie, domain="127.0.0.1")
        assert not is_signed_in(visitor), cookie
