"""A student whom a partner refused: the dashboard leads to why, and the partner is told again."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.pages.dashboard import HSI, PATH, items, refuse
from tests.world.site import Person, Site

AGAIN = "#again"


def test_the_dashboard_leads_to_what_was_refused_and_why(site: Site, john: Person, ada: Person) -> None:
    enrollment = refuse(site, john)
    site.sweep()
    dashboard = ada.get(PATH)
    assert f"was not taken by {HSI}" in items(dashboard, "queue")[0]
    link = dashboard.one(f"#do-1-refused-{enrollment}")["href"]
    assert link == f"/admin/enrollments/{enrollment}/refused"
    page = ada.get(str(link))
    assert page.section("John Student") == (
        f"{HSI} was told of this student for Certified Nursing Assistant (CNA), and answered with status 422."
        " The message was given up after 1 attempt, on 2 March 2026, 09:00 UTC."
        f" What was noted: answered 422 Write to {john.email}"
    )


def test_told_again_the_student_is_stuck_no_more(site: Site, john: Person, ada: Person) -> None:
    page = ada.get(f"/admin/enrollments/{refuse(site, john)}/refused")
    answer = ada.submit(page, AGAIN, reason="They know him now.")
    assert (answer.status, answer.location) == (303, PATH)
    site.sweep()
    dashboard = ada.get(PATH)
    assert "The partner is told again within seconds." in dashboard.text
    assert items(dashboard, "queue") == []
    assert site.value("select o.status from handoff.outbox as o") == "pending"
    assert site.value("select a.reason from handoff.acts as a where a.act = 'sent_again'") == "They know him now."


def test_without_a_reason_nothing_is_sent_and_what_was_typed_stays(site: Site, john: Person, ada: Person) -> None:
    page = ada.get(f"/admin/enrollments/{refuse(site, john)}/refused")
    answer = ada.submit(page, AGAIN, reason=" ")
    assert (answer.status, answer.texts("#error")) == (
        400,
        ["Nothing was changed. Please say why, in 1 to 1000 characters."],
    )
    answer = ada.submit(page, AGAIN, reason="y" * 1001)
    assert answer.status == 400 and str(answer.one("#why")["value"]).startswith("yyy")
    assert site.value("select o.status from handoff.outbox as o") == "dead"


def test_a_second_admin_is_told_that_it_was_done(site: Site, john: Person, ada: Person) -> None:
    page = ada.get(f"/admin/enrollments/{refuse(site, john)}/refused")
    ada.submit(page, AGAIN, reason="They know him now.")
    answer = ada.submit(page, AGAIN, reason="They know him now.")
    assert (answer.status, answer.soup.select(AGAIN)) == (409, [])
    assert "The message was sent or is under way by now" in answer.text


@pytest.mark.parametrize("message", ["", "x", str(uuid4())])
def test_a_message_that_is_none_is_not_found(site: Site, john: Person, ada: Person, message: str) -> None:
    page = ada.get(f"/admin/enrollments/{refuse(site, john)}/refused")
    assert ada.submit(page, AGAIN, message=message, reason="why").status == 404


def test_an_enrollment_of_which_nothing_was_refused_has_no_such_page(john: Person, ada: Person) -> None:
    assert ada.get(f"/admin/enrollments/{john.enroll('cna')}/refused").status == 404
