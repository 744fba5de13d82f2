"""The forms of the admin's acts: what will follow is said before, a reason is asked, a refusal is worded."""

from __future__ import annotations

import pytest

from app.pages.acts import catalogue as words
from tests.world.site import Person, Site

ENROLL = "cna"
NOBODY = "8f14e45f-ceea-467f-a8b6-0c0a5d2e4f6b"


@pytest.fixture
def enrollment(john: Person) -> str:
    """John's."""
    return str(john.enroll(ENROLL))


def form(act: str, target: object, **more: str) -> str:
    """The address of a form."""
    return f"/admin/acts/{act}?target={target}" + "".join(f"&{name}={value}" for name, value in more.items())


def status(site: Site, enrollment: str) -> str:
    """Of an enrollment."""
    return str(site.value("select e.status from handoff.enrollments as e where e.id = %s", enrollment))


def test_it_says_what_will_follow_and_changes_nothing(site: Site, ada: Person, enrollment: str) -> None:
    page = ada.get(form("hold", enrollment))
    assert "is on hold: nothing starts until it is resumed." in page.section("What will follow")
    assert "John Student is mailed: on hold." in page.section("What will follow")
    assert status(site, enrollment) == "active"


def test_it_acts_and_leads_back_to_the_student(site: Site, ada: Person, john: Person, enrollment: str) -> None:
    answer = ada.submit(ada.get(form("hold", enrollment)), "#act", reason="on leave")
    assert (answer.status, answer.location) == (303, f"/admin/students/{john.id}")
    assert status(site, enrollment) == "on_hold"
    page = ada.get(str(answer.location))
    assert words.ACT["hold"].done in page.text and "“on leave”" in page.section("What happened")


def test_without_a_reason_nothing_is_done_and_it_says_so(site: Site, ada: Person, enrollment: str) -> None:
    answer = ada.submit(ada.get(form("hold", enrollment)), "#act", reason=" ")
    assert answer.status == 400 and "say why" in answer.texts("#error")[0]
    assert status(site, enrollment) == "active"


def test_the_second_of_two_admins_is_told(site: Site, ada: Person, enrollment: str) -> None:
    bob = site.admin("Bob Admin")
    first, second = ada.get(form("withdraw", enrollment)), bob.get(form("hold", enrollment))
    assert ada.submit(first, "#act", reason="moved away").status == 303
    answer = bob.submit(second, "#act", reason="on leave")
    assert answer.status == 409 and "Something has happened with this student" in answer.texts("#error")[0]
    assert status(site, enrollment) == "withdrawn"


def test_a_step_is_completed_by_hand_on_the_day_of_the_paper(site: Site, ada: Person, enrollment: str) -> None:
    step = site.step(enrollment, 1)  # type: ignore[arg-type]
    page = ada.get(form("complete", step))
    assert "is completed." in page.section("What will follow")
    assert ada.submit(page, "#act", reason="the paper is in the file", completed_on="2026-03-01").status == 303
    day = "select s.partner_completed_at::date::text from handoff.enrollment_steps as s where s.id = %s"
    assert site.value(day, step) == "2026-03-01"


def test_what_is_typed_is_looked_at_before_it_is_done(site: Site, ada: Person, john: Person) -> None:
    page = ada.get(form("enroll", john.id))
    looked = ada.submit(page, "#act", program=ENROLL, look="1")
    follows = looked.section("What will follow")
    assert "begins." in follows and "is mailed: enrolled" in follows
    assert site.value("select count(*) from handoff.enrollments") == 0
    assert ada.submit(looked, "#act", program=ENROLL).status == 303
    assert site.value("select count(*) from handoff.enrollments") == 1


def test_several_are_acted_on_with_one_result_each(site: Site, ada: Person, john: Person, enrollment: str) -> None:
    other = str(site.student("Jane Student").enroll("emt"))
    ada.act("hold_enrollment", other, "before")
    page = ada.get(form("hold", enrollment) + f"&target={other}&next=/admin/students")
    assert page.status == 200 and "Jane Student" in page.text
    token = page.one("#act input[name=csrf_token]")["value"]
    answer = ada.client.post(
        "/admin/acts/hold",
        data={"csrf_token": token, "target": [enrollment, other, NOBODY], "reason": "closed"},
        base_url=str(site.app.config["HANDOFF"].base_url),
    )
    assert answer.status_code == 404, "one that there is not"
    answer = ada.client.post(
        "/admin/acts/resume",
        data={"csrf_token": token, "target": [enrollment, other], "reason": "open again", "next": "/admin/students"},
        base_url=str(site.app.config["HANDOFF"].base_url),
    )
    assert b"2 of 2 done" in answer.data and status(site, other) == "active"


@pytest.mark.parametrize("path", ["dance?target=x", "hold", "hold?target=x", "revoke?target=x"])
def test_what_there_is_not_is_404(ada: Person, path: str) -> None:
    assert ada.get(f"/admin/acts/{path}").status == 404


@pytest.mark.parametrize("act", sorted(words.ACT))
def test_a_student_opens_no_form(john: Person, act: str) -> None:
    assert john.get(form(act, john.id)).status == 403


@pytest.mark.parametrize("act", ["enroll", "link", "unlink", "correct", "disable", "merge", "erase"])
def test_each_form_of_a_person_can_be_opened(ada: Person, john: Person, act: str) -> None:
    page = ada.get(form(act, john.id))
    assert page.status == 200 and page.texts("#act button")[0] == words.ACT[act].button


def test_more_than_a_form_takes_is_refused_and_not_cut_off(ada: Person) -> None:
    assert ada.get("/admin/acts/hold?" + "&".join(["target=x"] * 201)).status == 413
