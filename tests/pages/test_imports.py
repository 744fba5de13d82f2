"""Lists of students: handed in, looked at, applied once, and their result."""

from __future__ import annotations

import csv
import io

import pytest

from tests.world.site import Page, Person, Site

LIST = """Name,E-mail,Program,Note
Zoë Lee,zoe@x.example,cna,=1+1
John Student,other@x.example,cna,
,x@x.example,cna,
"""


def hand_in(person: Person, data: bytes, **fields: str) -> Page:
    """What the page of a list shows, or the form with a refusal."""
    token = str(person.get("/admin/imports").one("#upload input[name=csrf_token]")["value"])
    sent = {"csrf_token": token, "file": (io.BytesIO(data), "list.csv"), **fields}
    base_url = str(person.site.app.config["HANDOFF"].base_url)
    answer = Page(person.client.post("/admin/imports", data=sent, base_url=base_url))
    return person.get(answer.location) if answer.location else answer


def table(page: Page) -> list[str]:
    """The lines, as they are shown."""
    return page.texts("#lines-table tbody tr")


def enrolled(site: Site) -> int:
    """How many enrollments there are."""
    return int(site.value("select count(*) from handoff.enrollments"))


def test_a_list_is_looked_at_and_nobody_is_enrolled(site: Site, ada: Person, john: Person) -> None:
    page = hand_in(ada, LIST.encode())
    assert page.one("h1").get_text() == "List of students: list.csv"
    lines = table(page)
    assert lines[0] == "2 Zoë Lee zoe@x.example New Certified Nursing Assistant (CNA)"
    assert f"Doubtful John Student has the same name, and the address {john.email}." in lines[1]
    assert lines[2] == "4 x@x.example, cna Refused There is no name. Certified Nursing Assistant (CNA)"
    assert "1 student will be enrolled" in page.section("What will follow")
    assert enrolled(site) == 0


def test_it_is_applied_once_and_the_result_is_a_file(site: Site, ada: Person, john: Person) -> None:
    page = hand_in(ada, LIST.encode())
    done = ada.get(str(ada.submit(page, "#go-on").location))
    assert "Enrolled 1 line" in done.section("What came of it") and enrolled(site) == 1
    assert not done.soup.select("#go-on")
    answer = ada.get(str(done.one("a[href$='result.csv']")["href"])).response
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert rows[0][:6] == ["Line", "Name", "E-mail", "Program", "Note", "Outcome"]
    assert rows[1][:6] == ["2", "Zoë Lee", "zoe@x.example", "cna", "'=1+1", "Enrolled."]
    assert [row[5] for row in rows[2:]] == [
        f"Left out. John Student has the same name, and the address {john.email}.",
        "Refused. There is no name.",
    ]
    again = hand_in(ada, LIST.encode())
    assert "The same list was applied before" in again.text
    assert "Zoë Lee is in the program already: nothing changes." in table(again)[0]
    ada.submit(again, "#go-on")
    assert enrolled(site) == 1
    assert "1 of 3 lines enrolled" in ada.get("/admin/imports").section("Handed in")


def test_a_doubtful_line_is_chosen(site: Site, ada: Person, john: Person) -> None:
    page = hand_in(ada, LIST.encode())
    tab = ada.get(str(page.one("nav[aria-label=Lines] a[href*=doubtful]")["href"]))
    chosen = ada.get(str(ada.submit(tab, "#choose", wanted="3").location))
    assert "1 chosen." in chosen.text and "2 students will be enrolled" in chosen.text
    ada.submit(chosen, "#go-on")
    assert enrolled(site) == 2


def test_lines_are_pasted_with_program_and_cohort_of_the_whole_list(site: Site, ada: Person) -> None:
    page = ada.get("/admin/imports")
    answer = ada.submit(
        page, "#upload", pasted="first name\tlast name\te-mail\nAl\tBo\tal@x.example", program="cna", cohort="Fall"
    )
    assert table(ada.get(str(answer.location))) == ["2 Al Bo al@x.example New Certified Nursing Assistant (CNA) Fall"]


@pytest.mark.parametrize(
    ("data", "status", "told"),
    [
        (b"", 400, "There is nothing in it."),
        (b"PK\x03\x04rest", 400, "This is a workbook or a document."),
        (b"a\x00b", 400, "This can't be read as a list."),
        (b"\x81\x8d", 400, "This can't be read as a list."),
        (b"Name,Program\nA,cna", 400, "We miss an e-mail address."),
        (b"Name,E-mail,Program\n", 400, "Below the line that names the columns there is nothing."),
        (b"x" * (2 * 1024 * 1024 + 1), 413, "The list is larger than 2 MB."),
        (b"Name,E-mail,Program\n" + b"a,b,c\n" * 5001, 413, "The list has more than 5,000 lines."),
    ],
)
def test_what_is_no_list_is_refused_in_words(site: Site, ada: Person, data: bytes, status: int, told: str) -> None:
    page = hand_in(ada, data, cohort="Fall")
    assert page.status == status and told in page.text
    assert page.one("#cohort")["value"] == "Fall"
    assert site.value("select count(*) from handoff.imports") == 0


def test_a_list_of_another_or_of_nobody_is_not_found(site: Site, ada: Person) -> None:
    assert ada.get("/admin/imports/8f14e45f-ceea-467f-a8b6-0c0a5d2e4f6b").status == 404


def test_one_student_is_enrolled_by_a_form_that_says_what_follows(site: Site, ada: Person) -> None:
    given = {"full_name": "Zoë Lee", "email": "zoe@x.example", "program": "cna", "cohort": "Fall"}
    looked = ada.submit(ada.get("/admin/enroll"), "#enroll", look="1", **given)
    assert "Zoë Lee is new here." in looked.section("What will follow") and enrolled(site) == 0
    assert looked.one("#email")["value"] == "zoe@x.example"
    answer = ada.submit(looked, "#enroll", **given)
    assert answer.status == 303 and "The student is enrolled." in ada.get(str(answer.location)).text
    assert site.value("select e.cohort from handoff.enrollments as e") == "Fall"
    again = ada.submit(looked, "#enroll", **given)
    assert "Nothing was changed" in ada.get(str(again.location)).text
    assert enrolled(site) == 1


def test_the_form_refuses_in_words_and_loses_nothing(site: Site, ada: Person) -> None:
    page = ada.submit(ada.get("/admin/enroll"), "#enroll", full_name="Zoë", email="none", program="cna", cohort="")
    assert page.status == 400 and "Please check the e-mail address" in page.text
    assert page.one("#full_name")["value"] == "Zoë"
