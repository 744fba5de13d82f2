"""/admin/events: who may see it, and the list of what needs a person."""

from __future__ import annotations

import hashlib
import json
from uuid import uuid4

import pytest

from tests.pages.inbox import HSI, PATH, event_page, followed, newest, outcome, rows
from tests.world.site import Person, Site

HOSTILE = """<script>alert(1)</script> "x' onmouseover='alert(2) &lt;b&gt; {{ 7*7 }} <!--"""


# Who may


@pytest.mark.parametrize("path", [PATH, f"{PATH}/{uuid4()}", "/admin/replay"])
def test_a_visitor_signs_in_first_and_a_student_gets_403(site: Site, john: Person, path: str) -> None:
    assert site.visitor().get(path).location == f"/sign-in?next={path}"
    assert john.get(path).status == 403


@pytest.mark.parametrize(
    "path",
    [
        *(f"{PATH}/{uuid4()}/{act}" for act in ("link", "assign", "replay")),
        *("/admin/replay/mark", "/admin/replay", "/admin/replay/stop"),
    ],
)
def test_a_form_that_this_site_has_not_made_does_nothing(site: Site, ada: Person, path: str) -> None:
    ada.get(PATH)
    assert ada.post(path, status="parked").status == 400
    assert site.value("select count(*) from handoff.acts") == 0


def test_a_student_can_not_act_with_a_good_form(site: Site, john: Person) -> None:
    john.enroll("cna")
    site.send("hsi", "course.completed", "hsi-1")
    receipt, page = newest(site), john.get("/student/progress")
    token = str(page.one("header input[name=csrf_token]")["value"])
    answer = john.post(f"{PATH}/{receipt}/link", csrf_token=token, student=str(john.id))
    assert answer.status == 403
    assert outcome(site, receipt) == "parked:unknown_student"


# The list


def test_nothing_to_do_is_said(ada: Person) -> None:
    page = ada.get(PATH)
    assert page.section("Events") == "Every event has been dealt with."
    assert not page.soup.select("#again, #due")


def test_parked_rejected_and_conflicting_events_are_listed_newest_first(site: Site, ada: Person, john: Person) -> None:
    john.enroll("cpr-first-aid")
    assert site.send("hsi", "course.completed", "hsi-1") == "parked:unknown_student"
    site.travel(minutes=1)
    assert site.deliver("jri", b"{not json") == "rejected:bad_json"
    site.travel(minutes=1)
    first = json.dumps({"event": "course.completed", "student_id": str(john.id)}).encode()
    site.deliver("hsi", first, "k")
    site.travel(minutes=1)
    assert site.deliver("hsi", first + b" ", "k") == "conflict:key_reused"
    conflict, rejected, parked = rows(ada.get(PATH))
    assert conflict.startswith(f"Conflict {HSI}, course.completed, student id {john.id} A known id came with another")
    assert hashlib.sha256(first).hexdigest() in conflict
    assert hashlib.sha256(first + b" ").hexdigest() in conflict
    assert rejected.startswith("Rejected Job Ready Indy Not valid JSON.")
    assert parked.startswith(f"Parked {HSI}, course.completed, student id hsi-1 We don't know this student id.")


def test_filters_choose_and_are_kept(site: Site, ada: Person) -> None:
    for partner, student in (("hsi", "a"), ("milady", "b"), ("hsi", "c")):
        site.send(partner, "course.completed", student)
    site.deliver("hsi", b"[]")
    assert len(rows(ada.get(PATH))) == 4
    assert len(rows(ada.get(PATH + "?partner=hsi"))) == 3
    assert len(rows(ada.get(PATH + "?partner=hsi&status=parked"))) == 2
    page = ada.get(PATH + "?status=rejected&reason=not_an_object&partner=")
    assert len(rows(page)) == 1
    assert page.texts("option[selected]") == ["Rejected", "Rejected: not_an_object"]
    assert ada.get(PATH + "?reason=apply_error").section("Events") == "No event fits."


def test_the_list_goes_on_page_by_page(site: Site, ada: Person) -> None:
    for number in range(101):
        site.send("hsi", "course.completed", f"hsi-{number:03}")
    site.send("milady", "course.completed", "other")
    page, seen, sizes = ada.get(PATH + "?partner=hsi"), [], []
    while True:
        sizes.append(len(rows(page)))
        seen += [item.split("student id ")[1].split()[0] for item in rows(page)]
        older = page.soup.find("a", string="Older")
        if older is None:
            break
        page = ada.get(str(older["href"]))  # type: ignore[index]
    assert sizes == [50, 50, 1]
    assert sorted(seen) == [f"hsi-{number:03}" for number in range(101)]
    assert page.soup.find("a", string="Newest")


@pytest.mark.parametrize(
    "query", ["?partner=%00&status=x&reason='", "?status=" + "x" * 3000, "?reason=%ff%fe&partner="]
)
def test_filters_that_are_none_count_as_not_given(site: Site, ada: Person, query: str) -> None:
    site.send("hsi", "course.completed", "hsi-1")
    assert len(rows(ada.get(PATH + query))) == 1


@pytest.mark.parametrize("before", ["", "x", "~~", "2026-01-01~x~", "2026-01-01T00:00:00+00:00~%00~zz", "1~2~3~4"])
def test_a_place_that_is_none_does_not_exist(ada: Person, before: str) -> None:
    assert ada.get(f"{PATH}?before={before}").status == 404


@pytest.mark.parametrize("receipt", ["x", "00000000-0000-0000-0000-00000000000", str(uuid4())])
def test_an_unknown_receipt_does_not_exist(ada: Person, receipt: str) -> None:
    assert ada.get(f"{PATH}/{receipt}").status == 404


# Texts from outside


def test_hostile_texts_are_shown_and_never_run(site: Site) -> None:
    site.db.execute("update handoff.partners set name = %s where slug = 'hsi'", [HOSTILE])
    admin, mallory = site.admin(HOSTILE), site.student(HOSTILE)
    site.deliver("hsi", json.dumps({"event": HOSTILE[:90], "student_id": HOSTILE}).encode())
    site.send("hsi", "course.completed", HOSTILE)
    receipt = newest(site)
    for path in (PATH, event_page(receipt, "?find=alert"), event_page(receipt, f"?find={HOSTILE[:20]}")):
        page = admin.get(path)
        assert HOSTILE in page.text
        assert not page.soup.select("script:not([src]), [onmouseover]")
    linked = followed(admin, admin.submit(admin.get(event_page(receipt, "?find=alert")), "#link li form"))
    assert (
        site.value("select a.student_id from handoff.partner_accounts as a where a.student_id is not null")
        == mallory.id
    )
    admin.submit(linked, "#replay")
    again = admin.get(event_page(receipt))
    assert HOSTILE in again.text and not again.soup.select("script:not([src]), [onmouseover]")
