"""/admin/dashboard: partners' events that need a person."""

from __future__ import annotations

import json
from datetime import timedelta

from tests.pages.dashboard import HSI, PATH, acts, figures, items
from tests.world.site import Person, Site

KNOWN = "A known id came with another content. The first content counts; ask the partner about the second."
NO_JSON = "Not valid JSON. The partner must correct and send it again."


def test_parked_rejected_and_conflicting_events_are_counted_and_told_in_plain_words(site: Site, ada: Person) -> None:
    john = site.student("John Student")
    john.enroll("cpr-first-aid")
    for student in ("hsi-1", "hsi-2", "hsi-1"):
        assert site.send("hsi", "course.completed", student) == "parked:unknown_student"
    site.travel(minutes=1)
    assert site.deliver("jri", b"{not json") == "rejected:bad_json"
    body = json.dumps({"event": "course.completed", "student_id": str(john.id)}).encode()
    assert site.deliver("hsi", body, "key-1") == "accepted:completed"
    site.travel(minutes=1)
    assert site.deliver("hsi", body + b" ", "key-1") == "conflict:key_reused"
    page = ada.get(PATH)
    assert figures(page)[2] == "5 events to look at 2 unknown accounts"
    since = "Since 2 March 2026."
    assert items(page, "queue") == [
        f"Unknown account hsi-1 of {HSI} is nobody's yet 2 events wait. Link the account to its student, and they apply"
        f" by themselves. {since} Find whose it is: hsi-1",
        f"Unknown account hsi-2 of {HSI} is nobody's yet 1 event waits. Link the account to its student, and it applies"
        f" by itself. {since} Find whose it is: hsi-2",
        f"Event Job Ready Indy rejected 1 event waits. {NO_JSON} {since} Look at it: Job Ready Indy",
        f"Event {HSI} conflict 1 event waits. {KNOWN} {since} Look at it: {HSI}",
    ]
    assert page.texts("#kinds li") == ["Unknown accounts 2", "Other events, by reason 2"]


def test_an_account_leads_to_its_newest_event_where_it_is_linked(site: Site, ada: Person) -> None:
    site.send("hsi", "course.completed", "hsi-1")
    site.travel(hours=1)
    site.send("hsi", "course.completed", "hsi-1")
    newest = site.value("select e.receipt from handoff.partner_events as e order by e.position desc limit 1")
    assert acts(ada.get(PATH)) == [[f"/admin/events/{newest}"]]


def test_several_for_the_same_reason_lead_to_the_list_of_these(site: Site, ada: Person, john: Person) -> None:
    john.enroll("cna")
    for _ in range(2):
        assert site.send("hsi", "no.such", john) == "parked:unknown_event_type"
    assert acts(ada.get(PATH)) == [["/admin/events?partner=hsi&status=parked&reason=unknown_event_type"]]


def test_what_applies_is_no_longer_listed(site: Site, ada: Person) -> None:
    john = site.student("John Student")
    john.enroll("cpr-first-aid")
    site.send("hsi", "course.completed", "hsi-1")
    ada.act("link_partner_account", "hsi", "hsi-1", john.id)
    assert ada.get(PATH).section("What needs a person") == "All clear: nothing needs you."


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
    event = ada.get(acts(page)[0][0])
    assert "Error code 22012." in event.text
    assert "division" not in page.text + event.text


def test_beyond_ten_the_oldest_are_shown_and_all_are_counted(site: Site, ada: Person) -> None:
    for number in range(101):
        site.send("hsi", "course.completed", f"hsi-{number}")
        site.set_clock(site.now + timedelta(seconds=1))
    page = ada.get(PATH)
    assert figures(page)[2] == "101 events to look at 101 unknown accounts"
    shown = items(page, "queue")
    assert len(shown) == 10
    assert "hsi-0 " in shown[0] and "hsi-9 " in shown[-1]
    assert page.one("#kinds a")["href"] == "/admin/events?status=parked&reason=unknown_student"
