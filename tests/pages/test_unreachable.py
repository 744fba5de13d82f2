"""An admin sees whose address does not work, on the dashboard and on a page, and says when one works again."""

from __future__ import annotations

import pytest

from app.pages.unreachable import view, words
from tests.world.refusing import refuse
from tests.world.site import Person, Site

PATH = "/admin/addresses"
MAILED = """
insert into handoff.outbox (key, kind, profile_id, made_at, expires_at, status, attempts, settled_at, mailed_to)
select 'withdrawn:' || gen_random_uuid(), 'withdrawn', p.id, now(), now(), 'sent', 1, now(), p.email
from handoff.profiles as p where p.id = %s returning message_id
"""


def bounced(site: Site, person: Person, status: str = "5.1.1") -> None:
    """A mail to the person has come back."""
    site.value("select handoff.note_bounce(%s, true, %s, %s)", site.value(MAILED, person.id), status, [person.email])


def test_where_mail_reaches_everybody_nothing_is_said(site: Site, ada: Person) -> None:
    assert ada.get("/admin/dashboard").soup.select("#unreachable") == []
    assert "Mail reaches everybody" in ada.get(PATH).text


def test_the_dashboard_names_one_and_counts_several(site: Site, ada: Person, john: Person) -> None:
    bounced(site, john)
    page = ada.get("/admin/dashboard")
    assert page.texts("#unreachable") == ["Mail to John Student comes back: the address does not work."]
    assert page.one("#to-unreachable")["href"] == PATH
    bounced(site, site.student("Jane Student"))
    assert ada.get("/admin/dashboard").texts("#unreachable") == [
        "Mail to 2 people comes back: the address does not work."
    ]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("5.1.1", words.NO_ADDRESS),
        ("5.2.2", words.FULL),
        ("5.2.1", words.DISABLED),
        ("5.4.4", words.NO_SERVER),
        ("5.0.0", words.OTHER),
    ],
)
def test_the_page_says_whose_and_why(site: Site, ada: Person, john: Person, status: str, said: str) -> None:
    bounced(site, john, status)
    (row,) = ada.get(PATH).texts("ul.rows li")
    assert row.startswith(f"John Student {john.email}, student. {said} ({status}) since 2 March 2026")


def test_an_admin_says_that_it_works_again(site: Site, ada: Person, john: Person) -> None:
    bounced(site, john)
    page = ada.submit(ada.get(PATH), f"#allow-{john.id}", reason="He answered from it.")
    assert (page.status, page.location) == (303, PATH)
    assert ada.get(PATH).texts(".note") == [words.ALLOWED]
    assert site.value("select a.reason from handoff.acts as a where a.act = 'mail_allowed'") == "He answered from it."
    token = str(ada.get("/admin/events").one("header form input[name=csrf_token]")["value"])
    ada.post(f"{PATH}/{john.id}/allow", reason="again", csrf_token=token)
    assert ada.get(PATH).texts(".note") == [words.WAS_ALLOWED]


def test_without_a_reason_nothing_changes(site: Site, ada: Person, john: Person) -> None:
    bounced(site, john)
    page = ada.submit(ada.get(PATH), f"#allow-{john.id}", reason=" ")
    assert page.status == 400 and page.texts(".note")[0].startswith("Nothing was changed. ")
    assert len(page.soup.select("ul.rows li")) == 1
    page = ada.submit(page, f"#allow-{john.id}", reason="y" * 1001)
    field = page.one(f"#why-{john.id}")
    assert str(field["value"]).startswith("yyy") and field["aria-describedby"] == page.one(".note.bad")["id"]
    assert page.one("details").has_attr("open")


def test_what_the_database_refuses_is_told_in_our_words(site: Site, ada: Person, john: Person) -> None:
    bounced(site, john)
    page = ada.get(PATH)
    refuse(site.db, "allow_mail_again", "TH409", "too many of them", "{}")
    told = ada.submit(page, f"#allow-{john.id}", reason="why")
    assert told.status == 409 and "too many" not in told.text


def test_the_list_has_pages(site: Site, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "PAGE", 2)
    for name in ("Ann", "Bea", "Cem"):
        bounced(site, site.student(name))
        site.travel(hours=1)
    page = ada.get(PATH)
    assert page.texts("h3") == ["Cem", "Bea"] and page.texts(".buttons a") == ["Older"]
    page = ada.get(str(page.one(".buttons a")["href"]))
    assert page.texts("h3") == ["Ann"] and page.texts(".buttons a") == ["Newest"]
    assert ada.get(f"{PATH}?before=yesterday").status == 404
