"""/admin/events/<receipt>: one event with all that is known of it."""

from __future__ import annotations

import hashlib
import json

import pytest

from tests.pages.inbox import event_page, newest
from tests.world.site import Person, Site


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
