"""/admin/dashboard: that no worker is at work, where one is needed."""

from __future__ import annotations

from tests.pages.signing_in import ask
from tests.world.site import Person, Site

PATH = "/admin/dashboard"
SAID = "No background worker has been at work since"


def test_a_worker_that_is_missed_is_told_of_until_one_looks(site: Site, ada: Person) -> None:
    site.db.execute("update handoff.trail_readers set seen_at = '2020-01-01'")
    assert SAID not in ada.get(PATH).text, "no partner is told of anybody"
    ask(site.visitor(), ada.email)
    site.travel(minutes=6)
    assert SAID in ada.get(PATH).text, "a mail waits"
    site.db.execute("delete from handoff.outbox")
    assert SAID not in ada.get(PATH).text
    site.db.execute("update handoff.partners set enroll_url = 'https://hsi.example/' where slug = 'hsi'")
    page = ada.get(PATH)
    assert SAID in page.text
    assert "make worker" in page.text
    site.db.execute("select from handoff.mark_trail()")
    assert SAID not in ada.get(PATH).text
