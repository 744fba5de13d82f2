"""/admin/dashboard: who may see it, and its figures of partners, programs and what runs by itself."""

from __future__ import annotations

from tests.pages.dashboard import HSI, PATH, figures, finished, items, rows
from tests.world.site import Person, Site

HOSTILE = """<script>alert(1)</script> "x' onmouseover='alert(2) &lt;b&gt; {{ 7*7 }} <!--"""


# Who may see it


def test_a_visitor_is_sent_to_sign_in_and_comes_back_here_after(site: Site) -> None:
    page = site.visitor().get(PATH)
    assert (page.status, page.location) == (302, "/sign-in?next=/admin/dashboard")


def test_a_student_gets_403_and_no_figure(site: Site) -> None:
    page = finished(site, "John Student").get(PATH)
    assert (page.status, page.one("h1").string) == (403, "This page is not for you")
    assert HSI not in page.text


def test_who_is_an_admin_no_more_is_signed_out_at_once(site: Site, ada: Person) -> None:
    assert ada.get(PATH).status == 200
    site.db.execute("update handoff.profiles set role = 'student' where id = %s", [ada.id])
    assert ada.get(PATH).response.headers["Location"].startswith("/sign-in")


# Nothing has happened yet


def test_a_new_school_sees_that_there_is_nothing_to_do(ada: Person) -> None:
    page = ada.get(PATH)
    assert page.status == 200
    assert figures(page) == [
        "0 wait for you",
        "0 overdue",
        "0 events to look at",
        "0 certified this week 0 the week before",
    ]
    assert page.section("What needs a person") == "All clear: nothing needs you."
    assert page.section("Programs") == "Nobody has been enrolled yet."
    assert page.section("Changes in the last hour") == "Nothing has changed in the last hour."
    assert items(page, "automation") == [
        "Steps made no cases yet",
        "First steps started no cases yet",
        "Moved on without a person no cases yet",
        "Completions found no cases yet",
    ]


def test_without_partners_the_pipeline_says_so(site: Site, ada: Person) -> None:
    site.db.execute(
        "delete from handoff.program_partners; delete from handoff.partner_event_types; delete from handoff.partners"
    )
    assert ada.get(PATH).section("Training pipeline") == "No partner is configured yet."


# Training pipeline


def test_one_row_per_partner_with_pending_in_progress_completed_failed_skipped_and_rate(
    site: Site, ada: Person
) -> None:
    for name in ("Ann", "Ben", "Cid"):
        finished(site, name, "medical-assistant")
    site.student("Dot").enroll("medical-assistant")
    failed, skipped = site.student("Eve").enroll("cna"), site.student("Fay").enroll("cna")
    ada.act("fail_step", site.step(failed, 1), "cheated")
    ada.act("skip_step", site.step(skipped, 1), "knows it")
    page = ada.get(PATH)
    assert page.texts("#pipeline-table thead th") == [
        "Partner", "Waiting", "In progress", "Completed", "Not passed", "Skipped", "Overdue", "Completion rate",
        "Median days", "Completions, 30 days"
    ]  # fmt: skip
    assert rows(page, "pipeline-table") == [
        ("CareerSafe", "4", "0", "0", "0", "0", "0", "0 %", "", ""),
        ("Certiport", "2", "4", "0", "0", "0", "0", "0 %", "", ""),
        (HSI, "0", "1", "3", "1", "1", "0", "50 %", "", ""),
        ("Job Ready Indy", "0", "0", "0", "0", "0", "0", "no cases yet", "", ""),
        ("Milady", "0", "0", "0", "0", "0", "0", "no cases yet", "", ""),
    ]
    bars = {str(bar["aria-label"]): (bar["value"], bar["max"]) for bar in page.soup.select("#pipeline-table progress")}
    assert bars[f"Completion rate of {HSI}"] == ("50.00", "100") and len(bars) == 3


