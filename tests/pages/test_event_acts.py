"""What an admin can do with an event: link its account, name its step, set it aside, undo."""

from __future__ import annotations

from uuid import uuid4

from tests.pages.inbox import HSI, PATH, event_page, followed, newest, notice, outcome
from tests.world.site import Person, Site

# Linking


def test_a_student_is_found_by_name_or_address_and_linked(site: Site, ada: Person, john: Person) -> None:
    enrollment = john.enroll("cpr-first-aid")
    for _ in range(2):
        site.send("hsi", "course.completed", "hsi-1")
    receipt = newest(site)
    nobody = ada.get(event_page(receipt, "?find=nobody%25"))
    assert nobody.text.count("No student has this") == 1
    for text in ("STUDENT", john.email):
        page = ada.get(event_page(receipt, f"?find={text}"))
        assert page.texts("#link h3") == ["John Student"]
        assert john.email in page.text and "CPR &amp; First Aid" in str(page.soup)
    assert "A wrong link can be taken back, with all that rests on it." in page.text
    after = followed(ada, ada.submit(page, "#link li form"))
    assert notice(after) == "The account is linked. 2 events that waited for it could be applied."
    assert after.section("What became of it").startswith("Nothing to do The step was completed before.")
    assert site.value("select e.status from handoff.enrollments as e where e.id = %s", enrollment) == "completed"
    assert not after.soup.select("#link, #assign, #replay")


def test_an_account_of_somebody_else_is_not_moved_and_nothing_is_lost(site: Site, ada: Person, john: Person) -> None:
    site.send("hsi", "course.completed", "hsi-1")
    receipt = newest(site)
    page = ada.get(event_page(receipt, "?find=John"))
    ada.act("link_partner_account", "hsi", "hsi-1", site.student("Jane").id)
    refused = ada.submit(page, "#link li form")
    assert refused.status == 409
    assert "a link is never moved" in refused.one("#error").text
    gone = ada.submit(page, "#link li form", student="no id")
    assert (gone.status, "no such student" in gone.one("#error").text) == (404, True)


def test_an_id_that_looks_like_a_linked_one_says_whose_that_is(site: Site, ada: Person, john: Person) -> None:
    site.value("select handoff.link_partner_account('hsi', 'José-1', %s)", john.id)
    site.send("hsi", "course.completed", "JOSE-1")
    told = f"It looks like Jos\\xe9-1, linked to John Student ({john.email})."
    assert ada.get(event_page(newest(site))).texts("#likenesses li") == [told]
    site.send("hsi", "course.completed", "someone else")
    assert not ada.get(event_page(newest(site))).soup.select("#likenesses")


# Assigning


def test_the_step_that_an_event_means_can_be_named(site: Site, ada: Person, john: Person) -> None:
    cna = john.enroll("cna")
    site.travel(minutes=1)
    emt = john.enroll("emt")
    site.send("hsi", "course.completed", john)
    receipt = newest(site)
    page = ada.get(event_page(receipt))
    assert [text.split(",")[0] for text in page.texts("#assign label.choice")] == [
        "Emergency Medical Technician (EMT)",
        "Certified Nursing Assistant (CNA)",
    ]
    assert page.texts("#assign label.choice")[1].endswith("In progress Enrolled on 2 March 2026: in progress")
    after = followed(ada, ada.submit(page, "#assign form", step=str(site.step(cna, 1)), reason="asked HSI"))
    assert notice(after) == "The event was tried. Applied: The step is completed."
    assert "At first it was parked: It fits more than one step." in after.text
    history = after.section("What came of it, and who did it")
    assert "Step: in progress → completed, reported by the partner: asked HSI" in history and "by Ada Admin" in history
    statuses = (
        "select string_agg(s.status, ' ' order by s.sequence_order)"
        " from handoff.enrollment_steps as s where s.enrollment_id = %s"
    )
    assert (site.value(statuses, cna), site.value(statuses, emt)) == ("completed in_progress", "in_progress pending")


def test_what_was_typed_is_kept_when_it_is_refused(site: Site, ada: Person, john: Person) -> None:
    held = john.enroll("cna")
    ada.act("hold_enrollment", held, "on leave")
    john.enroll("emt")
    site.send("hsi", "course.completed", john, completed_at="2020-01-01T00:00:00Z")
    receipt = newest(site)
    assert outcome(site, receipt) == "parked:ambiguous"
    page, step = ada.get(event_page(receipt)), str(site.step(held, 1))
    refused = ada.submit(page, "#assign form", step=step, reason="it is <this> one")
    assert (refused.status, refused.one("#why")["value"]) == (409, "it is <this> one")
    assert refused.one("#assign input[checked]")["value"] == step
    assert "resume it first" in refused.one("#error").text
    for fields, status in (
        ({"step": step, "reason": " "}, 400),
        ({"step": step, "reason": "x" * 1001}, 400),
        ({"step": "no id", "reason": "why"}, 404),
        ({"step": str(uuid4()), "reason": "a\x00b"}, 404),
        ({}, 400),
    ):
        assert ada.submit(page, "#assign form", **fields).status == status
    assert outcome(site, receipt) == "parked:ambiguous"


