"""/admin/events: the list of what needs a person, one event with all that is known of it, and what an admin can do."""

from __future__ import annotations

import hashlib
import json
from uuid import uuid4

import pytest

from tests.pages.inbox import HSI, PATH, event_page, followed, newest, notice, outcome, rows
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


# One event


def test_an_event_shows_what_was_sent_read_and_decided(site: Site, ada: Person, john: Person) -> None:
    john.enroll("cna")
    john.enroll("emt")
    body = json.dumps({"event": "course.completed", "student_id": str(john.id), "course_id": "BLS"}).encode()
    with site.db.transaction():
        site.db.execute("set local role handoff_webhook")
        context = '{"secret": "a1b2c3d4"}'
        site.db.execute("select handoff.receive_partner_event('hsi', 'msg_1', %s, 'webhook', %s)", [body, context])
    site.deliver("hsi", body, "msg_1")
    page = ada.get(event_page(newest(site)))
    assert page.section("What became of it").startswith("Parked It fits more than one step. Say which step it means.")
    sent = page.section("What the partner sent")
    assert sent.startswith(body.decode())
    assert "Received 2 March 2026, 09:00 UTC By webhook Verified with the secret with the fingerprint a1b2c3d4" in sent
    assert "Delivered 2 times, last 2 March 2026, 09:00 UTC Its id msg_1" in sent
    assert hashlib.sha256(body).hexdigest() in sent
    assert page.section("What was read") == (
        f"Event course.completed, completes the step Student id {john.id} Student John Student, {john.email} Course BLS"
    )
    assert page.section("What came of it, and who did it") == "Nothing has been changed by it."


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b'{"a": "\xff\xfe"}', r"{&quot;a&quot;: &quot;\xff\xfe&quot;}"),
        (b"\x00\x1b[31m\x07", r"\u0000\u001b[31m\u0007"),
        ("\u202egnirts".encode(), r"\u202egnirts"),
        (b"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("Zoë 学生".encode(), "Zoë 学生"),
    ],
)
def test_a_body_is_text_that_does_nothing_and_hides_nothing(site: Site, ada: Person, body: bytes, shown: str) -> None:
    site.deliver("hsi", body)
    page = ada.get(event_page(newest(site)))
    html = page.response.get_data(as_text=True)
    assert html.split("<pre>")[1].split("</pre>")[0].replace("&#34;", "&quot;") == shown


def test_the_field_that_was_refused_and_what_was_left_out_are_named(site: Site, ada: Person, john: Person) -> None:
    john.enroll("cpr-first-aid")
    site.deliver("hsi", b'{"event":"course.completed","student_id":"hsi-1","completed_at":"soon"}')
    page = ada.get(event_page(newest(site))).section("What was read")
    assert "Refused for completed_at" in page
    assert "Student id hsi-1" in page
    body = {"event": "course.completed", "student_id": str(john.id), "enrollment_id": -1, "certificate_number": "CS-7"}
    assert site.deliver("hsi", json.dumps(body).encode()) == "accepted:completed"
    page = ada.get(event_page(newest(site)))
    assert "Left out enrollment_id" in page.section("What was read")
    assert "certificate number CS-7" in page.section("Evidence for the step")


def test_a_long_body_is_cut_and_says_so(site: Site, ada: Person) -> None:
    site.deliver("hsi", b"[" + b"7" * 60_000)
    page = ada.get(event_page(newest(site)))
    assert len(page.one("pre").text) == 8192
    assert "51809 more bytes not shown." in page.section("What the partner sent")


def test_empty_and_dropped_bodies_are_told_apart(site: Site, ada: Person) -> None:
    site.deliver("hsi", b"")
    empty = newest(site)
    assert "the message was empty" in ada.get(event_page(empty)).section("What the partner sent")
    site.deliver("hsi", b"[]")
    site.travel(days=91)
    assert site.value("select handoff.drop_old_bodies('90 days')") == 2
    page = ada.get(event_page(empty))
    assert "dropped after the retention period" in page.section("What the partner sent")
    again = ada.submit(page, "#replay")
    assert (again.status, "content was dropped" in again.one("#error").text) == (409, True)


def test_the_other_contents_of_a_conflict_are_shown(site: Site, ada: Person) -> None:
    site.deliver("hsi", b"[]", "k")
    site.deliver("hsi", b'["other"]', "k")
    page = ada.get(event_page(newest(site)))
    assert '["other"]' in page.section("Other contents under the same id")
    assert hashlib.sha256(b'["other"]').hexdigest() in page.section("Other contents under the same id")


# Linking


def test_a_student_is_found_by_name_or_address_and_linked(site: Site, ada: Person, john: Person) -> None:
    enrollment = john.enroll("cpr-first-aid")
    for _ in range(2):
        site.send("hsi", "course.completed", "hsi-1")
    receipt = newest(site)
    nobody = ada.get(event_page(receipt, "?find=nobody%25"))
    assert nobody.text.count("No student has this") == 1
    for text in ("STUDENT", john.email):
        page = ada.get(event_page(receipt, f"?find={text}"))
        assert page.texts("#link h3") == ["John Student"]
        assert john.email in page.text and "CPR &amp; First Aid" in str(page.soup)
    assert "A link is never moved to another student." in page.text
    after = followed(ada, ada.submit(page, "#link li form"))
    assert notice(after) == "The account is linked. 2 events that waited for it could be applied."
    assert after.section("What became of it").startswith("Nothing to do The step was completed before.")
    assert site.value("select e.status from handoff.enrollments as e where e.id = %s", enrollment) == "completed"
    assert not after.soup.select("#link, #assign, #replay")


