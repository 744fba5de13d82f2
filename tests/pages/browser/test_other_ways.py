"""The pages in a real browser, by the keyboard alone and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.pages.browser.driver import ADMIN, EVENTS, STUDENT, expect, sign_in_link, wait_for_many
from tests.world.site import Person, Site

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page


def test_signing_in_and_out_takes_nothing_but_a_keyboard(
    live: Site, john: Person, browse: Callable[..., BrowserContext], capsys: pytest.CaptureFixture[str]
) -> None:
    page = browse(width=390).new_page()
    page.goto(STUDENT)
    focused = "document.activeElement.id || document.activeElement.innerText"
    way = []
    for _ in range(3):
        page.keyboard.press("Tab")
        way.append(page.evaluate(focused))
    assert way == ["Skip to the content", "Handoff", "email"]
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.type(john.email)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Look into your mail")
    live.mail()
    link = re.search(r"http://\S+/sign-in/\S+", capsys.readouterr().out)
    assert link
    page.goto(link[0])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(STUDENT + "$"))
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Sign in")


def test_everything_works_without_javascript(
    live: Site, john: Person, ada: Person, browse: Callable[..., BrowserContext]
) -> None:
    john.enroll("cpr-first-aid")
    page = browse(java_script_enabled=False).new_page()
    page.goto(sign_in_link(live, john))
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("article")).to_contain_text("0 of 1 partner complete")
    expect(page.locator("#live-pause")).to_be_hidden()
    assert page.locator("meta[http-equiv=refresh]").get_attribute("content") == "60"
    page.get_by_role("link", name="Stop renewing this page every minute").click()
    expect(page.get_by_role("link", name="Renew this page every minute")).to_be_visible()
    expect(page.locator("meta[http-equiv=refresh]")).to_have_count(0)
    live.send("hsi", "course.completed", john)
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the certificate (PDF)").click()
    assert download.value.suggested_filename.endswith(".pdf")
    page.get_by_role("link", name="Page that proves it is genuine").click()
    expect(page.locator("h2")).to_have_text("This certificate is genuine")
    page.get_by_label("Certificate number").fill("x")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a typing mistake")
    admins = browse(ada, java_script_enabled=False).new_page()
    admins.goto(ADMIN)
    expect(admins.locator("#pipeline-table tbody tr")).to_have_count(5)
    acts_without_javascript(live, john, admins)
    admins.get_by_role("button", name="Sign out", exact=True).click()
    expect(admins.locator("h1")).to_have_text("Sign in")


def acts_without_javascript(site: Site, john: Person, page: Page) -> None:
    """An account is linked, and what is due is tried, with buttons alone."""
    site.send("milady", "course.completed", "milady-1")
    wait_for_many(site, john, 2)
    page.goto(EVENTS + "?reason=unknown_student")
    page.get_by_role("link", name="Look at event").click()
    page.get_by_label("Name or e-mail address").fill("john")
    page.locator("#find-form").get_by_role("button", name="Find").click()
    page.get_by_text("Link to John Student", exact=True).click()
    page.get_by_role("button", name="Yes, link to John Student").click()
    expect(page.get_by_role("status")).to_contain_text("The account is linked.")
    page.goto(EVENTS)
    page.get_by_role("link", name="Try them now").click()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#progress")).to_contain_text("2 events tried, 2 of them applied.")
