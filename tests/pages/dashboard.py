"""/admin/dashboard as tests read it."""

from __future__ import annotations

from tests.world.site import Page, Person, Site, said

PATH = "/admin/dashboard"
HSI = "Health & Safety Institute"


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
