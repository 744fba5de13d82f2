"""/student/progress: what a student sees of every enrollment, in every state, and nothing of anybody else."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import Tag

from tests.world.site import Page, Person, Site, said

PATH = "/student/progress"
HOSTILE = """<script>alert(1)</script> "x' onmouseover='alert(2) &lt;b&gt; {{ 7*7 }} ${x} <!--"""


def cards(page: Page) -> list[Tag]:
    return page.soup.select("article")


def bar(element: Tag) -> tuple[str, str]:
    """The value and the end of the first progress bar."""
    found = element.select_one("progress")
    assert found
    return str(found["value"]), str(found["max"])


def steps(page: Page) -> list[str]:
    """Each step in words."""
    return page.texts("ol.steps > li")


def links(page: Page, text: str) -> list[Tag]:
    return [link for link in page.soup.select("main a") if text in said(link)]


def test_a_visitor_is_sent_to_sign_in_and_comes_back_here_after(site: Site) -> None:
    page = site.visitor().get(PATH)
    assert (page.status, page.location) == (302, "/sign-in?next=/student/progress")


def test_an_admin_gets_403(ada: Person) -> None:
    page = ada.get(PATH)
    assert (page.status, page.one("h1").string) == (403, "This page is not for you")


def test_nothing_enrolled_says_what_to_do(john: Person) -> None:
    page = john.get(PATH)
    assert page.status == 200
    assert page.section("You have no enrollments").startswith("You are not enrolled in a program yet.")
    assert cards(page) == []


def test_a_new_enrollment_shows_the_program_and_the_steps_in_order(site: Site, john: Person) -> None:
    site.db.execute("update handoff.programs set description = 'Learn to help.' where slug = 'medical-assistant'")
    john.enroll("medical-assistant")
    page = john.get(PATH)
    card = page.section("Medical Assistant")
    assert card.startswith("In progress enrolled on 2 March 2026 Learn to help. 0 of 3 partners complete")
    assert page.texts("ol.steps > li h3") == ["1. Health & Safety Institute", "2. Certiport", "3. CareerSafe"]
    assert bar(cards(page)[0]) == ("0", "3")
    first, *others = steps(page)
    assert "In progress started on 2 March 2026" in first
    assert all("Waiting Starts when the step before it is done" in step for step in others)


def test_two_steps_of_one_partner_are_told_apart_by_their_course(site: Site, john: Person) -> None:
    site.db.execute("delete from handoff.program_partners where program_slug = 'barber-apprenticeship'")
    site.db.execute(
        "insert into handoff.program_partners (program_slug, partner_slug, sequence_order, course_ref)"
        " values ('barber-apprenticeship', 'milady', 1, '<cut>'), ('barber-apprenticeship', 'milady', 2, 'color')"
    )
    john.enroll("barber-apprenticeship")
    assert john.get(PATH).texts(".steps h3") == ["1. Milady (<cut>)", "2. Milady (color)"]


def test_enrollments_stand_newest_first(site: Site, john: Person) -> None:
    john.enroll("cna")
    site.travel(days=1)
    john.enroll("cpr-first-aid")
    assert john.get(PATH).texts("article h2") == ["CPR & First Aid", "Certified Nursing Assistant (CNA)"]


def test_a_completed_step_shows_its_day_and_counts(site: Site, john: Person) -> None:
    john.enroll("medical-assistant")
    site.travel(days=3)
    assert site.send("hsi", "course.completed", john) == "accepted:completed"
    page = john.get(PATH)
    assert "1 of 3 partners complete" in page.section("Medical Assistant")
    assert bar(cards(page)[0]) == ("1", "3")
    assert steps(page)[0] == "1. Health & Safety Institute Completed on 5 March 2026"
    assert "Certiport In progress started on 5 March 2026" in steps(page)[1]


