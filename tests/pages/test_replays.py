"""Trying events again: one on its page, many in small batches on /admin/replay."""

from __future__ import annotations

import pytest

from app.pages.inbox.replays import BATCH
from tests.pages.inbox import PATH, event_page, followed, newest, notice, rows
from tests.world.site import Person, Site

# One


def test_an_event_is_tried_again_and_what_came_of_it_is_said(site: Site, ada: Person, john: Person) -> None:
    assert site.send("hsi", "course.completed", john) == "parked:no_enrollment"
    receipt = newest(site)
    page = ada.get(event_page(receipt))
    again = followed(ada, ada.submit(page, "#replay"))
    assert notice(again).startswith("The event was tried. Parked: The student has no enrollment with this partner.")
    assert "tried again 2 March 2026, 09:00 UTC · by Ada Admin" in again.section("What came of it, and who did it")
    john.enroll("cpr-first-aid")
    applied = followed(ada, ada.submit(page, "#replay"))
    assert notice(applied) == "The event was tried. Applied: The step is completed."
    once_more = followed(ada, ada.submit(page, "#replay"))
    assert notice(once_more) == "Nothing was done: this event has been dealt with already. The step is completed."
    assert site.value("select count(*) from handoff.certificates") == 1


def test_a_notice_is_told_once(site: Site, ada: Person) -> None:
    site.deliver("hsi", b"[]")
    receipt = newest(site)
    assert notice(followed(ada, ada.submit(ada.get(event_page(receipt)), "#replay")))
    assert not ada.get(event_page(receipt)).soup.select("p.note[role=status]")


# Many


def park(site: Site, john: Person, number: int) -> None:
    """So many events of a disabled partner, which is enabled afterwards; and one that nobody understands."""
    site.db.execute("update handoff.partners set status = 'disabled' where slug = 'jri'")
    for badge in range(number):
        site.send("jri", "module.completed", john, module_id=f"badge-{badge}")
    site.send("hsi", "course.renamed", john)
    site.db.execute("update handoff.partners set status = 'active' where slug = 'jri'")


def test_many_are_tried_in_small_batches_until_none_is_left(site: Site, ada: Person, john: Person) -> None:
    john.enroll("cdl-training")
    park(site, john, 2 * BATCH + 7)
    site.db.execute("update handoff.partner_events set due_at = null")
    page = followed(ada, ada.submit(ada.get(PATH), "#again form"))
    assert page.section(f"{2 * BATCH + 8} events left").startswith(f"0 of {2 * BATCH + 8} events tried.")
    assert page.one("#progress").has_attr("data-running")
    for _ in range(2 * BATCH + 8):
        page = followed(ada, ada.submit(page, "#go-on"))
        if not page.soup.select("#go-on"):
            break
    assert page.section("Finished").startswith(f"{2 * BATCH + 8} events tried, {2 * BATCH + 7} of them applied.")
    assert not page.one("#progress").has_attr("data-running") and not page.soup.select("#stop")
    told = "select count(*) from handoff.partner_events as e where e.status = 'accepted' and e.reason = 'progress'"
    assert site.value(told) == 2 * BATCH + 7
    assert site.value("select s.progress_count from handoff.enrollment_steps as s") == 6  # of six badges
    asked = site.db.execute("select r.act, r.events, r.actor_id from handoff.acts as r").fetchall()
    assert asked == [{"act": "marked_due", "events": 2 * BATCH + 8, "actor_id": ada.id}]


def test_a_batch_is_as_long_as_a_request_may_work(
    site: Site, ada: Person, john: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.pages.inbox.replays.WORK_SECONDS", 0)
    monkeypatch.setattr("app.pages.inbox.replays.BATCH", 3)
    john.enroll("cdl-training")
    park(site, john, 7)
    page = ada.get("/admin/replay")
    assert not page.one("#progress").has_attr("data-running")
    assert site.value("select count(*) from handoff.partner_events where due_at is not null") == 7
    page = followed(ada, ada.submit(page, "#go-on"))
    assert page.section("4 events left").startswith("3 of 7 events tried, 3 of them applied.")
    monkeypatch.setattr("app.pages.inbox.replays.WORK_SECONDS", 60)
    page = followed(ada, ada.submit(page, "#go-on"))
    assert page.section("Finished").startswith("7 events tried, 7 of them applied.")


def test_stopped_the_rest_stays_as_it_is(site: Site, ada: Person, john: Person) -> None:
    john.enroll("cdl-training")
    park(site, john, 3)
    page = followed(ada, ada.submit(ada.get("/admin/replay"), "#stop"))
    assert notice(page) == "Stopped. 3 events stay as they were."
    assert len(rows(page)) == 4
    assert ada.get("/admin/replay").section("Nothing is due") == "No event is due to be tried again."


def test_while_somebody_else_is_at_it_the_page_waits(site: Site, ada: Person, john: Person) -> None:
    park(site, john, 2)
    page = ada.get("/admin/replay")
    with site.db.transaction():
        site.db.execute("select * from handoff.apply_due_events()")
        waiting = followed(ada, ada.submit(page, "#go-on"))
    assert waiting.one("#progress").has_attr("data-idle")
    assert "somebody else is at it" in waiting.text
    assert followed(ada, ada.submit(waiting, "#go-on")).section("Finished").startswith("2 events tried, 0 of them")


def test_nothing_that_fits_is_said(site: Site, ada: Person) -> None:
    site.deliver("hsi", b"[]")
    page = followed(ada, ada.submit(ada.get(PATH), "#again form"))
    assert notice(page) == "There was nothing to try again."


def test_due_events_are_told_and_can_be_tried(site: Site, ada: Person, john: Person) -> None:
    park(site, john, 1)
    page = ada.get(PATH)
    assert page.one("#due").text.count("1 event is due") == 1
    assert str(rows(page)).count("Due to be tried again") == 1
    assert ada.get("/admin/dashboard").text.count("1 event is due to be tried again") == 1


@pytest.mark.parametrize(
    "query", ["?total=x&applied=-1", "?total=" + "9" * 5000, "?run=1&total=%00", "?total=1&applied=9"]
)
def test_figures_in_the_address_decide_nothing(ada: Person, query: str) -> None:
    assert ada.get("/admin/replay" + query).status == 200
