"""/admin/dashboard: which students wait for a person, for how long, and what can be done on the row."""

from __future__ import annotations

from tests.pages.dashboard import HSI, PATH, acts, figures, finished, items
from tests.world.site import Page, Person, Site

CNA = "Certified Nursing Assistant (CNA)"


def seen(site: Site, ada: Person) -> Page:
    """The page after the worker has looked."""
    site.sweep()
    return ada.get(PATH)


def test_in_progress_for_longer_than_the_limit_is_stuck_strictly_with_days_and_whom_to_write_to(
    site: Site, ada: Person
) -> None:
    john = site.student("John Student")
    john.enroll("cna")
    site.travel(days=7)
    assert figures(seen(site, ada))[1] == "0 overdue"
    site.travel(seconds=1)
    page = seen(site, ada)
    assert figures(page)[1] == "1 overdue oldest since 2 March 2026"
    assert items(page, "queue") == [
        f"Overdue John Student {CNA} The student has been with {HSI} for 7 days. More than 7 days is too long."
        f" Ask the student and {HSI} how it goes. Since 2 March 2026."
        " Write a mail: John Student Leave it alone: John Student"
    ]
    alert = site.value("select a.id from handoff.alerts as a")
    assert acts(page) == [[f"mailto:{john.email}", f"/admin/alerts?kind=stuck_student#alert-{alert}"]]
    assert page.one(".queue h3 a")["href"] == f"/admin/students/{john.id}"


def test_each_partner_has_its_own_limit(site: Site, ada: Person) -> None:
    site.db.execute("update handoff.partners set stuck_after_days = 42 where slug = 'jri'")
    site.db.execute("update handoff.partners set stuck_after_days = 1 where slug = 'careersafe'")
    site.student("Ann").enroll("cdl-training")
    site.student("Ben").enroll("forklift-operator")
    site.travel(days=1, seconds=1)
    assert [item.split()[1] for item in items(seen(site, ada), "queue")] == ["Ben"]
    site.travel(days=41)
    ann, ben = sorted(items(seen(site, ada), "queue"))
    assert "Job Ready Indy for 42 days. More than 42 days" in ann
    assert "CareerSafe for 42 days. More than 1 day is" in ben


def test_days_are_whole_days_across_months(site: Site, ada: Person) -> None:
    site.student("Ann").enroll("cna")
    site.travel(days=73, hours=23)
    assert f"has been with {HSI} for 73 days" in items(seen(site, ada), "queue")[0]


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
    page = seen(site, ada)
    assert figures(page)[0] == "4 wait for you oldest since 2 March 2026"
    parts = [item.partition("The student ") for item in items(page, "queue")]
    told = {before.split()[2]: said for before, _, said in parts}
    assert set(told) == {"Ann", "Ben", "Cid", "Eve"}
    assert told["Ann"].startswith(f"did not pass at {HSI}. That was 1 day ago. Reopen the step or skip it.")
    assert told["Ben"].startswith("has nothing in progress. Steps have been waiting for 1 day.")
    assert told["Cid"].startswith("has finished every step, but is still enrolled. That has been so for 1 day.")
    assert told["Eve"].startswith(
        "is enrolled and has no steps. That has been so for 1 day. Check the program's partners."
    )


def test_nobody_who_is_on_hold_or_has_left_or_is_done_needs_anybody(site: Site, ada: Person) -> None:
    ada.act("hold_enrollment", site.student("Ben").enroll("cna"), "on leave")
    ada.act("withdraw_enrollment", site.student("Cid").enroll("cna"), "moved away")
    finished(site, "Dot")
    site.travel(days=3)
    page = seen(site, ada)
    assert page.section("What needs a person") == "All clear: nothing needs you."
    assert figures(page)[3] == "1 certified this week 0 the week before"


