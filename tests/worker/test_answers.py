"""What a partner answers is taken where it can be used; what can't be is left out with a note, never an error."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.worker.outgoing.answers import EnrollmentAnswer, read_answer

FIELDS = ("external_student_id", "external_enrollment_id", "launch_url")
URL = "https://partner.example/start?for=H-1"


def read(**fields: Any) -> EnrollmentAnswer:
    """An answer with these fields."""
    return read_answer(json.dumps(fields).encode())


def test_all_three_are_read() -> None:
    said = read(external_student_id="H-1", external_enrollment_id="E-1", launch_url=URL, more={"of": "theirs"})
    assert said == EnrollmentAnswer("H-1", "E-1", URL)


@pytest.mark.parametrize(
    "body", [b"", b" \r\n", b"{}", b'{"external_student_id": null}', b'{"launch_url": ""}', b"\xef\xbb\xbf{}"]
)
def test_who_says_nothing_says_nothing(body: bytes) -> None:
    assert read_answer(body) == EnrollmentAnswer()


@pytest.mark.parametrize(
    "body",
    [
        b"OK",
        b"<html>",
        b"[]",
        b'"H-1"',
        b"7",
        b"null",
        b'{"external_student_id": "H-1"',
        b'{"external_student_id": "\xff"}',
        b"[" * 60_000,
        b'{"a":' * 12_000,
        b'{"external_student_id": ' + b"9" * 5000 + b"}",
        '{"external_student_id": "H-1"}'.encode("utf-16"),
    ],
)
def test_a_body_that_can_not_be_read_is_noted(body: bytes) -> None:
    assert read_answer(body) == EnrollmentAnswer(left_out=("body",))


@pytest.mark.parametrize(
    ("given_id", "stored"),
    [
        ("x" * 255, "x" * 255),
        ("Ha\u0308nsel 7", "H\u00e4nsel 7"),
        (4711, "4711"),
        (0, "0"),
        (10**18 - 1, "9" * 18),
        ("\u738b\u5c0f\u660e", "\u738b\u5c0f\u660e"),
    ],
)
@pytest.mark.parametrize("field", FIELDS[:2])
def test_an_id_is_text_or_a_whole_number(field: str, given_id: Any, stored: str) -> None:
    assert read(**{field: given_id}) == EnrollmentAnswer(**{field: stored})


@pytest.mark.parametrize(
    "odd",
    [
        "x" * 256,
        " ",
        "a\x00b",
        "a\nb",
        "a\u200bb",
        "\ufeffa",
        "a\u202eb",
        "\ud800",
        -7,
        7.0,
        10**18,
        True,
        False,
        [],
        ["H-1"],
        {},
        "\ufb1d" * 128,  # twice as long when it is composed
    ],
)
@pytest.mark.parametrize("field", FIELDS[:2])
def test_what_is_no_id_is_left_out_and_the_rest_is_taken(field: str, odd: Any) -> None:
    assert read(**{field: odd, "launch_url": URL}) == EnrollmentAnswer(launch_url=URL, left_out=(field,))


@pytest.mark.parametrize(
    "url",
    [
        URL,
        "http://partner.example",
        "https://partner.example:8443/a#b",
        "https://[2606:4700::1]/",
        "https://h\u00e4.example/\u738b",
    ],
)
def test_a_launch_url_is_an_address_of_the_web(url: str) -> None:
    assert read(launch_url=url) == EnrollmentAnswer(launch_url=url)


@pytest.mark.parametrize("scheme", ["HTTPS", "Https"])
def test_the_scheme_of_a_launch_url_is_kept_in_lower_case(scheme: str) -> None:
    assert read(launch_url=f"{scheme}://Hsi.example/Start") == EnrollmentAnswer(launch_url="https://Hsi.example/Start")


@pytest.mark.parametrize(
    "odd",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "ftp://partner.example/",
        "//partner.example/",
        "/start",
        "partner.example",
        "https://",
        "https:///start",
        "https:partner.example",
        "https://a@partner.example/",
        "https://partner.example\\@evil.example/",
        "https://partner.example/ start",
        " https://partner.example/",
        "https://partner.example/\n",
        "java\tscript:alert(1)",
        "https://partner.example:0/",
        "https://partner.example:port/",
        "https://[::1",
        "https://partner.example/\u202e",
        "https://partner.example/" + "x" * 2000,
        7,
        ["https://partner.example/"],
    ],
)
def test_what_is_no_address_of_the_web_is_left_out(odd: Any) -> None:
    assert read(launch_url=odd, external_student_id="H-1") == EnrollmentAnswer("H-1", left_out=("launch_url",))


scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text())
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5)
hosts = st.text("htps:/\\@.[]:#?%\t \u2028\u200baA0\u00e4", max_size=30).map(lambda rest: "https://" + rest)
fields = st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, st.one_of(values, hosts)))


def is_stored(answer: EnrollmentAnswer) -> bool:
    """Whether PostgreSQL takes all of it, within the bounds."""
    bounds = zip(answer[:3], (255, 255, 2000), strict=True)
    return all(
        text is None or (0 < len(text) <= most and text.isprintable() and "\x00" not in text and bool(text.encode()))
        for text, most in bounds
    )


@given(
    st.one_of(st.binary(), fields.map(lambda said: json.dumps(said).encode()), values.map(json.dumps).map(str.encode))
)
def test_whatever_is_answered_it_is_read_or_left_out(body: bytes) -> None:
    answer = read_answer(body)
    assert is_stored(answer)
    assert set(answer.left_out) <= {*FIELDS, "body"}
    assert all(getattr(answer, name) is None for name in answer.left_out if name != "body")