def test_an_event_without_a_step_says_why_there_is_none(site: Site, ada: Person, john: Person) -> None:
    site.send("hsi", "course.completed", john)
    section = ada.get(event_page(newest(site))).section("Which step does it mean?")
    assert section == f"John Student has no step with {HSI}."


# Undoing


def test_an_event_is_set_aside_and_taken_up_again(site: Site, ada: Person) -> None:
    site.send("hsi", "course.completed", "a test")
    page = ada.get(event_page(newest(site)))
    after = followed(ada, ada.submit(page, "#aside", reason="a test of theirs"))
    assert notice(after).startswith("The event is set aside.")
    assert "set aside: a test of theirs" in after.section("What came of it, and who did it")
    assert not after.soup.select("#aside") and "no-account" not in ada.get(PATH).text
    again = followed(ada, ada.submit(after, "#replay"))
    assert notice(again).startswith("The event was tried. Parked:") and again.soup.select("#aside")


def test_an_account_is_taken_back_from_the_wrong_student(site: Site, ada: Person, john: Person) -> None:
    cna = john.enroll("cna")
    ada.act("link_partner_account", "hsi", "h-1", john.id)
    assert site.send("hsi", "course.completed", "h-1") == "accepted:completed"
    page = ada.get(event_page(newest(site)))
    after = followed(ada, ada.submit(page, "#unlink form", reason="the other Patel"))
    assert notice(after) == "The account is nobody's any more. 1 event of it wait for the right student."
    assert after.soup.select("#link")
    status = "select s.status from handoff.enrollment_steps as s where s.id = %s"
    assert site.value(status, site.step(cna, 1)) == "in_progress"


def test_a_completion_whose_step_was_opened_again_can_be_tried_and_assigned(
    site: Site, ada: Person, john: Person
) -> None:
    cna = john.enroll("cna")
    assert site.send("hsi", "course.completed", john) == "accepted:completed"
    receipt = newest(site)
    assert not ada.get(event_page(receipt)).soup.select("#replay, #assign")
    ada.act("reopen_step", site.step(cna, 1), "by mistake")
    page = ada.get(event_page(receipt))
    assert page.soup.select("#assign")
    assert notice(followed(ada, ada.submit(page, "#replay"))) == "The event was tried. Applied: The step is completed."


# Whose it most likely is


def test_students_are_proposed_the_likeliest_first_with_why(site: Site, ada: Person) -> None:
    priya, raj = site.student("Priya Patel"), site.student("Raj Patel")
    for student in (raj, priya):
        student.enroll("cna")
    site.student("Una Patel")
    site.sweep()
    site.travel(days=1)
    site.send("hsi", "course.completed", "PP-7", student_name="Priya Patel")
    page = ada.get(event_page(newest(site)))
    assert page.texts("#likely h4") == ["Priya Patel", "Raj Patel", "Una Patel"]
    first, _, last = page.texts("#likely li > p:first-of-type")
    assert first == f"Is with {HSI} now. Its name, address or id is alike. Since 2 March 2026."
    assert last == (
        f"Has nothing in progress with {HSI}. Its name, address or id is alike. Was not enrolled when it happened."
    )
    assert not ada.get(event_page(newest(site), "?find=Raj")).soup.select("#likely")
    after = followed(ada, ada.submit(page, "#likely li:first-child form"))
    assert notice(after) == "The account is linked. 1 event that waited for it could be applied."


def test_after_a_link_the_next_account_comes_and_after_the_last_today(site: Site, ada: Person, john: Person) -> None:
    john.enroll("cpr-first-aid")
    for account in ("h-1", "h-2"):
        site.send("hsi", "course.completed", account)
        site.travel(minutes=1)
    second = newest(site)
    first = site.value("select e.receipt from handoff.partner_events as e where e.external_student_id = 'h-1'")
    page = ada.get(event_page(first, "?find=John"))
    answer = ada.submit(page, "#link li form", go_on="1")
    assert (answer.status, answer.location) == (303, event_page(second, "#link"))
    after = ada.get(event_page(second))
    assert notice(after) == "The account is linked. 1 event that waited for it could be applied."
    answer = ada.submit(ada.get(event_page(second, "?find=John")), "#link li form", go_on="1")
    assert (answer.status, answer.location) == (303, "/admin/dashboard")
