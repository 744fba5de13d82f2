"""An address that somebody else wrote starts nothing and fills in no form: only what a person does here counts."""

from __future__ import annotations

from tests.pages.inbox import PATH, event_page, followed, newest
from tests.world.site import Person, Site


def due(site: Site, john: Person) -> None:
    """An event that could be tried again."""
    site.db.execute("update handoff.partners set status = 'disabled' where slug = 'hsi'")
    site.send("hsi", "course.completed", john)
    site.db.execute("update handoff.partners set status = 'active' where slug = 'hsi'")


def test_a_link_starts_no_replay(site: Site, ada: Person, john: Person) -> None:
    due(site, john)
    for query in ("", "?run=1", "?run=1&total=1&idle=1"):
        assert not ada.get(f"/admin/replay{query}").one("#progress").has_attr("data-running")


def test_a_press_starts_it_and_lasts_for_one_look(site: Site, ada: Person, john: Person) -> None:
    due(site, john)
    page = followed(ada, ada.submit(ada.get(PATH), "#again form"))
    assert page.one("#progress").has_attr("data-running")
    assert not ada.get("/admin/replay").one("#progress").has_attr("data-running")


def test_a_link_ticks_no_step_and_types_no_reason(site: Site, ada: Person, john: Person) -> None:
    john.enroll("cna")
    john.enroll("cna-wrg")
    assert site.send("hsi", "course.completed", john) == "parked:ambiguous"
    receipt = newest(site)
    step = ada.get(event_page(receipt)).soup.select("#assign input[type=radio]")[0]["value"]
    page = ada.get(f"{event_page(receipt)}?step={step}&reason=Checked+with+the+dean")
    assert not page.soup.select("#assign input[checked]")
    assert "dean" not in str(page.soup)


def test_what_was_typed_is_kept_when_it_is_refused(site: Site, ada: Person, john: Person) -> None:
    john.enroll("cna")
    john.enroll("cna-wrg")
    site.send("hsi", "course.completed", john)
    receipt = newest(site)
    page = ada.get(event_page(receipt))
    step = str(page.soup.select("#assign input[type=radio]")[0]["value"])
    refused = ada.submit(page, "#assign form", step=step, reason=" ")
    assert refused.status == 400 and [one["value"] for one in refused.soup.select("#assign input[checked]")] == [step]
