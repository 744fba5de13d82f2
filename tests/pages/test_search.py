"""The search on every page of the office: one thing leads there, several are listed."""

from __future__ import annotations

from tests.world.site import Person, Site


def test_the_field_stands_on_every_page_of_the_office(ada: Person, john: Person) -> None:
    for path in ("/admin/dashboard", "/admin/students", "/admin/events", "/admin/alerts", "/admin/mails"):
        assert len(ada.get(path).soup.select("form[role=search] #find")) == 1, path
    assert john.get("/student/progress").soup.select("form[role=search]") == []


def test_one_that_is_found_is_led_to(site: Site, ada: Person, john: Person) -> None:
    john.enroll("cpr-first-aid")
    site.send("hsi", "course.completed", john)
    ada.act("link_partner_account", "hsi", "H-77", john.id)
    number = site.value("select c.number from handoff.certificates as c")
    receipt = site.value("select e.receipt from handoff.partner_events as e")
    for asked in ("john stu", john.email, "H-77", number, number.lower().replace("-", "%20")):
        assert ada.get(f"/admin/search?q={asked}").location == f"/admin/students/{john.id}", asked
    assert ada.get(f"/admin/search?q={receipt}").location == f"/admin/events/{receipt}"


def test_several_are_listed(site: Site, ada: Person, john: Person) -> None:
    site.student("Jane Student")
    page = ada.get("/admin/search?q=student")
    assert sorted(page.texts("tbody th")) == ["Jane Student", "John Student"]
    assert page.one("#find")["value"] == "student"


def test_nothing_that_is_found_says_how_to_look(ada: Person) -> None:
    for asked in ("nobody", "%25", "<script>"):
        assert "Nothing is found" in ada.get(f"/admin/search?q={asked}").text
    assert "Type a name" in ada.get("/admin/search").text


def test_a_student_finds_nobody(john: Person) -> None:
    assert john.get("/admin/search?q=john").status == 403
