"""/admin/dashboard and the page of events: how fresh the figures are, and that a page asks for what it shows."""

from __future__ import annotations

from tests.pages.dashboard import PATH, rows
from tests.world.site import Person, Site

FAR = (
    "select setval('handoff.step_transitions_id_seq', s.last_value + 200000) from handoff.step_transitions_id_seq as s"
)
FOLLOW = "select handoff.follow_figures(%s, '3', 1000000)"
LAST = "select last_value as id from handoff.step_transitions_id_seq"


def test_figures_that_are_not_of_now_say_of_when_they_are_until_a_worker_has_followed(site: Site, ada: Person) -> None:
    site.student("John Student").enroll("cna")
    _follow(site)
    assert "Figures as of" not in ada.get(PATH).text
    site.db.execute(FAR)
    site.student("Jane Student").enroll("cna")
    page = ada.get(PATH)
    assert "Figures as of" in page.text
    assert rows(page, "programs-table")[0][1:3] == ("1", "0")
    _follow(site)
    page = ada.get(PATH)
    assert "Figures as of" not in page.text
    assert rows(page, "programs-table")[0][1:3] == ("2", "0")


def test_the_page_of_events_knows_the_partners_without_any_figure(site: Site, ada: Person) -> None:
    site.db.execute("revoke execute on function handoff.figures_now() from handoff_admin")
    page = ada.get("/admin/events")
    assert page.status == 200
    assert "Health & Safety Institute" in page.one("select[name=partner]").get_text()


def _follow(site: Site) -> None:
    row = site.db.execute(LAST).fetchone()
    site.db.execute(FOLLOW, [row["id"] if row else 0])