def test_an_account_of_somebody_else_is_not_moved_and_nothing_is_lost(site: Site, ada: Person, john: Person) -> None:
    site.send("hsi", "course.completed", "hsi-1")
    receipt = newest(site)
    page = ada.get(event_page(receipt, "?find=John"))
    ada.act("link_partner_account", "hsi", "hsi-1", site.student("Jane").id)
    refused = ada.submit(page, "#link li form")
    assert refused.status == 409
    assert "a link is never moved" in refused.one("#error").text
    gone = ada.submit(page, "#link li form", student="no id")
    assert (gone.status, "no such student" in gone.one("#error").text) == (404, True)


# Assigning


def test_the_step_that_an_event_means_can_be_named(site: Site, ada: Person, john: Person) -> None:
    cna = john.enroll("cna")
    site.travel(minutes=1)
    emt = john.enroll("emt")
    site.send("hsi", "course.completed", john)
    receipt = newest(site)
    page = ada.get(event_page(receipt))
    assert [text.split(",")[0] for text in page.texts("#assign label.choice")] == [
        "Emergency Medical Technician (EMT)",
        "Certified Nursing Assistant (CNA)",
    ]
    after = followed(ada, ada.submit(page, "#assign form", step=str(site.step(cna, 1)), reason="asked HSI"))
    assert notice(after) == "The event was tried. Applied: The step is completed."
    assert "At first it was parked: It fits more than one step." in after.text
    history = after.section("What came of it, and who did it")
    assert "Step: in progress → completed, reported by the partner: asked HSI" in history and "by Ada Admin" in history
    statuses = (
        "select string_agg(s.status, ' ' order by s.sequence_order)"
        " from handoff.enrollment_steps as s where s.enrollment_id = %s"
    )
    assert (site.value(statuses, cna), site.value(statuses, emt)) == ("completed in_progress", "in_progress pending")


def test_what_was_typed_is_kept_when_it_is_refused(site: Site, ada: Person, john: Person) -> None:
    held = john.enroll("cna")
    ada.act("hold_enrollment", held, "on leave")
    john.enroll("emt")
    site.send("hsi", "course.completed", john, completed_at="2020-01-01T00:00:00Z")
    receipt = newest(site)
    assert outcome(site, receipt) == "parked:ambiguous"
    page, step = ada.get(event_page(receipt)), str(site.step(held, 1))
    refused = ada.submit(page, "#assign form", step=step, reason="it is <this> one")
    assert (refused.status, refused.one("#why")["value"]) == (409, "it is <this> one")
    assert refused.one("#assign input[checked]")["value"] == step
    assert "resume it first" in refused.one("#error").text
    for fields, status in (
        ({"step": step, "reason": " "}, 400),
        ({"step": step, "reason": "x" * 1001}, 400),
        ({"step": "no id", "reason": "why"}, 404),
        ({"step": str(uuid4()), "reason": "a\x00b"}, 404),
        ({}, 400),
    ):
        assert ada.submit(page, "#assign form", **fields).status == status
    assert outcome(site, receipt) == "parked:ambiguous"


def test_an_event_without_a_step_says_why_there_is_none(site: Site, ada: Person, john: Person) -> None:
    site.send("hsi", "course.completed", john)
    section = ada.get(event_page(newest(site))).section("Which step does it mean?")
    assert section == f"John Student has no step with {HSI}."


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
        assert not page.soup.select("script, [onmouseover]")
    linked = followed(admin, admin.submit(admin.get(event_page(receipt, "?find=alert")), "#link li form"))
    assert (
        site.value("select a.student_id from handoff.partner_accounts as a where a.student_id is not null")
        == mallory.id
    )
    admin.submit(linked, "#replay")
    again = admin.get(event_page(receipt))
    assert HOSTILE in again.text and not again.soup.select("script, [onmouseover]")


# Undoing


def test_an_event_is_set_aside_and_taken_up_again(site: Site, ada: Person) -> None:
    site.send("hsi", "course.completed", "a test")
    page = ada.get(event_page(newest(site)))
    after = followed(ada, ada.submit(page, "#aside", reason="a test of theirs"))
    assert notice(after).startswith("The event is set aside.")
    assert "set aside: a test of theirs" in after.section("What came of it, and who did it")
    assert not after.soup.select("#aside") and "no-account" not in ada.get(PATH).text
    again = followed(ada, ada.submit(after, "#replay"))
    assert notice(again).startswith("The event was tried. Parked:") and again.soup.select("#aside")


def test_an_account_is_taken_back_from_the_wrong_student(site: Site, ada: Person, john: Person) -> None:
    cna = john.enroll("cna")
    ada.act("link_partner_account", "hsi", "h-1", john.id)
    assert site.send("hsi", "course.completed", "h-1") == "accepted:completed"
    page = ada.get(event_page(newest(site)))
    after = followed(ada, ada.submit(page, "#unlink form", reason="the other Patel"))
    assert notice(after) == "The account is nobody's any more. 1 event of it wait for the right student."
    assert after.soup.select("#link")
    status = "select s.status from handoff.enrollment_steps as s where s.id = %s"
    assert site.value(status, site.step(cna, 1)) == "in_progress"


def test_a_completion_whose_step_was_opened_again_can_be_tried_and_assigned(
    site: Site, ada: Person, john: Person
) -> None:
    cna = john.enroll("cna")
    assert site.send("hsi", "course.completed", john) == "accepted:completed"
    receipt = newest(site)
    assert not ada.get(event_page(receipt)).soup.select("#replay, #assign")
    ada.act("reopen_step", site.step(cna, 1), "by mistake")
    page = ada.get(event_page(receipt))
    assert page.soup.select("#assign")
    assert notice(followed(ada, ada.submit(page, "#replay"))) == "The event was tried. Applied: The step is completed."
