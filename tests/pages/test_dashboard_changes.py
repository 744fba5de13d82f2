"""/admin/dashboard: what the system did today, and what changed in the last hour."""

from __future__ import annotations

from tests.pages.dashboard import HSI, PATH, items
from tests.world.site import Page, Person, Site, said


def advanced(page: Page) -> str:
    return said(page.one("#advanced"))


def test_auto_advanced_today_counts_what_the_system_started_today_and_nothing_else(site: Site, ada: Person) -> None:
    ann, ben, cid = (site.student(name) for name in ("Ann", "Ben", "Cid"))
    for student in (ann, ben):
        student.enroll("medical-assistant")
    by_hand = cid.enroll("medical-assistant")
    site.send("hsi", "course.completed", ann)
    ada.act("skip_step", site.step(by_hand, 1), "knows it")
    assert advanced(ada.get(PATH)) == "1 step started by the system today"
    site.set_clock(site.now.replace(hour=23, minute=59, second=59))
    site.send("hsi", "course.completed", ben)
    assert advanced(ada.get(PATH)) == "2 steps started by the system today"
    site.travel(seconds=1)
    assert advanced(ada.get(PATH)) == "0 steps started by the system today"


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
