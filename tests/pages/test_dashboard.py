"""/admin/dashboard: every figure on it, from students, events and a clock that the test moves."""

from __future__ import annotations

import json
from datetime import timedelta

from tests.world.site import Page, Person, Site, said

PATH = "/admin/dashboard"
HSI = "Health & Safety Institute"
HOSTILE = """<script>alert(1)</script> "x' onmouseover='alert(2) &lt;b&gt; {{ 7*7 }} <!--"""


def rows(page: Page, table: str) -> list[tuple[str, ...]]:
    """The cells of each row of a table's body."""
    return [tuple(said(cell) for cell in row.select("th, td")) for row in page.soup.select(f"#{table} tbody tr")]


def items(page: Page, section: str) -> list[str]:
    """The entries of the list in a section."""
    head = page.one(f"#{section}")
    assert head.parent
    return [said(item) for item in head.parent.select("ul.rows > li")]


def figures(page: Page) -> list[str]:
    return page.texts(".figures li")


def finished(site: Site, name: str, program: str = "cpr-first-aid") -> Person:
    """A student who has done the one step of a program of HSI's."""
    student = site.student(name)
    student.enroll(program)
    assert site.send("hsi", "course.completed", student) == "accepted:completed"
    return student


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
    assert figures(page) == ["0 enrollments stuck", "0 events to look at", "0 steps started by the system today"]
    assert page.section("Students who are stuck") == "Nobody is stuck."
    assert page.section("Partners' events to look at") == "Every event has been dealt with."
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
        "Partner", "Waiting", "In progress", "Completed", "Not passed", "Skipped", "Completion rate"
    ]  # fmt: skip
    assert rows(page, "pipeline-table") == [
        ("CareerSafe", "4", "0", "0", "0", "0", "0 %"),
        ("Certiport", "2", "4", "0", "0", "0", "0 %"),
        (HSI, "0", "1", "3", "1", "1", "50 %"),
        ("Job Ready Indy", "0", "0", "0", "0", "0", "no cases yet"),
        ("Milady", "0", "0", "0", "0", "0", "no cases yet"),
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
    assert ("National Retail", "0", "0", "0", "0", "0", "no cases yet") in rows(ada.get(PATH), "pipeline-table")


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


# Stuck students


def test_in_progress_for_longer_than_the_limit_is_stuck_strictly_with_days_and_whom_to_write_to(
    site: Site, ada: Person
) -> None:
    john = site.student("John Student")
    john.enroll("cna")
    site.travel(days=7)
    assert figures(ada.get(PATH))[0] == "0 enrollments stuck"
    site.travel(seconds=1)
    page = ada.get(PATH)
    assert figures(page)[0] == "1 enrollment stuck"
    assert items(page, "stuck") == [
        f"John Student Has been with {HSI} for 7 days; more than 7 days is too long. Ask how it goes."
        f" Certified Nursing Assistant (CNA) · since 2 March 2026 · Write to {john.email}"
    ]
    assert page.one("section li a")["href"] == f"mailto:{john.email}"


def test_each_partner_has_its_own_limit(site: Site, ada: Person) -> None:
    site.db.execute("update handoff.partners set stuck_after_days = 42 where slug = 'jri'")
    site.db.execute("update handoff.partners set stuck_after_days = 1 where slug = 'careersafe'")
    site.student("Ann").enroll("cdl-training")
    site.student("Ben").enroll("forklift-operator")
    site.travel(days=1, seconds=1)
    assert [item.split()[0] for item in items(ada.get(PATH), "stuck")] == ["Ben"]
    site.travel(days=41)
    ann, ben = sorted(items(ada.get(PATH), "stuck"))
    assert "Job Ready Indy for 42 days; more than 42 days" in ann
    assert "CareerSafe for 42 days; more than 1 day is" in ben


def test_days_are_whole_days_across_months(site: Site, ada: Person) -> None:
    site.student("Ann").enroll("cna")
    site.travel(days=73, hours=23)
    assert f"Has been with {HSI} for 73 days" in items(ada.get(PATH), "stuck")[0]


def test_the_other_standstills_are_told_each_in_its_own_words(site: Site, ada: Person) -> None:
    failed, halted, unclosed = (site.student(name).enroll("cpr-first-aid") for name in ("Ann", "Ben", "Cid"))
    ada.act("fail_step", site.step(failed, 1), "cheated")
    # What only a DBA can leave behind.
    site.db.execute(
        "update handoff.enrollment_steps set status = 'pending', started_at = null where enrollment_id = %s", [halted]
    )
    site.db.execute(
        "update handoff.enrollment_steps set status = 'completed', completed_at = started_at where enrollment_id = %s",
        [unclosed],
    )
    site.db.execute(
        "insert into handoff.enrollments (student_id, program_slug, status, enrolled_at, activated_at)"
        " values (%s, 'cna', 'active', %s, %s)",
        [site.student("Eve").id, site.now, site.now],
    )
    site.travel(days=1)
    told = {item.split()[0]: item.split(" ", 1)[1] for item in items(ada.get(PATH), "stuck")}
    assert set(told) == {"Ann", "Ben", "Cid", "Eve"}
    assert told["Ann"].startswith(f"Did not pass at {HSI}, 1 day ago. Reopen the step or skip it.")
    assert told["Ben"].startswith("Nothing has been in progress for 1 day, though steps are waiting.")
    assert told["Cid"].startswith("Finished every step 1 day ago, but the enrollment is still open.")
    assert told["Eve"].startswith("Was enrolled 1 day ago and still has no steps. Check the program's partners.")


def test_nobody_who_waits_for_us_or_has_left_is_stuck(site: Site, ada: Person) -> None:
    site.db.execute("update handoff.programs set requires_approval = true where slug = 'emt'")
    site.student("Ann").enroll("emt")
    ada.act("hold_enrollment", site.student("Ben").enroll("cna"), "on leave")
    ada.act("withdraw_enrollment", site.student("Cid").enroll("cna"), "moved away")
    finished(site, "Dot")
    site.travel(days=100)
    assert ada.get(PATH).section("Students who are stuck") == "Nobody is stuck."


# Today, and the last hour


def test_auto_advanced_today_counts_what_the_system_started_today_and_nothing_else(site: Site, ada: Person) -> None:
    ann, ben, cid = (site.student(name) for name in ("Ann", "Ben", "Cid"))
    for student in (ann, ben):
        student.enroll("medical-assistant")
    by_hand = cid.enroll("medical-assistant")
    site.send("hsi", "course.completed", ann)
    ada.act("skip_step", site.step(by_hand, 1), "knows it")
    assert figures(ada.get(PATH))[2] == "1 step started by the system today"
    site.set_clock(site.now.replace(hour=23, minute=59, second=59))
    site.send("hsi", "course.completed", ben)
    assert figures(ada.get(PATH))[2] == "2 steps started by the system today"
    site.travel(seconds=1)
    assert figures(ada.get(PATH))[2] == "0 steps started by the system today"


def test_recent_changes_tell_who_from_what_to_what_and_why_newest_first(site: Site, ada: Person) -> None:
    john = site.student("John Student")
    enrollment = john.enroll("cna")
    site.travel(minutes=1)
    site.send("hsi", "course.completed", john)
    site.travel(minutes=1)
    ada.act("hold_enrollment", enrollment, "on leave")
    told = items(ada.get(PATH), "changes")
    cna = "Certified Nursing Assistant (CNA)"
    assert told[:3] == [
        "John Student, the enrollment: in progress → on hold"
        f" 2 March 2026, 09:02 UTC · {cna} · put on hold · by Ada Admin",
        "John Student, Certiport: waiting → in progress"
        f" 2 March 2026, 09:01 UTC · {cna} · its turn came · by a partner's message",
        f"John Student, {HSI}: in progress → completed"
        f" 2 March 2026, 09:01 UTC · {cna} · reported by the partner · by a partner's message",
    ]
    assert told[-1].startswith("John Student, the enrollment: in progress 2 March 2026, 09:00 UTC")


def test_an_enrollment_that_awaits_approval_is_not_called_a_waiting_step(site: Site, ada: Person) -> None:
    site.db.execute("update handoff.programs set requires_approval = true where slug = 'cna'")
    ada.act("approve_enrollment", site.student("Ann").enroll("cna"), "has paid")
    told = items(ada.get(PATH), "changes")
    assert told[-1].startswith("Ann, the enrollment: awaiting approval 2 March")
    assert told[-2].startswith("Ann, the enrollment: awaiting approval → in progress 2 March")


def test_changes_older_than_an_hour_and_beyond_50_are_left_out(site: Site, ada: Person) -> None:
    site.student("Ann").enroll("cna")
    site.travel(minutes=59)
    assert len(items(ada.get(PATH), "changes")) == 4
    site.travel(minutes=1)
    assert ada.get(PATH).section("Changes in the last hour") == "Nothing has changed in the last hour."
    for number in range(13):
        site.student(f"Student {number}").enroll("cna")
    assert len(items(ada.get(PATH), "changes")) == 50


# Events that need a person


def test_parked_rejected_and_conflicting_events_are_counted_and_told_in_plain_words(site: Site, ada: Person) -> None:
    john = site.student("John Student")
    john.enroll("cpr-first-aid")
    for student in ("hsi-1", "hsi-2"):
        assert site.send("hsi", "course.completed", student) == "parked:unknown_student"
    assert site.deliver("jri", b"{not json") == "rejected:bad_json"
    body = json.dumps({"event": "course.completed", "student_id": str(john.id)}).encode()
    assert site.deliver("hsi", body, "key-1") == "accepted:completed"
    assert site.deliver("hsi", body + b" ", "key-1") == "conflict:key_reused"
    page = ada.get(PATH)
    assert figures(page)[1] == "4 events to look at"
    section = page.one("#events").parent
    assert section
    assert [said(item) for item in section.select(":scope > ul > li")] == [
        "Conflict 1 event key_reused A known id came with another content. The first content counts;"
        " ask the partner about the second.",
        "Parked 2 events unknown_student We don't know this student id. Link it to a student, and the event applies by"
        " itself.",
        "Rejected 1 event bad_json Not valid JSON. The partner must correct and send it again.",
    ]
    assert page.texts("details summary") == ["Show each event"]
    each = page.texts("details li")
    assert len(each) == 4
    (first,) = [item for item in each if "hsi-1" in item]
    receipt = site.value("select e.receipt from handoff.partner_events as e where e.external_student_id = 'hsi-1'")
    assert first == (
        f"Parked {HSI}, course.completed, student id hsi-1"
        " We don't know this student id. Link it to a student, and the event applies by itself."
        f" 2 March 2026, 09:00 UTC · receipt {receipt}"
    )


def test_what_applies_is_no_longer_listed(site: Site, ada: Person) -> None:
    john = site.student("John Student")
    john.enroll("cpr-first-aid")
    site.send("hsi", "course.completed", "hsi-1")
    ada.act("link_partner_account", "hsi", "hsi-1", john.id)
    assert ada.get(PATH).section("Partners' events to look at") == "Every event has been dealt with."


def test_a_fault_of_ours_is_named_by_its_code(site: Site, ada: Person) -> None:
    john = site.student("John Student")
    john.enroll("cpr-first-aid")
    site.db.execute(
        "create function public.fault() returns trigger language plpgsql as $$ begin perform 1 / 0; end $$;"
        "create trigger fault before update on handoff.enrollment_steps execute function public.fault()"
    )
    assert site.send("hsi", "course.completed", john) == "parked:apply_error"
    page = ada.get(PATH)
    assert "Our own fault stopped it; the event is safe." in page.text
    assert "Error code 22012." in page.texts("details li")[0]
    assert "division" not in page.text


def test_beyond_a_hundred_the_newest_are_shown_and_all_are_counted(site: Site, ada: Person) -> None:
    for number in range(101):
        site.send("hsi", "course.completed", f"hsi-{number}")
        site.set_clock(site.now + timedelta(seconds=1))
    page = ada.get(PATH)
    assert figures(page)[1] == "101 events to look at"
    assert page.texts("details summary") == ["Show the newest 100 of 101"]
    shown = page.texts("details li")
    assert len(shown) == 100
    assert "student id hsi-100 " in shown[0] and "student id hsi-1 " in shown[-1]


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
        "Steps made 100 % 3 of 3 active enrollments got their steps.",
        "First steps started 100 % 3 of 3 enrollments with steps had their first one started.",
        "Moved on without a person 75 % 3 of 4 moves to the next step or to the end needed nobody.",
        "Completions found 100 % 3 of 3 completed steps were reported by the partner itself.",
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
    assert f"Parked {HOSTILE}, course.completed, student id {HOSTILE}" in page.text
    assert f"Parked {HOSTILE}, {HOSTILE[:90]}" in page.text
    assert f"by {HOSTILE}" in page.section("Changes in the last hour")
    assert [script.get("src") for script in page.soup.select("script")] == ["/static/live.js"]
    assert not page.soup.select("[onmouseover]")
    site.travel(days=8)
    assert admin.get(PATH).texts("#stuck + ul h3") == [HOSTILE]
