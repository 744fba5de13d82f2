"""/admin/dashboard and the page of events: how fresh the figures are, and that a page asks for no more than it shows."""

from __future__ import annotations

from tests.world.site import Person, Site

PATH = "/admin/dashboard"
FAR = "select setval('handoff.step_transitions_id_seq', (select last_value from handoff.step_transitions_id_seq) + 200000)"
FOLLOW = "select handoff.follow_figures(%s, '3')"
LAST = "select last_value as id from handoff.step_transitions_id_seq"


def test_figures_that_are_not_of_now_say_of_when_they_are_until_a_worker_has_followed(site: Site, ada: Person) -> None:
    site.enroll(site.student("John Student"), "cna")
    _follow(site)
    assert "Figures as of" not in ada.get(PATH).text
    site.db.execute(FAR)
    site.enroll(site.student("Jane Student"), "cna")
    page = ada.get(PATH)
    assert "Figures as of" in page.text
    assert page.section("Programs").split()[-3:-1] == ["1", "0"]
    _follow(site)
    page = ada.get(PATH)
    assert "Figures as of" not in page.text
    assert page.section("Programs").split()[-3:-1] == ["2", "0"]


def test_the_page_of_events_knows_the_partners_without_any_figure(site: Site, ada: Person) -> None:
    site.db.execute("revoke execute on function handoff.figures_now() from handoff_admin")
    page = ada.get("/admin/events")
    assert page.status == 200
    assert "Health & Safety Institute" in page.one("select[name=partner]").get_text()


def _follow(site: Site) -> None:
    row = site.db.execute(LAST).fetchone()
    site.db.execute(FOLLOW, [row["id"] if row else 0])
