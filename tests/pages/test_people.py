"""A student's page for the office: who, what can be done, how far, and all that happened."""

from __future__ import annotations

from collections.abc import Callable

from app.pages.acts.catalogue import ACT
from app.pages.mails.catalogue import NOT_MAILED
from tests.world.site import Person, Site


def acts_in(page_texts: list[str]) -> set[str]:
    """The names of the acts that are offered."""
    return {text.split(":")[0] for text in page_texts}


def test_it_shows_who_how_far_and_what_can_be_done(site: Site, ada: Person, john: Person) -> None:
    john.enroll("medical-assistant")
    site.send("hsi", "course.completed", john)
    page = ada.get(f"/admin/students/{john.id}")
    assert page.texts("h1") == ["John Student"] and john.email in page.text
    assert "1. Health & Safety Institute ✓ Completed".replace("✓ ", "") in page.text
    assert page.one("#main-act").text == "Write to John Student"
    names = {ACT[act].name for act in ("hold", "withdraw", "complete", "skip", "fail", "reopen", "correct", "erase")}
    assert names <= acts_in(page.texts(".acts a"))
    history = page.section("What happened")
    assert "Health & Safety Institute: completed" in history and "reported by the partner" in history
    assert "Health & Safety Institute sent course.completed" in history


def test_it_waits_for_approval_first(site: Site, ada: Person, john: Person) -> None:
    site.db.execute("update handoff.programs set requires_approval = true where slug = 'cna'")
    john.enroll("cna")
    assert ACT["approve"].name in ada.get(f"/admin/students/{john.id}").one("#main-act").text


def test_it_goes_on_where_the_page_ends(site: Site, ada: Person, john: Person) -> None:
    enrollment = john.enroll("cna")
    for n in range(30):
        ada.act("hold_enrollment", enrollment, f"hold {n}")
        ada.act("resume_enrollment", enrollment, f"again {n}")
    page = ada.get(f"/admin/students/{john.id}")
    assert "“again 29”" in page.text and "“hold 0”" not in page.text
    [older] = [link["href"] for link in page.soup.select("#history .button")]
    assert "“hold 0”" in ada.get(str(older)).section("What happened before")


def test_who_was_merged_leads_to_who_stays(site: Site, ada: Person, john: Person) -> None:
    twin = site.student("Jon Student")
    ada.act("merge_profiles", twin.id, john.id, "the same")
    assert ada.get(f"/admin/students/{twin.id}").location == f"/admin/students/{john.id}"


def test_who_is_forgotten_has_no_name(ada: Person, john: Person) -> None:
    ada.act("erase_profile", john.id, "asked for it")
    page = ada.get(f"/admin/students/{john.id}")
    assert "This person was forgotten" in page.text and "John" not in page.text and "erased.invalid" not in page.text


def test_what_there_is_not_is_404(site: Site, ada: Person) -> None:
    assert ada.get(f"/admin/students/{site.value('select gen_random_uuid()')}").status == 404
    assert ada.get("/admin/students/x").status == 404
    assert ada.get(f"/admin/students/{ada.id}?before=x").status == 404


def test_a_student_sees_no_such_page(john: Person) -> None:
    assert john.get(f"/admin/students/{john.id}").status == 403


def test_a_mail_that_nobody_got_is_not_said_to_be_sent(make_site: Callable[..., Site]) -> None:
    site = make_site(print_links=True)
    ada, john = site.admin(), site.student()
    john.enroll("cna")
    site.db.execute("select handoff.follow_trail(m.last_id, '3', 100000) from handoff.mark_trail() as m")
    site.mail()
    assert "Enrolled" in ada.get(f"/admin/students/{john.id}").section("What happened")
    assert NOT_MAILED.word in ada.get(f"/admin/students/{john.id}").section("What happened")
