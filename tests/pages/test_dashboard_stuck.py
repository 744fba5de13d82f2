"""/admin/dashboard: which students are stuck, for how long, and whom to write to."""

from __future__ import annotations

from tests.pages.dashboard import HSI, PATH, figures, finished, items
from tests.world.site import Page, Person, Site


def seen(site: Site, ada: Person) -> Page:
    """The dashboard after the worker has looked."""
    site.sweep()
    return ada.get(PATH)


def test_in_progress_for_longer_than_the_limit_is_stuck_strictly_with_days_and_whom_to_write_to(
    site: Site, ada: Person
) -> None:
    john = site.student("John Student")
    john.enroll("cna")
    site.travel(days=7)
    assert figures(seen(site, ada))[1] == "0 enrollments stuck"
    site.travel(seconds=1)
    page = seen(site, ada)
    assert figures(page)[1] == "1 enrollment stuck"
    assert items(page, "stuck") == [
        f"John Student has been with {HSI} for 7 days More than 7 days is too long."
        f" Ask the student and {HSI} how it goes."
        f" Certified Nursing Assistant (CNA) · seen since 9 March 2026 · Write to {john.email}"
    ]
    assert page.one("section li a")["href"] == f"mailto:{john.email}"


def test_each_partner_has_its_own_limit(site: Site, ada: Person) -> None:
    site.db.execute("update handoff.partners set stuck_after_days = 42 where slug = 'jri'")
    site.db.execute("update handoff.partners set stuck_after_days = 1 where slug = 'careersafe'")
    site.student("Ann").enroll("cdl-training")
    site.student("Ben").enroll("forklift-operator")
    site.travel(days=1, seconds=1)
    assert [item.split()[0] for item in items(seen(site, ada), "stuck")] == ["Ben"]
    site.travel(days=41)
    ann, ben = sorted(items(seen(site, ada), "stuck"))
    assert "Job Ready Indy for 42 days More than 42 days" in ann
    assert "CareerSafe for 42 days More than 1 day is" in ben


def test_days_are_whole_days_across_months(site: Site, ada: Person) -> None:
    site.student("Ann").enroll("cna")
    site.travel(days=73, hours=23)
    assert f"has been with {HSI} for 73 days" in items(seen(site, ada), "stuck")[0]


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
    told = {item.split()[0]: item.split(" ", 1)[1] for item in items(seen(site, ada), "stuck")}
    assert set(told) == {"Ann", "Ben", "Cid", "Eve"}
    assert told["Ann"].startswith(f"did not pass at {HSI} That was 1 day ago. Reopen the step or skip it.")
    assert told["Ben"].startswith("has nothing in progress Steps have been waiting for 1 day.")
    assert told["Cid"].startswith("has finished every step, but is still enrolled That has been so for 1 day.")
    assert told["Eve"].startswith(
        "is enrolled and has no steps That has been so for 1 day. Check the program's partners."
    )


def test_nobody_who_waits_for_us_or_has_left_is_stuck(site: Site, ada: Person) -> None:
    site.db.execute("update handoff.programs set requires_approval = true where slug = 'emt'")
    site.student("Ann").enroll("emt")
    ada.act("hold_enrollment", site.student("Ben").enroll("cna"), "on leave")
    ada.act("withdraw_enrollment", site.student("Cid").enroll("cna"), "moved away")
    finished(site, "Dot")
    site.travel(days=3)
    assert seen(site, ada).section("Students who are stuck") == "Nobody is stuck."


def test_what_stands_on_the_page_does_not_grow_with_the_number_of_who_is_late(site: Site, ada: Person) -> None:
    for number in range(22):
        site.student(f"Student {number}").enroll("cna")
    site.travel(days=8)
    page = seen(site, ada)
    assert figures(page)[:2] == ["22 alerts", "22 enrollments stuck"]
    assert len(items(page, "stuck")) == 20
    assert page.one("#all-alerts").get_text() == "Look at all 22, note who is at it, or leave one alone"
