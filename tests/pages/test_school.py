"""The school's name, time zone, logo and paper, wherever people see them."""

from __future__ import annotations

import base64

import pytest

from app.database import DatabaseUnavailable
from app.pages import school as school_module
from app.pages.school import School, SchoolShelf
from tests.pages.papers import certify, document, facts, pdf_of, words_of
from tests.world.site import Person, Site

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
NAMED = """
    update handoff.school set name = 'Our School', address = '1 Main Street', signatory = E'Ann Lee\\nDirector',
      time_zone = 'America/Indiana/Indianapolis', paper = 'us-letter', logo = %s
"""


@pytest.fixture
def named(site: Site) -> Site:
    """A school that says who and where it is."""
    site.db.execute(NAMED.encode(), [PNG])
    return site


def test_a_school_that_set_nothing_looks_as_before(site: Site, john: Person) -> None:
    page = site.visitor().get("/sign-in")
    assert (page.one("title").string, page.texts(".brand")) == ("Sign in \u2013 Handoff", ["Handoff"])
    assert site.visitor().get("/school-logo").status == 404
    number = certify(site, john)
    assert "Issued by" not in facts(site.visitor().get(f"/verify/{number}"))
    pdf = john.get(f"/student/certificates/{number}.pdf").response.data
    assert f"Issued on 2 March 2026. Certificate number {number}." in words_of(pdf)
    assert [round(float(side)) for side in document(pdf).pages[0].mediabox[2:]] == [842, 595]


def test_its_name_and_logo_stand_where_people_sign_in(named: Site) -> None:
    page = named.visitor().get("/sign-in")
    assert (page.one("title").string, page.texts(".brand")) == ("Sign in \u2013 Our School", ["Our School"])
    assert (page.one("img")["src"], page.one("img")["alt"]) == ("/school-logo", "Our School")
    answer = named.visitor().get("/school-logo").response
    assert (answer.mimetype, answer.data) == ("image/png", PNG)


def test_its_name_and_its_days_stand_on_what_it_certifies(named: Site, john: Person) -> None:
    named.set_clock(named.now.replace(month=11, day=14, hour=0, minute=53))
    number = certify(named, john)
    page = named.visitor().get(f"/verify/{number}")
    assert facts(page) == {
        "Issued by": "Our School, 1 Main Street",
        "Student": "John Student",
        "Program": "CPR & First Aid",
        "Completed": "13 November 2026",
        "Issued": "13 November 2026",
        "Signed by": "Ann Lee, Director",
        "Number": number,
    }
    assert page.one("img")["alt"] == "Our School"
    assert "enrolled on 13 November 2026" in john.get("/student/progress").text
    pdf = john.get(f"/student/certificates/{number}.pdf").response.data
    text = words_of(pdf)
    for part in (
        "has completed the program CPR & First Aid on 13 November 2026",
        "Ann Lee Director",
        "Health & Safety Institute, 13 November 2026",
        "Issued on 13 November 2026 by Our School, 1 Main Street.",
    ):
        assert part in text, text
    assert [round(float(side)) for side in document(pdf).pages[0].mediabox[2:]] == [792, 612]
    assert len(document(pdf).pages[0].images) == 1


def test_a_certificate_keeps_the_school_of_its_day(named: Site, john: Person) -> None:
    number = certify(named, john)
    named.db.execute(
        "update handoff.school set name = 'Renamed', time_zone = 'Asia/Tokyo', signatory = 'Somebody Else'"
    )
    found = facts(named.visitor().get(f"/verify/{number}"))
    assert (found["Issued by"], found["Signed by"]) == ("Our School, 1 Main Street", "Ann Lee, Director")


def test_the_partners_day_is_certified_and_ours_is_the_issue(named: Site, john: Person) -> None:
    john.enroll("cpr-first-aid")
    named.travel(days=21)
    said = named.now.replace(day=6).isoformat()
    assert named.send("hsi", "course.completed", john, completed_at=said) == "accepted:completed"
    number = named.value("select c.number from handoff.certificates as c")
    found = facts(named.visitor().get(f"/verify/{number}"))
    assert (found["Completed"], found["Issued"]) == ("6 March 2026", "23 March 2026")


@pytest.mark.parametrize("end", ["revoke", "reissue"])
def test_a_revoked_or_replaced_certificate_says_so_with_its_date(named: Site, john: Person, end: str) -> None:
    number = certify(named, john)
    named.travel(days=2)
    named.admin().act(f"{end}_certificate", number, "why")
    page = named.visitor().get(f"/verify/{number}")
    word, heading = {
        "revoke": ("Revoked", "This certificate was revoked"),
        "reissue": ("Replaced", "This certificate was replaced by another"),
    }[end]
    assert (page.status, page.texts("h2")) == (200, [heading])
    assert "It is not valid since 4 March 2026." in page.text and "genuine" not in page.text
    assert facts(page)["Student"] == "John Student"
    text = words_of(john.get(f"/student/certificates/{number}.pdf").response.data)
    assert f"{word} on 4 March 2026: not valid" in text
    shown = john.get("/student/progress").text
    assert number not in shown and ("Download the certificate" in shown) == (end == "reissue")


def test_an_erased_name_is_not_shown(named: Site, john: Person) -> None:
    number = certify(named, john)
    named.db.execute("update handoff.certificates set student_name = null")
    found = facts(named.visitor().get(f"/verify/{number}"))
    assert (found["Student"], found["Completed"]) == ("The name was erased", "2 March 2026")
    assert "John" not in words_of(named.admin().get(f"/student/certificates/{number}.pdf").response.data)


def test_a_logo_that_is_no_picture_does_not_stop_a_certificate(caplog: pytest.LogCaptureFixture) -> None:
    assert "John Student" in words_of(pdf_of(School(logo=PNG[:20])))
    assert caplog.messages == ["the school's logo can't be read as a picture: certificates are printed without it"]


def test_the_last_school_known_is_shown_while_the_database_is_away(
    named: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = SchoolShelf()
    with named.app.test_request_context():
        assert shelf.school().title == "Our School"

    def away() -> None:
        raise DatabaseUnavailable

    monkeypatch.setattr(school_module, "as_visitor", away)
    monkeypatch.setattr(school_module, "KEPT_SECONDS", 0.0)
    assert (shelf.school().title, shelf.known().title) == ("Our School", "Our School")
    assert SchoolShelf().school() == School()
