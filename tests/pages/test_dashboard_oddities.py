"""/admin/dashboard: what an earlier version stored of people and would not be taken today."""

from __future__ import annotations

import re

from app.pages.dashboard import words
from tests.world.site import Person, Site

PATH = "/admin/dashboard"
HEADING = "People's details to look at"
ACUTE, TURNS = "\u0301", "\u202e"


def test_nothing_odd_is_not_spoken_of(site: Site, ada: Person) -> None:
    site.value("select handoff.create_profile('josé@test.example', '王小明')")
    assert HEADING not in ada.get(PATH).texts("h2")


def test_each_is_listed_letter_by_letter_with_what_to_do(site: Site, john: Person, ada: Person) -> None:
    kept = site.value("select handoff.create_profile('josé@test.example', 'José One')")
    assert kept
    with site.db.transaction():
        site.db.execute("alter table handoff.profiles disable trigger check_person")
        twin = site.value(
            "insert into handoff.profiles (email, full_name, role, created_at) values (%s, %s, 'student', now())"
            " returning id",
            f"jose{ACUTE}@test.example",
            f"José{TURNS} Two",
        )
        site.db.execute("alter table handoff.profiles enable trigger check_person")
    site.db.execute(
        "insert into handoff.partner_accounts (partner_slug, external_student_id, student_id, linked_at)"
        " values ('hsi', %s, %s, now())",
        [f"zoe{ACUTE}", john.id],
    )
    page = ada.get(PATH)
    listed = page.section(HEADING)
    shown = f"José\\u202e Two, jose{ACUTE}@test.example · profile {twin}"
    assert f"Student id zoe\\u0301 with hsi. {' '.join(words.ODDITY['account_unusual'])}" in listed
    assert f"Address jose\\u0301@test.example. {' '.join(words.ODDITY['address_taken'])} {shown}" in listed
    assert f"Name Jos\\xe9\\u202e Two. {' '.join(words.ODDITY['name_refused'])} {shown}" in listed
    assert TURNS not in str(page.one("#oddities"))


def test_every_oddity_has_its_words(site: Site) -> None:
    body = site.value("select p.prosrc from pg_catalog.pg_proc as p where p.proname = 'stored_oddities'")
    assert set(words.ODDITY) == set(re.findall(r"'((?:address|name|account)_\w+)'", body))
