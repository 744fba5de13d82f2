"""/admin/dashboard: partners' events that need a person."""

from __future__ import annotations

import json
from datetime import timedelta

from tests.pages.dashboard import HSI, PATH, figures
from tests.world.site import Person, Site, said


def test_parked_rejected_and_conflicting_events_are_counted_and_told_in_plain_words(site: Site, ada: Person) -> None:
    john = site.student("John Student")
    john.enroll("cpr-first-aid")
    for student in ("hsi-1", "hsi-2"):
        assert site.send("hsi", "course.completed", student) == "parked:unknown_student"
    assert site.deliver("jri", b"{not json") == "rejected:bad_json"
    body = json.dumps({"event": "course.completed", "student_id": str(john.id)}).encode()
    assert site.deliver("hsi", body, "key-1") == "accepted:completed"
    assert site.deliver("hsi", body + b" ", "key-1") == "conflict:key_reused"
    page = ada.get(PATH)
    assert figures(page)[2] == "4 events to look at"
    section = page.one("#events").parent
    assert section
    assert [said(item) for item in section.select(":scope > ul > li")] == [
        "Conflict 1 event key_reused A known id came with another content. The first content counts;"
        " ask the partner about the second.",
        "Parked 2 events unknown_student We don't know this student id. Link it to a student, and the event applies by"
        " itself.",
        "Rejected 1 event bad_json Not valid JSON. The partner must correct and send it again.",
    ]
    assert page.texts("details summary") == ["Show each event"]
    each = page.texts("details li")
    assert len(each) == 4
    (first,) = [item for item in each if "hsi-1" in item]
    receipt = site.value("select e.receipt from handoff.partner_events as e where e.external_student_id = 'hsi-1'")
    assert first == (
        f"Parked {HSI}, course.completed, student id hsi-1"
        " We don't know this student id. Link it to a student, and the event applies by itself."
        f" 2 March 2026, 09:00 UTC · receipt {receipt}"
    )


def test_what_applies_is_no_longer_listed(site: Site, ada: Person) -> None:
    john = site.student("John Student")
    john.enroll("cpr-first-aid")
    site.send("hsi", "course.completed", "hsi-1")
    ada.act("link_partner_account", "hsi", "hsi-1", john.id)
    assert ada.get(PATH).section("Partners' events to look at") == "Every event has been dealt with."


def test_a_fault_of_ours_is_named_by_its_code(site: Site, ada: Person) -> None:
    john = site.student("John Student")
    john.enroll("cpr-first-aid")
    site.db.execute(
        "create function public.fault() returns trigger language plpgsql as $$ begin perform 1 / 0; end $$;"
        "create trigger fault before update on handoff.enrollment_steps execute function public.fault()"
    )
    assert site.send("hsi", "course.completed", john) == "parked:apply_error"
    page = ada.get(PATH)
    assert "Our own fault stopped it; the event is safe." in page.text
    assert "Error code 22012." in page.texts("details li")[0]
    assert "division" not in page.text


def test_beyond_a_hundred_the_newest_are_shown_and_all_are_counted(site: Site, ada: Person) -> None:
    for number in range(101):
        site.send("hsi", "course.completed", f"hsi-{number}")
        site.set_clock(site.now + timedelta(seconds=1))
    page = ada.get(PATH)
    assert figures(page)[2] == "101 events to look at"
    assert page.texts("details summary") == ["Show the newest 100 of 101"]
    shown = page.texts("details li")
    assert len(shown) == 100
    assert "student id hsi-100 " in shown[0] and "student id hsi-1 " in shown[-1]