def test_who_asks_to_be_let_in_is_approved_or_refused_from_the_row(site: Site, ada: Person) -> None:
    site.db.execute("update handoff.programs set requires_approval = true where slug = 'cna'")
    enrollment = site.student("Ann").enroll("cna")
    page = ada.get(PATH)
    assert figures(page)[0] == "1 waits for you oldest since 2 March 2026"
    assert items(page, "queue") == [
        f"Approve Ann {CNA} Asks to be let in. Approve the enrollment, or refuse it. Since 2 March 2026. Approve: Ann"
        " Refuse: Ann"
    ]
    approve, refuse = acts(page)[0]
    assert ada.get(refuse).text.count("Withdraw") > 0
    form = ada.get(approve)
    assert "starts" in form.section("What will follow")
    done = ada.submit(form, "#act", reason="has paid")
    assert (done.status, done.location) == (303, PATH)
    assert site.value("select e.status from handoff.enrollments as e where e.id = %s", enrollment) == "active"
    after = ada.get(PATH)
    assert after.texts("p.note.done") == ["The enrollment is approved."] and items(after, "queue") == []


def test_who_waits_for_approval_for_too_long_is_told_of_so(site: Site, ada: Person) -> None:
    site.db.execute("update handoff.programs set requires_approval = true where slug = 'emt'")
    site.student("Ann").enroll("emt")
    site.travel(days=4)
    assert "The student has waited for approval for 4 days. More than 3 days" in items(seen(site, ada), "queue")[0]


def test_a_failed_step_is_opened_again_skipped_or_completed_from_the_row(site: Site, ada: Person) -> None:
    enrollment = site.student("Ann").enroll("cna")
    step = site.step(enrollment, 1)
    ada.act("fail_step", step, "absent")
    page = seen(site, ada)
    back = "next=/admin/dashboard"
    assert acts(page)[0][:3] == [f"/admin/acts/{act}?target={step}&{back}" for act in ("reopen", "skip", "complete")]
    done = ada.submit(ada.get(acts(page)[0][0]), "#act", reason="a second try")
    assert (done.status, done.location) == (303, PATH)
    assert items(ada.get(PATH), "queue") == []


def test_who_is_left_alone_is_away_until_that_day(site: Site, ada: Person) -> None:
    site.student("Ann").enroll("cna")
    site.travel(days=8)
    page = seen(site, ada)
    alerts = ada.get(acts(page)[0][-1].partition("#")[0])
    assert ada.submit(alerts, "form.snooze", until="2026-03-20", reason="on leave").status == 303
    assert ada.get(PATH).section("What needs a person") == "All clear: nothing needs you."
    site.travel(days=10)
    assert [item.split()[1] for item in items(seen(site, ada), "queue")] == ["Ann"]


def test_other_alerts_say_what_is_wrong_the_worst_first(site: Site, ada: Person) -> None:
    site.student("Ann").enroll("cna")
    site.travel(days=8)
    site.sweep()
    site.db.execute(
        "insert into handoff.alerts (kind, severity, about, numbers, opened_at, last_seen_at)"
        " values ('delivery_failing', 'severe', 'mail_server', '{\"messages\": 3}', handoff.clock(), handoff.clock())"
    )
    page = ada.get(PATH)
    urgent, late = items(page, "queue")
    assert urgent.startswith("Urgent The mail server takes no mail 3 mails wait and are tried again.")
    assert late.startswith("Overdue Ann")
    assert acts(page)[0][0] == "/admin/mails"


def test_what_stands_on_the_page_does_not_grow_with_the_number_of_who_is_late(site: Site, ada: Person) -> None:
    for number in range(22):
        site.student(f"Student {number}").enroll("cna")
    site.travel(days=8)
    page = seen(site, ada)
    assert figures(page)[1] == "22 overdue oldest since 2 March 2026"
    assert len(items(page, "queue")) == 10
    assert page.texts("#kinds li") == ["Overdue 22"]
    assert page.one("#kinds a")["href"] == "/admin/alerts?kind=stuck_student"
