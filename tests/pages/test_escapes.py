"""What a partner sent is shown sign by sign where a sign shows nothing, or turns round what stands beside it."""

from __future__ import annotations

import pytest

from app.pages import formats
from tests.world.site import Person, Site

TURNS = "\u202e"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hsi-9 é 王", "hsi-9 é 王"),
        (f"a{TURNS}b", "a\\u202eb"),
        ("a\ufe0f\u3164", "a\\ufe0f\\u3164"),
        ("a\u00a0\n", "a\\u00a0\\u000a"),
        ("\U000e0041", "\\ue0041"),
    ],
)
def test_what_shows_nothing_is_escaped(text: str, said: str) -> None:
    assert formats.escaped(text) == said


def test_what_looks_the_same_is_told_apart() -> None:
    assert (formats.spelled("zoe\u0301"), formats.spelled("zoé")) == ("zoe\\u0301", "zo\\xe9")


def test_an_old_account_that_turns_the_text_does_so_on_no_page(site: Site, john: Person, ada: Person) -> None:
    account = f"evil{TURNS}txt"
    site.db.execute(
        "insert into handoff.partner_accounts (partner_slug, external_student_id, student_id, linked_at)"
        " values ('hsi', %s, %s, now())",
        [account, john.id],
    )
    assert site.send("hsi", "course.completed", account) == "parked:no_enrollment"
    receipt = site.value("select e.receipt from handoff.partner_events as e")
    for path in (f"/admin/events/{receipt}", "/admin/events", "/admin/dashboard"):
        if path == "/admin/dashboard":  # where accounts that are nobody's stand
            site.value("select handoff.unlink_partner_account('hsi', %s, 'not his')", account)
        page = ada.get(path)
        assert TURNS not in str(page.soup), path
        assert "evil\\u202etxt" in page.text


def test_a_certificate_number_of_a_partner_shows_every_sign_to_the_student(site: Site, john: Person) -> None:
    john.enroll("cna")
    assert site.send("hsi", "course.completed", john, certificate_number="CS-\u31647102") == "accepted:completed"
    assert "certificate number CS-\\u31647102" in john.get("/student/progress").text
