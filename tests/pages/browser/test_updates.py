"""In a real browser the pages keep themselves up to date."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.pages.browser.driver import ADMIN, EVENTS, STUDENT, expect, wait_for_many
from tests.world.site import Person, Site

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page


TICK = 15_100  # milliseconds until the page has looked for news


# Figures


def opened(context: BrowserContext, path: str) -> Page:
    """The page, with its clock in the test's hand and a mark that a reload would wipe away."""
    page = context.new_page()
    page.clock.install()
    page.goto(path)
    page.evaluate("window.mark = 'the same page'")
    return page


def test_the_students_page_shows_an_event_without_a_reload(
    live: Site, john: Person, browse: Callable[..., BrowserContext]
) -> None:
    john.enroll("medical-assistant")
    page = opened(browse(john), STUDENT)
    expect(page.locator("article")).to_contain_text("0 of 3 partners complete")
    expect(page.locator("#live-status")).to_have_text("This page keeps itself up to date.")
    live.send("hsi", "course.completed", john)
    page.clock.run_for(TICK)
    expect(page.locator("article")).to_contain_text("1 of 3 partners complete")
    expect(page.locator("li.now")).to_contain_text("Certiport")
    expect(page.locator("#live-status")).to_contain_text("Updated at ")
    assert page.evaluate("window.mark") == "the same page"


def test_the_admins_page_shows_an_event_without_a_reload(
    live: Site, john: Person, ada: Person, browse: Callable[..., BrowserContext]
) -> None:
    john.enroll("medical-assistant")
    page = opened(browse(ada), ADMIN)
    figures = page.locator(".figures li")
    expect(figures).to_contain_text(["0 overdue", "0 events", "0 certified"])
    live.send("hsi", "course.completed", john)
    live.send("hsi", "course.completed", "hsi-1")
    page.clock.run_for(TICK)
    expect(figures).to_contain_text(["0 overdue", "1 event to look at", "0 certified"])
    expect(page.locator("#advanced")).to_contain_text("1 step started by the system today")
    assert page.evaluate("window.mark") == "the same page"


def test_updates_can_be_paused_and_resumed(live: Site, john: Person, browse: Callable[..., BrowserContext]) -> None:
    john.enroll("medical-assistant")
    page = opened(browse(john), STUDENT)
    page.get_by_role("button", name="Pause updates").click()
    expect(page.locator("#live-status")).to_have_text("Updates are paused.")
    live.send("hsi", "course.completed", john)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.clock.run_for(10 * TICK)
    expect(page.locator("article")).to_contain_text("0 of 3 partners complete")
    assert requests == []
    page.get_by_role("button", name="Resume updates").click()
    expect(page.locator("article")).to_contain_text("1 of 3 partners complete")


def test_an_update_leaves_alone_what_a_reader_has_open_focused_and_scrolled(
    live: Site, john: Person, ada: Person, browse: Callable[..., BrowserContext]
) -> None:
    live.send("hsi", "course.completed", "hsi-1")
    page = opened(browse(ada, width=390), ADMIN)
    page.click("#changes summary")
    page.evaluate("document.querySelector('#pipeline-table').scrollLeft = 120")
    page.focus("#to-events")
    live.send("hsi", "course.completed", "hsi-2")
    page.clock.run_for(TICK)
    expect(page.locator("#to-events")).to_contain_text("2 events to look at")
    expect(page.locator("#to-events")).to_be_focused()
    expect(page.get_by_text("Nothing has changed in the last hour.")).to_be_visible()
    assert page.evaluate("document.querySelector('#pipeline-table').scrollLeft") == 120
    page.focus("#changes summary")
    john.enroll("cna")
    page.clock.run_for(TICK)
    expect(page.get_by_text("made from the program").first).to_be_visible()
    expect(page.locator("#changes summary")).to_be_focused()


def test_nothing_new_is_announced_to_nobody(live: Site, john: Person, browse: Callable[..., BrowserContext]) -> None:
    page = opened(browse(john), STUDENT)
    page.evaluate(
        "window.said = 0; new MutationObserver(() => window.said++)"
        ".observe(document.querySelector('main'), {subtree: true, childList: true, characterData: true})"
    )
    for _ in range(3):
        with page.expect_response("**" + STUDENT) as answer:
            page.clock.run_for(TICK)
        answer.value.finished()
    assert page.evaluate("window.said") == 0


def test_a_server_out_of_reach_and_a_session_that_is_over_are_told(
    live: Site, john: Person, browse: Callable[..., BrowserContext]
) -> None:
    context = browse(john)
    page = opened(context, STUDENT)
    status = page.locator("#live-status")
    context.set_offline(True)
    page.clock.run_for(TICK)
    expect(status).to_contain_text("We can't reach the server. What you see may be old")
    context.set_offline(False)
    page.clock.run_for(TICK)
    expect(status).to_have_text("Up to date again.")
    live.db.execute("delete from handoff.sessions")
    page.clock.run_for(TICK)
    expect(status).to_contain_text("You are signed out.")
    expect(page.locator("h2")).to_have_text("You have no enrollments")


# Trying many events again


def test_many_events_are_tried_while_the_page_shows_how_far_it_is(
    live: Site, john: Person, ada: Person, browse: Callable[..., BrowserContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.pages.inbox.replays.BATCH", 2)
    monkeypatch.setattr("app.pages.inbox.replays.WORK_SECONDS", 0)
    wait_for_many(live, john, 7)
    page = browse(ada).new_page()
    page.goto(EVENTS)
    page.get_by_role("button", name="Try all parked events of this list again").click()
    expect(page.locator("#replay-status")).to_have_text("All events have been tried.")
    expect(page.locator("#progress")).to_contain_text("7 events tried, 7 of them applied.")
    expect(page.locator("#stop")).to_be_hidden()
    assert live.value("select count(*) from handoff.partner_events as e where e.reason = 'progress'") == 7


def test_a_server_out_of_reach_stops_the_page_and_loses_nothing(
    live: Site, john: Person, ada: Person, browse: Callable[..., BrowserContext]
) -> None:
    wait_for_many(live, john, 3)
    context = browse(ada)
    page = context.new_page()
    page.route("**/admin/replay", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.goto(EVENTS)
    page.get_by_role("button", name="Try all parked events of this list again").click()
    expect(page.locator("#replay-status")).to_contain_text("We can't reach the server.")
    page.unroute("**/admin/replay")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("h2")).to_have_text("Finished")
    assert live.value("select count(*) from handoff.partner_events as e where e.reason = 'progress'") == 3