def test_launch_training_goes_to_the_partners_own_site_and_is_on_the_step_in_progress_only(
    site: Site, john: Person
) -> None:
    john.enroll("medical-assistant")
    site.send("hsi", "course.completed", john)
    (link,) = links(john.get(PATH), "Launch training")
    assert link["href"] == "https://www.certiport.com/portal/ssl/login.aspx"
    assert (link["target"], link["rel"]) == ("_blank", ["noopener", "noreferrer"])
    assert said(link) == "Launch training with Certiport"


def test_a_partner_without_a_site_of_its_own_tells_the_student_how_to_begin(site: Site, john: Person) -> None:
    site.db.execute("update handoff.partners set launch_url = null, support_email = null where slug = 'hsi'")
    john.enroll("cpr-first-aid")
    page = john.get(PATH)
    assert links(page, "Launch training") == []
    assert "Health & Safety Institute tells you how to begin." in page.text


def test_a_partner_that_has_not_taken_the_student_offers_no_launch(site: Site, john: Person) -> None:
    step = site.step(john.enroll("medical-assistant"), 1)
    site.db.execute("insert into handoff.partner_answers values (%s, null, null, 'https://hsi.example/1')", [step])
    (link,) = links(john.get(PATH), "Launch training")
    assert link["href"] == "https://hsi.example/1"
    site.db.execute("update handoff.partner_answers set refused_at = handoff.clock() where step_id = %s", [step])
    page = john.get(PATH)
    assert links(page, "Launch training") == []
    assert "still clearing up your place with Health & Safety Institute. You need not do anything now." in page.text


def test_the_link_has_the_students_own_details_where_the_partner_takes_them(site: Site, john: Person) -> None:
    site.db.execute(
        "update handoff.partners set launch_url_template = 'https://hsi.example/?m={email}' where slug = 'hsi'"
    )
    john.enroll("cpr-first-aid")
    (link,) = links(john.get(PATH), "Launch training")
    assert link["href"] == f"https://hsi.example/?m={john.email.replace('@', '%40')}"


def test_beside_the_link_stands_what_to_do_there(site: Site, john: Person) -> None:
    site.db.execute(
        "update handoff.partners set instructions = %s, registration_hint = %s where slug = 'hsi'",
        [f"Sign in.\n\n{HOSTILE}", "Ask us.\nWe are in room 12."],
    )
    john.enroll("cna")
    page = john.get(PATH)
    assert [text for text in page.texts("ol.steps p") if text in ("Sign in.", HOSTILE)] == ["Sign in.", HOSTILE]
    assert page.texts("ol.steps details summary") == ["Not registered with Health & Safety Institute yet?"]
    assert page.texts("ol.steps details p") == ["Ask us.", "We are in room 12."]
    assert not page.soup.select("[onmouseover]")


def test_whom_the_partner_knows_is_told_as_whom_and_need_not_register(site: Site, john: Person, ada: Person) -> None:
    john.enroll("cna")
    ada.act("link_partner_account", "hsi", "H-17", john.id)
    page = john.get(PATH)
    assert "Health & Safety Institute knows you as H-17." in page.texts("ol.steps p")
    assert page.texts("ol.steps details") == []


def test_a_partner_that_says_nothing_leaves_no_gap(site: Site, john: Person) -> None:
    site.db.execute("update handoff.partners set instructions = '', registration_hint = null where slug = 'hsi'")
    john.enroll("cna")
    assert steps(john.get(PATH))[0].endswith(
        "Opens Health & Safety Institute in a new tab. Trouble with the training? support@hsi.com"
    )


def test_the_partners_support_is_one_click_away(john: Person) -> None:
    john.enroll("cpr-first-aid")
    (link,) = links(john.get(PATH), "support@hsi.com")
    assert link["href"] == "mailto:support@hsi.com"


def test_a_skipped_step_says_so_and_counts_as_done(site: Site, john: Person, ada: Person) -> None:
    enrollment = john.enroll("medical-assistant")
    ada.act("skip_step", site.step(enrollment, 1), "knows it")
    page = john.get(PATH)
    assert "0 of 3 partners complete, 1 skipped (counts as done)" in page.text
    assert bar(cards(page)[0]) == ("1", "3")
    assert "Skipped You need not do this step. It counts as done." in steps(page)[0]


