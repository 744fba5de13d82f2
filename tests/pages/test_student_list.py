"""The list of students: tabs, filters, pages, CSV, and several chosen to act on."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest

from tests.world.site import Page, Person, Site


def names(page: Page) -> list[str]:
    """Who is listed."""
    return page.texts("tbody th")


@pytest.fixture
def three(site: Site) -> list[Person]:
    """Ann in two programs of which one is on hold, and Ben."""
    ann, ben = site.student("Ann Lee"), site.student("=Ben() Lee")
    ann.enroll("cna")
    site.travel(hours=1)
    held = ann.enroll("emt")
    site.travel(hours=1)
    ben.enroll("cna")
    site.admin("Bob").act("hold_enrollment", held, "on leave")
    return [ann, ben]


def test_it_lists_each_enrollment_the_newest_first(ada: Person, three: list[Person]) -> None:
    assert names(ada.get("/admin/students")) == ["=Ben() Lee", "Ann Lee", "Ann Lee"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("state=on_hold", ["Ann Lee"]),
        ("state=completed", []),
        ("program=cna", ["=Ben() Lee", "Ann Lee"]),
        ("program=cna&q=ann", ["Ann Lee"]),
        ("partner=hsi&state=active&q=lee", ["=Ben() Lee", "Ann Lee"]),
        ("partner=milady", []),
        ("state=nonsense", ["=Ben() Lee", "Ann Lee", "Ann Lee"]),
        ("q=%00%25", []),
    ],
)
def test_it_is_filtered_by_its_address(ada: Person, three: list[Person], asked: str, found: list[str]) -> None:
    assert names(ada.get(f"/admin/students?{asked}")) == found


def test_tabs_have_counts(ada: Person, three: list[Person]) -> None:
    assert ada.get("/admin/students").texts(".tabs a") == [
        "All 3", "Waiting", "Overdue", "In progress", "On hold 1", "Finished", "Withdrawn"
    ]  # fmt: skip


def test_it_goes_on_where_the_page_ends(site: Site, ada: Person) -> None:
    for n in range(60):
        site.student(f"Student {n:02}").enroll("cna")
        site.travel(minutes=1)
    page = ada.get("/admin/students?program=cna")
    assert len(names(page)) == 50
    [older] = [str(link["href"]) for link in page.soup.select("a.button") if link.text == "Older"]
    assert names(ada.get(older)) == [f"Student {n:02}" for n in range(9, -1, -1)]
    assert ada.get("/admin/students?before=x").status == 404


def test_all_of_it_is_a_file_in_which_nothing_computes(ada: Person, three: list[Person]) -> None:
    answer = ada.get("/admin/students?format=csv&program=cna").response
    assert answer.headers["Content-Disposition"] == 'attachment; filename="students.csv"'
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert [row[0] for row in rows] == ["Name", "'=Ben() Lee", "Ann Lee"]
    assert rows[2][1:5] == [three[0].email, "Certified Nursing Assistant (CNA)", "In progress", rows[2][4]]


def test_several_are_chosen_for_an_act(ada: Person, three: list[Person]) -> None:
    page = ada.get("/admin/students?program=cna")
    chosen = [str(box["value"]) for box in page.soup.select("#chosen input[type=checkbox]")]
    assert len(chosen) == 2
    form = ada.get("/admin/acts/hold?" + "&".join(f"target={target}" for target in chosen))
    assert form.texts("h3") == [
        "=Ben() Lee, Certified Nursing Assistant (CNA)", "Ann Lee, Certified Nursing Assistant (CNA)"
    ]  # fmt: skip


def test_a_student_sees_no_list(john: Person) -> None:
    assert john.get("/admin/students").status == 403


def test_its_days_are_those_of_the_school(site: Site, ada: Person, john: Person) -> None:
    site.db.execute("update handoff.school set time_zone = 'Pacific/Auckland'")
    site.set_clock(datetime(2026, 3, 2, 20, 0, tzinfo=UTC))
    john.enroll("cna")
    assert "2026-03-03" in ada.get("/admin/students?format=csv").response.get_data(as_text=True)
