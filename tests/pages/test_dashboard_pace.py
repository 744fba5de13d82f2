"""/admin/dashboard: how fast students are with each partner, as numbers, as a line and day by day."""

from __future__ import annotations

import pytest

from app.pages.dashboard.pipeline import points
from tests.pages.dashboard import HSI, PATH, rows
from tests.world.site import Person, Site


def test_a_partner_has_its_late_students_its_median_and_its_last_thirty_days(site: Site, ada: Person) -> None:
    students = [site.student(f"Student {number}") for number in range(6)]
    for student in students:
        student.enroll("cpr-first-aid")
    for student in students[:4]:
        site.travel(days=1)
        site.send("hsi", "course.completed", student)
    site.sweep()
    assert {row[0]: row[8] for row in rows(ada.get(PATH), "pipeline-table")}[HSI] == ""  # of four nothing is said
    site.travel(days=1)
    site.send("hsi", "course.completed", students[4])
    site.travel(days=4)
    site.sweep()
    page = ada.get(PATH)
    found = {row[0]: (row[6], row[8]) for row in rows(page, "pipeline-table")}
    assert found[HSI] == ("1", "3.0") and found["Milady"] == ("0", "")
    lines = {str(line["aria-label"]) for line in page.soup.select("svg.spark")}
    assert f"5 completions at {HSI} within 30 days" in lines and "0 completions at Milady within 30 days" in lines
    assert page.texts("#days-table thead th")[:2] == ["Day", "CareerSafe"]
    days = [(row[0], row[3]) for row in rows(page, "days-table")]
    assert days == [(f"{day} March 2026", "1") for day in (7, 6, 5, 4, 3)]
    assert page.one("#late-hsi")["href"] == "/admin/students?state=late&partner=hsi"


def test_without_a_completion_there_is_no_table_of_days(ada: Person) -> None:
    assert not ada.get(PATH).soup.select("#days")


@pytest.mark.parametrize(
    ("numbers", "line"),
    [([0, 0], "2.0,22.0 114.0,22.0"), ([0, 4, 2], "2.0,22.0 58.0,2.0 114.0,12.0"), ([1], "2.0,2.0")],
)
def test_a_line_goes_from_the_first_to_the_last_and_to_the_largest(numbers: list[int], line: str) -> None:
    assert points(numbers) == line