def test_with_a_skipped_step_the_bar_still_ends_full(site: Site, john: Person, ada: Person) -> None:
    enrollment = john.enroll("cna")
    ada.act("skip_step", site.step(enrollment, 1), "knows it")
    site.send("certiport", "exam.completed", john, passed=True)
    page = john.get(PATH)
    assert bar(cards(page)[0]) == ("2", "2")
    assert "1 of 2 partners complete, 1 skipped (counts as done)" in page.text


def test_a_failed_step_does_not_look_like_waiting_and_says_what_to_do(site: Site, john: Person, ada: Person) -> None:
    enrollment = john.enroll("medical-assistant")
    ada.act("fail_step", site.step(enrollment, 1), "cheated")
    page = john.get(PATH)
    first, second, third = steps(page)
    assert "Not passed This step was not passed. Please talk to your school" in first
    assert "Waits until your school has sorted out the step before it" in second and "Waits until" in third
    assert page.soup.select("ol.steps > li.bad") == [page.soup.select("ol.steps > li")[0]]
    assert links(page, "Launch training") == []
    assert links(page, "support@hsi.com")
    assert "cheated" not in page.text


def test_no_two_statuses_of_a_step_look_the_same(site: Site, john: Person, ada: Person) -> None:
    enrollment = john.enroll("medical-assistant")
    john.enroll("administrative-assistant")
    john.enroll("cpr-first-aid")
    site.send("hsi", "course.completed", john, course_id="any", enrollment_id=str(site.step(enrollment, 1)))
    ada.act("skip_step", site.step(enrollment, 2), "knows it")
    ada.act("fail_step", site.step(enrollment, 3), "cheated")
    page = john.get(PATH)
    words, signs = page.texts("ol.steps .label"), [sign.string for sign in page.soup.select("ol.steps .sign")]
    looks = set(zip(words, signs, (str(li["class"]) for li in page.soup.select("ol.steps > li")), strict=True))
    assert {word for word, _, _ in looks} == {"Waiting", "In progress", "Completed", "Not passed", "Skipped"}
    assert len(looks) == len({sign for _, sign, _ in looks}) == len({tone for _, _, tone in looks}) == 5


def test_failed_attempts_are_told_and_the_student_may_try_again(site: Site, john: Person) -> None:
    john.enroll("it-support-specialist")
    assert site.send("certiport", "exam.completed", john, passed=False) == "accepted:attempt_failed"
    assert "1 attempt not passed. You can try again." in john.get(PATH).text
    site.send("certiport", "exam.completed", john, passed=False, exam_id="b")
    assert "2 attempts not passed. You can try again." in john.get(PATH).text


def test_badges_are_counted_2_of_6_and_complete_nothing(site: Site, john: Person) -> None:
    john.enroll("cdl-training")
    for badge in ("mindsets", "self-management", "mindsets"):
        site.send("jri", "module.completed", john, module_id=badge)
    page = john.get(PATH)
    (step,) = steps(page)
    assert "In progress" in step and "2 of 6 parts done" in step
    assert bar(page.soup.select("ol.steps > li")[0]) == ("2", "6")
    assert "0 of 1 partner complete" in page.text


def test_progress_whose_end_nobody_knows_is_a_number_without_a_bar(site: Site, john: Person) -> None:
    john.enroll("barber-apprenticeship")
    # A part counts when it says which it is; Milady's events say so where the school names the field.
    site.db.execute("update handoff.partner_event_types set item_field = 'unit' where event_type = 'assessment.passed'")
    site.send("milady", "assessment.passed", john, unit="one")
    page = john.get(PATH)
    assert "1 part done" in steps(page)[0]
    assert page.soup.select("ol.steps progress") == []


