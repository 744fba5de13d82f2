"""/admin/alerts: what is wrong, since when, what to do, and who is at it."""

from __future__ import annotations

from tests.world.site import Page, Person, Site

PATH = "/admin/alerts"
TITLE = "John Student has been with Health & Safety Institute for 7 days"


def late(site: Site, *names: str) -> None:
    """Students who are late by now, in this order."""
    for name in names:
        site.student(name).enroll("cna")
        site.travel(seconds=1)
    site.travel(days=7, seconds=1)
    site.sweep()


def titles(page: Page) -> list[str]:
    return page.texts("ul.rows h3")


def test_when_nothing_is_wrong_the_page_says_so(ada: Person) -> None:
    assert "All clear" in ada.get(PATH).text


def test_an_alert_says_who_and_what_since_when_and_what_to_do(site: Site, ada: Person) -> None:
    late(site, "John Student")
    page = ada.get(PATH)
    assert titles(page) == [TITLE]
    [row] = page.texts("ul.rows > li")
    for said in ("More than 7 days is too long.", "Ask the student", "Certified Nursing Assistant", "9 March 2026"):
        assert said in row
    assert str(page.one("ul.rows a")["href"]).startswith("mailto:")


def test_an_admin_takes_it_on_and_knows_of_it(site: Site, ada: Person) -> None:
    late(site, "John Student")
    page = ada.get(PATH)
    answer = ada.submit(page, "form.take")
    assert answer.status == 303
    page = ada.get(PATH)
    assert "Ada Admin is at it." in page.text
    form = page.one("form.take")
    action = str(form.select("button[formaction]")[0]["formaction"])
    answer = ada.post(action, csrf_token=str(form.select("input[name=csrf_token]")[0]["value"]))
    assert answer.status == 303
    assert titles(ada.get(PATH)) == []
    page = ada.get(f"{PATH}?state=known")
    assert titles(page) == [TITLE] and "Ada Admin has known since" in page.text


def test_an_admin_leaves_it_alone_until_a_day(site: Site, ada: Person) -> None:
    late(site, "John Student")
    answer = ada.submit(ada.get(PATH), "form.snooze", until="2026-03-20", reason="is ill")
    assert answer.status == 303
    assert titles(ada.get(PATH)) == []
    assert "Left alone until 20 March 2026." in ada.get(f"{PATH}?state=known").text
    site.travel(days=14)
    assert len(titles(ada.get(PATH))) == 1


def test_a_day_that_can_not_be_is_refused_and_what_was_typed_is_kept(site: Site, ada: Person) -> None:
    late(site, "John Student")
    css = "form.snooze"
    for day in ("2026-03-01", "never", "9999-12-31"):
        page = ada.submit(ada.get(PATH), css, until=day, reason="is ill")
        assert page.status == 400
        assert "choose a day to come" in page.one(".note.bad").get_text()
        assert page.one("input[name=reason]")["value"] == "is ill"
    page = ada.submit(ada.get(PATH), css, until="2026-03-20", reason=" ")
    assert page.status == 400 and "say why" in page.one(".note.bad").get_text()
    assert page.one("input[name=until]")["value"] == "2026-03-20"


def test_the_list_is_paged_and_filtered(site: Site, ada: Person) -> None:
    late(site, *(f"Student {number:02}" for number in range(27)))
    site.db.execute("select handoff.fail_step(%s, 'cheated')", [site.step(site.student("Eve").enroll("cna"), 1)])
    site.sweep()
    first = ada.get(f"{PATH}?kind=stuck_student")
    assert len(titles(first)) == 25 and titles(first)[0].startswith("Student")
    [more] = [str(link["href"]) for link in first.soup.select("a.button")]
    second = ada.get(more)
    assert len(titles(second)) == 2 and not set(titles(first)) & set(titles(second))
    assert titles(ada.get(f"{PATH}?kind=enrollment_blocked")) == ["Eve did not pass at Health & Safety Institute"]
    assert len(titles(ada.get(f"{PATH}?kind=none&state=none"))) == 25, "what is none of ours counts as not given"
    assert ada.get(f"{PATH}?after=x").status == 404


OPENED = """
insert into handoff.alerts (kind, severity, about, partner_slug, numbers, opened_at, last_seen_at)
values ('delivery_failing', %s, %s, 'hsi', '{"messages": 3}', handoff.clock(), handoff.clock())
"""


def kinds(page: Page) -> list[str]:
    return page.texts("#kind option")


def test_the_kinds_are_counted_whatever_their_severity_and_what_is_new_alone(site: Site, ada: Person) -> None:
    for severity, about in (("severe", "refused"), ("notice", "unreachable")):
        site.db.execute(OPENED, [severity, about])
    assert "Messages that don't arrive (2)" in kinds(ada.get(PATH))
    assert "Messages that don't arrive" in kinds(ada.get(f"{PATH}?state=closed"))


def test_where_one_kind_is_clear_the_others_are_not_said_to_be(site: Site, ada: Person) -> None:
    site.db.execute(OPENED, ["severe", "refused"])
    page = ada.get(f"{PATH}?kind=stuck_student")
    assert "No alert of this kind." in page.text and "All clear" not in page.text


def test_what_is_over_is_kept(site: Site, ada: Person) -> None:
    late(site, "John Student")
    site.db.execute("update handoff.partners set stuck_after_days = 30")
    site.sweep()
    assert "All clear" in ada.get(PATH).text
    page = ada.get(f"{PATH}?state=closed")
    assert titles(page) == [TITLE] and not page.soup.select("form.take")
