"""413 and 415: how large a body may be, and of which type."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from psycopg.rows import DictRow

from app.webhooks.refusals import Refusals
from tests.world.partners import (
    JSON,
    SECRETS,
    STRANGER,
    Partner,
    body_of,
    new_key,
    raw,
    raw_request,
    sign_standard,
    stored,
)
from tests.world.people import Student
from tests.world.server import Server
from tests.world.site import Site

Partners = Callable[[str], Partner]
Enroll = Callable[[str], Student]
Db = psycopg.Connection[DictRow]


# 413


def padded(size: int, student_id: object = "nobody") -> bytes:
    """A good body of exactly this many bytes."""
    start = body_of("course.completed", student_id)[:-1] + b', "padding": "'
    return start + b"x" * (size - len(start) - 2) + b'"}'


def chunks(body: bytes) -> list[bytes]:
    """The body in pieces, so that it is sent chunked, without a length."""
    return [body[at : at + 8000] for at in range(0, len(body), 8000)]


@pytest.mark.parametrize("chunked", [False, True])
def test_64_kib_are_taken(partner: Partners, enrolled: Enroll, chunked: bool) -> None:
    student = enrolled("cpr-first-aid")
    body = padded(65536, student.id)
    answer = partner("hsi").post(chunks(body) if chunked else body, partner("hsi").signed(body))
    assert answer.said == "200 accepted:completed"


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("size", [65537, 1_000_000])
def test_413_for_one_byte_more_and_nothing_is_stored(partner: Partners, live_db: Db, size: int, chunked: bool) -> None:
    key, body = new_key(), padded(size)
    answer = partner("hsi").post(chunks(body) if chunked else body, partner("hsi").signed(body, key))
    assert answer.said == "413 too_large"
    assert stored(live_db, key) == 0


def test_413_comes_at_once_for_an_announced_length(live_server: Server) -> None:
    headers = {"Host": "x", "Content-Length": str(10**10), "Connection": "close"}
    answer = raw(live_server.port, raw_request("POST /api/webhooks/partners/hsi HTTP/1.1", headers))
    assert answer.startswith(b"HTTP/1.1 413 ")


# 415


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        'application/json; charset="utf-8"',
        "application/cloudevents+json",
        "application/vnd.partner.v2+json; charset=utf-8",
        "application/json; charset=utf8",
        "application/json; charset='utf-8'",
        "application/json;",
        "application/json; version=1",
        'application/json; profile="https://x.example/;charset=latin-1"; charset=UTF8',
        "application/json ; charset = utf-8",
        "model/gltf+json",
    ],
)
def test_json_in_utf_8_is_taken_under_each_of_its_names(partner: Partners, enrolled: Enroll, content_type: str) -> None:
    student = enrolled("cpr-first-aid")
    body = body_of("course.completed", student.id)
    answer = partner("hsi").post(body, partner("hsi").signed(body) | {"Content-Type": content_type})
    assert answer.said == "200 accepted:completed"


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "text/plain",
        "text/json",
        "application/json; charset=latin-1",
        "application/json; charset=utf-16",
        "application/json; charset=utf-8; charset=latin-1",
        "application/json; version=1; charset=us-ascii",
        "application/json; charset=",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonx",
        "application/json, text/plain",
    ],
)
def test_415_for_another_type_and_nothing_is_stored(partner: Partners, live_db: Db, content_type: str | None) -> None:
    key = new_key()
    headers = partner("hsi").signed(STRANGER, key)
    headers.pop("Content-Type") if content_type is None else headers.update({"Content-Type": content_type})
    answer = partner("hsi").post(STRANGER, headers)
    assert (answer.said, answer.json["header"]) == ("415 unsupported_type", "Content-Type")
    assert stored(live_db, key) == 0


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "GZIP", "gzip, identity", "x"])
def test_415_for_a_body_that_says_it_is_compressed(partner: Partners, live_db: Db, encoding: str) -> None:
    key = new_key()
    headers = partner("hsi").signed(STRANGER, key) | {"Content-Encoding": encoding}
    answer = partner("hsi").post(STRANGER, headers)
    assert (answer.said, answer.json["header"]) == ("415 unsupported_encoding", "Content-Encoding")
    assert stored(live_db, key) == 0


def test_413_and_415_are_counted_per_partner_and_day(make_site: Callable[..., Site]) -> None:
    site = make_site(partner_secrets={"HSI": (SECRETS["hsi"],)})
    body = body_of("course.completed", "nobody")
    refused = [
        (padded(65537), {}, "too_large"),
        (body, {"Content-Type": "text/plain"}, "unsupported_type"),
        (body, {"Content-Encoding": "gzip"}, "unsupported_encoding"),
    ]
    for sent, more, _ in refused:
        site.app.extensions["handoff_refusals"] = Refusals()
        site.app.test_client().post(
            "/api/webhooks/partners/hsi", data=sent, headers=JSON | sign_standard(SECRETS["hsi"], sent) | more
        )
    rows = site.db.execute(
        "select r.partner_slug, r.code, r.refusals from handoff.webhook_refusals as r order by r.code"
    )
    codes = sorted(code for _, _, code in refused)
    assert [tuple(row.values()) for row in rows] == [("hsi", code, 1) for code in codes]
    [seen] = site.db.execute("select o.refusals from handoff.partner_onboarding() as o where o.partner_slug = 'hsi'")
    assert seen == {"refusals": 3}