def test_open_steps_count_in_active_enrollments_only_and_done_ones_for_ever(site: Site, ada: Person) -> None:
    site.db.execute("update handoff.programs set requires_approval = true where slug = 'cna-wrg'")
    site.student("Ann").enroll("cna-wrg")
    for name, function in (("Ben", "hold_enrollment"), ("Cid", "withdraw_enrollment")):
        student = site.student(name)
        enrollment = student.enroll("medical-assistant")
        site.send("hsi", "course.completed", student)
        ada.act(function, enrollment, "a reason")
    found = {row[0]: row[1:6] for row in rows(ada.get(PATH), "pipeline-table")}
    assert found[HSI] == ("0", "0", "2", "0", "0")
    assert found["Certiport"] == found["CareerSafe"] == ("0", "0", "0", "0", "0")


def test_a_sixth_partner_has_its_row_at_once(site: Site, ada: Person) -> None:
    site.db.execute("insert into handoff.partners (slug, name) values ('nrf', 'National Retail')")
    row = ("National Retail", *["0"] * 6, "no cases yet", "", "")
    assert row in rows(ada.get(PATH), "pipeline-table")


# Per program


def test_program_rates_have_two_decimals_highest_first_and_no_program_without_enrollments(
    site: Site, ada: Person
) -> None:
    for name in ("Ann", "Ben"):
        finished(site, name)
    site.student("Cid").enroll("cpr-first-aid")
    finished(site, "Dot", "emergency-health-safety-technician")
    site.student("Eve").enroll("cna")
    gone = site.student("Fay").enroll("cna")
    ada.act("withdraw_enrollment", gone, "moved away")
    assert rows(ada.get(PATH), "programs-table") == [
        ("Emergency Health & Safety Technician", "1", "1", "100 %"),
        ("CPR & First Aid", "3", "2", "66.67 %"),
        ("Certified Nursing Assistant (CNA)", "2", "0", "0 %"),
    ]


# How much runs by itself


def test_success_rates_come_with_the_number_of_cases(site: Site, ada: Person) -> None:
    ann, ben, cid = (site.student(name) for name in ("Ann", "Ben", "Cid"))
    for student in (ann, ben):
        student.enroll("medical-assistant")
    skipped = cid.enroll("medical-assistant")
    site.send("hsi", "course.completed", ann)
    site.send("certiport", "exam.completed", ann, passed=True)
    site.send("careersafe", "training.completed", ann)
    ada.act("skip_step", site.step(skipped, 1), "knows it")
    assert items(ada.get(PATH), "automation") == [
        "Steps made 100 % Active enrollments that got their steps: 3 of 3.",
        "First steps started 100 % Enrollments with steps whose first one was started: 3 of 3.",
        "Moved on without a person 75 % Moves to the next step or to the end that needed nobody: 3 of 4.",
        "Completions found 100 % Completed steps that the partner itself reported: 3 of 3.",
    ]


def test_a_rate_without_cases_is_no_zero(site: Site, ada: Person) -> None:
    site.student("Ann").enroll("cna")
    assert items(ada.get(PATH), "automation")[2:] == [
        "Moved on without a person no cases yet",
        "Completions found no cases yet",
    ]


# Texts from outside


def test_hostile_texts_are_shown_and_never_run(site: Site) -> None:
    site.db.execute("update handoff.partners set name = %s where slug = 'hsi'", [HOSTILE])
    site.db.execute("update handoff.programs set name = %s where slug = 'cpr-first-aid'", [HOSTILE])
    admin, mallory = site.admin(HOSTILE), site.student(HOSTILE)
    admin.act("hold_enrollment", mallory.enroll("cpr-first-aid"), HOSTILE)
    site.student(HOSTILE).enroll("cna")
    site.send("hsi", HOSTILE[:90], mallory)
    site.send("hsi", "course.completed", HOSTILE)
    page = admin.get(PATH)
    assert f"Unknown account {HOSTILE} of {HOSTILE} is nobody's yet" in page.text
    assert f"Event {HOSTILE} parked" in page.text
    assert f"by {HOSTILE}" in page.section("Changes in the last hour")
    assert [script.get("src") for script in page.soup.select("script")] == [
        "/static/live.js",
        "/static/office.js",
    ]
    assert not page.soup.select("[onmouseover]")
    site.travel(days=8)
    site.sweep()
    late = [item for item in items(admin.get(PATH), "queue") if item.startswith("Overdue")]
    assert late[0].startswith(f"Overdue {HOSTILE} Certified Nursing Assistant")