def test_no_steps_yet_has_a_note(site: Site, john: Person) -> None:
    site.db.execute(
        "insert into handoff.enrollments (student_id, program_slug, status, enrolled_at, activated_at)"
        " values (%s, 'cna', 'active', %s, %s)",
        [john.id, site.now, site.now],
    )
    page = john.get(PATH)
    assert "Your steps are being set up. Please look again later." in page.text
    assert page.soup.select("ol.steps, progress") == []


def test_awaiting_approval_has_no_steps_and_says_who_acts(site: Site, john: Person) -> None:
    site.db.execute("update handoff.programs set requires_approval = true where slug = 'cna'")
    john.enroll("cna")
    page = john.get(PATH)
    assert page.section("Certified Nursing Assistant (CNA)") == (
        "Awaiting approval enrolled on 2 March 2026"
        " Your school has to approve this enrollment. You need not do anything now."
    )


def test_on_hold_pauses_the_step_and_offers_no_launch(site: Site, john: Person, ada: Person) -> None:
    enrollment = john.enroll("cna")
    site.send("hsi", "course.completed", john)
    site.send("certiport", "exam.completed", john, passed=False)
    ada.act("hold_enrollment", enrollment, "on leave")
    page = john.get(PATH)
    card = page.section("Certified Nursing Assistant (CNA)")
    assert card.startswith("On hold enrolled on 2 March 2026 Your training is paused. What you have completed is kept.")
    assert "1 of 2 partners complete" in card
    assert "2. Certiport On hold started on 2 March 2026 1 attempt not passed" in card
    assert "You can try again" not in card and links(page, "Launch training") == []
    assert "on leave" not in page.text


def test_withdrawn_keeps_what_was_completed_and_starts_nothing(site: Site, john: Person, ada: Person) -> None:
    enrollment = john.enroll("medical-assistant")
    site.send("hsi", "course.completed", john)
    ada.act("withdraw_enrollment", enrollment, "moved away")
    page = john.get(PATH)
    card = page.section("Medical Assistant")
    assert card.startswith("Withdrawn enrolled on 2 March 2026 You have left this program.")
    assert "1. Health & Safety Institute Completed on 2 March 2026" in card
    assert "2. Certiport Withdrawn" in card and "3. CareerSafe Waiting Not started" in card
    assert links(page, "Launch training") == [] and "certificate" not in card.lower()
    assert "moved away" not in page.text


def test_a_failed_step_of_a_withdrawn_enrollment_promises_nothing(site: Site, john: Person, ada: Person) -> None:
    enrollment = john.enroll("cna")
    ada.act("fail_step", site.step(enrollment, 1), "cheated")
    ada.act("withdraw_enrollment", enrollment, "moved away")
    first = steps(john.get(PATH))[0]
    assert "This step was not passed." in first and "open the step again" not in first


def test_the_certificate_box_is_there_when_completed_and_not_before(site: Site, john: Person) -> None:
    john.enroll("cna")
    site.send("hsi", "course.completed", john)
    assert john.get(PATH).soup.select(".note.done") == []
    site.travel(days=2)
    site.send("certiport", "exam.completed", john, passed=True)
    page = john.get(PATH)
    number = site.value("select c.number from handoff.certificates as c")
    card = page.section("Certified Nursing Assistant (CNA)")
    assert card.startswith("Completed enrolled on 2 March 2026, completed on 4 March 2026")
    assert f"Your certificate Number {number}" in card
    (pdf,) = links(page, "Download the certificate (PDF)")
    (proof,) = links(page, "Page that proves it is genuine")
    assert john.get(str(pdf["href"])).response.mimetype == "application/pdf"
    assert "John Student" in site.visitor().get(str(proof["href"])).text


