"""/admin/dashboard: that no worker is at work, for five minutes."""

from __future__ import annotations

from tests.world.site import Person, Site

PATH = "/admin/dashboard"
SAID = "No background worker has been at work since"


def test_a_worker_that_is_missed_is_told_of_until_one_looks(site: Site, ada: Person) -> None:
    site.db.execute("update handoff.trail_readers set seen_at = handoff.clock()")
    assert SAID not in ada.get(PATH).text
    site.travel(minutes=6)
    page = ada.get(PATH)
    assert SAID in page.text
    assert "make worker" in page.text
    site.db.execute("select from handoff.mark_trail()")
    assert SAID not in ada.get(PATH).text
