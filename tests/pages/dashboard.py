"""/admin/dashboard as tests read it."""

from __future__ import annotations

from uuid import UUID

from tests.world.site import Page, Person, Site, said

PATH = "/admin/dashboard"
HSI = "Health & Safety Institute"


def rows(page: Page, table: str) -> list[tuple[str, ...]]:
    """The cells of each row of a table's body."""
    return [tuple(said(cell) for cell in row.select("th, td")) for row in page.soup.select(f"#{table} tbody tr")]


def items(page: Page, section: str) -> list[str]:
    """The entries of the list in a section."""
    part = page.one(f"#{section}").find_parent("section")
    assert part
    return [said(item) for item in part.select("ul.rows > li")]


def figures(page: Page) -> list[str]:
    return page.texts(".figures li")


def acts(page: Page, section: str = "queue") -> list[list[str]]:
    """What can be done about each entry of the queue: where its links lead."""
    part = page.one(f"#{section}").find_parent("section")
    assert part
    return [[str(link["href"]) for link in item.select(".do a")] for item in part.select("ul.rows > li")]


def finished(site: Site, name: str, program: str = "cpr-first-aid") -> Person:
    """A student who has done the one step of a program of HSI's."""
    student = site.student(name)
    student.enroll(program)
    assert site.send("hsi", "course.completed", student) == "accepted:completed"
    return student


def refuse(site: Site, student: Person, program: str = "cna") -> UUID:
    """HSI is told of the student, who is enrolled in the program, and refuses; the enrollment."""
    site.db.execute("update handoff.partners set enroll_url = 'https://hsi.example/enroll' where slug = 'hsi'")
    enrollment = student.enroll(program)
    site.db.execute("select handoff.follow_trail(m.last_id, '3', 1000000) from handoff.mark_trail() as m")
    claimed = site.db.execute(
        "select c.message_id, c.lease_token from handoff.claim_messages(1000, 1000, '60 s') as c"
        " join handoff.outbox as o using (message_id) where o.enrollment_id = %s",
        [enrollment],
    ).fetchone()
    assert claimed
    message = list(claimed.values())
    assert site.value("select handoff.begin_sending(%s, %s)", *message)
    settle = "select handoff.settle_message(%s, %s, 'refused', 422, 'answered 422')"
    assert site.value(settle, *message) == "dead"
    return enrollment