def test_all_five_enrollment_statuses_are_shown_on_one_page(site: Site, john: Person, ada: Person) -> None:
    site.db.execute("update handoff.programs set requires_approval = true where slug = 'emt'")
    for program in ("emt", "cna", "cna-wrg", "cpr-first-aid", "dental-assistant"):
        enrollment = john.enroll(program)
        match program:
            case "cna-wrg":
                ada.act("hold_enrollment", enrollment, "on leave")
            case "cpr-first-aid":
                site.send("hsi", "course.completed", john, enrollment_id=str(site.step(enrollment, 1)))
            case "dental-assistant":
                ada.act("withdraw_enrollment", enrollment, "moved away")
    labels = [said(card.select("p .label")[0]) for card in cards(john.get(PATH))]
    assert sorted(labels) == ["Awaiting approval", "Completed", "In progress", "On hold", "Withdrawn"]


def test_another_students_data_is_never_shown(site: Site, john: Person) -> None:
    mary = site.student("Mary Other")
    mary.enroll("cpr-first-aid")
    mary.enroll("cdl-training")
    site.send("hsi", "course.completed", mary)
    assert "You have no enrollments" in john.get(PATH).text
    john.enroll("cna")
    page = john.get(PATH)
    assert page.texts("article h2") == ["Certified Nursing Assistant (CNA)"]
    secrets = [str(mary.id), mary.email, "Mary", *column(site, "select e.id from handoff.enrollments as e", mary)]
    secrets += column(site, "select c.number as id from handoff.certificates as c", mary)
    assert not [secret for secret in secrets if secret in str(page.soup)]


def column(site: Site, statement: str, person: Person) -> list[str]:
    rows: list[Any] = site.db.execute(f"{statement} where student_id = %s".encode(), [person.id]).fetchall()
    assert rows
    return [str(row["id"]) for row in rows]


def test_the_page_says_who_is_signed_in(site: Site) -> None:
    assert site.student("Zoë O'Hara").get(PATH).texts(".who") == ["Zoë O'Hara"]


def test_hostile_texts_are_shown_and_never_run(site: Site, ada: Person) -> None:
    site.db.execute(
        "update handoff.programs set name = %(hostile)s, description = %(hostile)s where slug = 'cpr-first-aid'",
        {"hostile": HOSTILE},
    )
    site.db.execute(
        "update handoff.partners set name = %s, support_email = %s, launch_url = %s where slug = 'hsi'",
        [HOSTILE, HOSTILE, 'https://x.example/"><script>alert(3)</script>'],
    )
    mallory = site.student(HOSTILE)
    mallory.enroll("cpr-first-aid")
    page = mallory.get(PATH)
    assert page.texts("article h2") == [HOSTILE] and page.texts(".who") == [HOSTILE]
    assert f"1. {HOSTILE}" in page.texts("ol.steps h3")
    scripts = page.soup.select("script")
    assert [script.get("src") for script in scripts] == ["/static/live.js"] and not scripts[0].string
    assert not page.soup.select("[onmouseover]")
    (launch,) = links(page, "Launch training")
    assert launch["href"] == 'https://x.example/"><script>alert(3)</script>'


@pytest.mark.parametrize(("path", "refreshes"), [(PATH, True), (f"{PATH}?pause=1", False)])
def test_without_javascript_the_page_renews_itself_and_can_be_stopped(john: Person, path: str, refreshes: bool) -> None:
    page = john.get(path)
    assert len(page.soup.select("noscript meta[http-equiv=refresh]")) == refreshes
    assert page.one(".updates noscript a")["href"] == ("?pause=1" if refreshes else PATH)


def test_home_leads_each_to_their_own_page(site: Site, john: Person, ada: Person) -> None:
    assert site.visitor().get("/").location == "/sign-in"
    assert john.get("/").location == "/student/progress"
    assert ada.get("/").location == "/admin/dashboard"


def test_what_a_partner_sent_stands_with_its_step(site: Site, john: Person) -> None:
    john.enroll("cna")
    site.send("hsi", "course.completed", john, certificate_number="CS-20417 <b>")
    site.send("hsi", "certificate.issued", john)
    first, second = steps(john.get(PATH))
    assert "Health & Safety Institute's certificate number CS-20417 <b>, received on 2 March 2026" in first
    assert "Health & Safety Institute sent your school a proof on 2 March 2026" in first
    assert "proof" not in second and "number" not in second
