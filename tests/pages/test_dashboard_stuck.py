"""/admin/dashboard: which students are stuck, for how long, and whom to write to."""

from __future__ import annotations

from tests.pages.dashboard import HSI, PATH, figures, finished, items
from tests.world.site import Person, Site


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
