"""Bodies that are signed and still can't be used: a clear code, the bytes kept, never a 500. And odd ones that can."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable

import psycopg
import pytest
from psycopg.rows import DictRow

from tests.world.partners import Partner, body_of, new_key
from tests.world.people import Student
from tests.world.server import Server

Partners = Callable[[str], Partner]
Enroll = Callable[[str], Student]
Db = psycopg.Connection[DictRow]


def event(**fields: object) -> bytes:
    """An event of a student nobody knows, changed; a field that is ... is left out."""
    document = {"event": "course.completed", "student_id": "nobody"} | fields
    return json.dumps({name: value for name, value in document.items() if value is not ...}).encode()


DEEP = b'{"event":"course.completed","student_id":"nobody","x":%s}'

REJECTED = {
    "400 empty_body": [b""],
    "400 bad_json": [
        b" ",
        b"{",
        b"{}{}",
        b'{"event":"course.completed",}',
        b"{'event':'course.completed'}",
        b'\xef\xbb\xbf\xef\xbb\xbf{"event":"course.completed"}',
        DEEP % b"NaN",
        DEEP % b"Infinity",
        DEEP % b"01",
        DEEP % b"0x1F",
        DEEP % b'"\t"',
        DEEP % b'"\\x"',
        DEEP % b"/* x */ 1",
        b"event=course.completed&student_id=nobody",
        b"<event/>",
        b"\x0c{}",
        b"\x0b{}",
        b"\xc2\xa0{}",
        b"\xe2\x80\xa8{}",
        b"{}\x1a",
        b"{},",
        b",{}",
        b'{"event":"x"',
        b'{"event":"x"}}',
        b'{"event" "x"}',
        b'{"event":}',
        b'{:"x"}',
        b'{"event":"x",,"student_id":"y"}',
        b'{event:"course.completed"}',
        b'{1:2}',
        b'{"event":"x"} {"event":"y"}',
        b'{"event":"x"}\n{"event":"y"}',
        b"undefined",
        b"True",
        b"-",
        *(DEEP % text for text in (b"+1", b"1.", b".1", b"1e", b"1e+", b"-", b"--1", b"1_000", b"1,2", b"-Infinity")),
        *(DEEP % text for text in (b"nan", b"None", b"True", b"nul", b"[1,]", b"[,1]", b'{"a":1,}', b"[1 2]", b"'x'")),
        *(DEEP % text for text in (b'"\n"', b'"\x1f"', b'"\\u12"', b'"\\uXYZW"', b'"\\U0001F600"', b'"\\0"')),
        *(DEEP % text for text in (b'"x', b'"\\')),
    ],
    "400 bad_encoding": [
        b'{"event":"\xff"}',
        event().decode().encode("utf-16"),
        event().decode().encode("utf-32"),
        DEEP % b'"\xed\xa0\x80"',
        DEEP % b'"\x00"',
        b"\x00",
        event() + b"\x00",
        event().decode().encode("utf-16-le"),
        event().decode().encode("utf-32-be"),
        *(DEEP % b'"%s"' % text for text in (b"\xc0\x80", b"\xe0\x80\x80", b"\xf4\x90\x80\x80")),
        *(DEEP % b'"%s"' % text for text in (b"\xe9", b"\x80", b"\xc3", b"\xe2\x82", b"\xed\xb0\x80", b"\xfe")),
    ],
    "400 bad_string": [DEEP % b'"\\ud800"', DEEP % b'"\\u0000"',
        DEEP % b'"\\udc00\\ud800"', b'{"\\u0000":1}',
        DEEP % b'"\\ud83d"', DEEP % b'"\\ud83dx"', DEEP % b'"\\ud83d\\u0041"',
        DEEP % b'"\\uDE00"', DEEP % b'{"\\ud800":1}', DEEP % b'[[["\\u0000"]]]',
    ],
    "400 number_range": [DEEP % b"1e200000", DEEP % b"1e400", DEEP % b"-1e999999999999"],
    "400 too_deep": [DEEP % (b"[" * 65 + b"]" * 65), b"[" * 60000, DEEP % (b'{"a":' * 65 + b"1" + b"}" * 65)],
    "400 duplicate_key": [
        b'{"event":"x","event":"course.completed","student_id":"nobody"}',
        DEEP % b'{"a":1,"\\u0061":2}',
    ],
    "400 not_an_object": [b"[]", b'"x"', b"null", b"true", b"1", b'[{"event":"course.completed"}]'],
    "422 missing_field": [
        b"{}",
        event(event=...),
        event(event=None),
        event(student_id=...),
        event(student_id=None),
        event(event=""),
        event(student_id=""),
        # What the sender meant is somewhere else.
        json.dumps({"event": "course.completed", "data": {"student_id": "nobody"}}).encode(),
    ],
    "422 bad_field": [
        event(event=1),
        event(event=["course.completed"]),
        event(event={}),
        event(event="x" * 101),
        event(student_id=-1),
        event(student_id=1.5),
        event(student_id=True),
        event(student_id={}),
        event(student_id="x" * 256),
        event(student_id="a\nb"),
        event(student_id=" a"),
        event(student_id="a "),
        event(course_id=7.5),
        event(course_id="x" * 256),
    ],
    "422 bad_time": [
        event(completed_at=value)
        for value in (
            "now", "tomorrow", "infinity", "-infinity", "epoch", "today", "2026-02-30T00:00:00Z", "2026-11-22",
            "2026-11-22 10:30:00", "2026-11-22T10:30:00", "22.11.2026", "2026-13-01T00:00:00Z", "2026-11-22T25:00:00Z",
            "x" * 5000, 1700000000, True, {}, "20261122T103000Z", "2026-11-22T10:30:00+99:00",
        )
    ],
}  # fmt: skip


@pytest.mark.parametrize(("said", "body"), [(said, body) for said, bodies in REJECTED.items() for body in bodies])
def test_what_cannot_be_used_has_a_code_and_its_bytes_are_kept(
    partner: Partners, live_db: Db, said: str, body: bytes
) -> None:
    key = new_key()
    answer = partner("hsi").send(body, key)
    assert answer.said == said
    assert set(answer.json) == {"error", "code", "receipt"} | ({"field"} if answer.status == 422 else set())
    row = live_db.execute("select * from handoff.partner_events as e where e.event_key = %s", [key]).fetchone()
    assert row is not None
    assert (row["body"], row["status"], row["reason"]) == (body, "rejected", said.split()[1])
    assert str(row["receipt"]) == answer.json["receipt"]


@pytest.mark.parametrize(
    "value",
    [
        "😀 é ﷺ",
        "\u202egnp.exe",
        "<script>alert(1)</script>",
        '=HYPERLINK("http://evil.example")',
        "Robert'); drop table handoff.profiles; --",
        "%s %(x)s {0} $1 \\",
        "../../etc/passwd",
        "x" * 60000,
        1e300,
        -0.0,
        123456789012345678901234567890,
        None,
        [[[[]]]],
    ],
)
def test_odd_values_in_fields_nobody_reads_are_kept_as_they_came(
    partner: Partners, enrolled: Enroll, live_db: Db, value: object
) -> None:
    student, key = enrolled("cpr-first-aid"), new_key()
    body = body_of("course.completed", student.id, note=value)
    assert partner("hsi").send(body, key).said == "200 accepted:completed"
    row = live_db.execute("select e.body from handoff.partner_events as e where e.event_key = %s", [key]).fetchone()
    assert row == {"body": body}


@pytest.mark.parametrize("value", ["😀", "O'Neil; --", "=1+1", "<b>", "%s", "日本語", "a" * 255, "in between", "null"])
def test_any_text_can_be_a_partners_id_of_a_student_or_a_course(partner: Partners, value: str) -> None:
    answer = partner("hsi").send(event(student_id=value, course_id=value, enrollment_id=value))
    assert answer.said == "202 parked:unknown_student"


def test_sixty_four_levels_are_not_too_deep(partner: Partners) -> None:
    assert partner("hsi").send(DEEP % (b"[" * 63 + b"]" * 63)).said == "202 parked:unknown_student"


@pytest.mark.parametrize(
    "form",
    [
        b'\n{\t"student_id" :\r\n "%s" , "event":"course.completed" }\n\n',
        b'{"\\u0065vent":"course\\u002ecompleted","student_id":"%s"}',
        b'{"event":"course.completed","student_id":"%s","n":[-0,0.0,1E5,1e-5,2E+3,123456789012345678901234567890]}',
        b'{"event":"course.completed","student_id":"%s","s":"\\"\\\\\\/\\b\\f\\n\\r\\t\\ud83d\\ude00\xf0\x9f\x98\x80\x7f"}',
        b'{"event":"course.completed","student_id":"%s","Event":"x","EVENT":1,"event ":2,"":3}',
    ],
)
def test_other_spellings_of_the_same_object_are_the_same(partner: Partners, enrolled: Enroll, form: bytes) -> None:
    student = enrolled("cpr-first-aid")
    assert partner("hsi").send(form % str(student.id).encode()).said == "200 accepted:completed"


@pytest.mark.parametrize("slug", ["careersafe", "milady"])
@pytest.mark.parametrize(
    ("form", "said"),
    [(b"%s", "400 bad_json"), (b"\xff%s", "400 bad_encoding"), (b'{"x":"%s"}', "422 missing_field")],
)
def test_the_other_schemes_reject_the_same_and_know_it_again(
    partner: Partners, slug: str, form: bytes, said: str
) -> None:
    body = form % secrets.token_urlsafe().encode()
    first = partner(slug).send(body)
    assert first.said == said
    second = partner(slug).send(body)
    assert second.said == "200 duplicate:rejected:" + said.split()[1]
    assert second.json["receipt"] == first.json["receipt"]


def test_nothing_of_this_was_an_error_of_ours(live_server: Server, live_db: Db) -> None:
    assert "Traceback" not in live_server.log()
    row = live_db.execute(
        "select count(*) as n from handoff.partner_events as e where e.error_code is not null"
    ).fetchone()
    assert row == {"n": 0}
