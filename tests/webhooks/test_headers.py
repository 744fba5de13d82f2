"""Whose headers count, and how strictly they are read. Raw sockets."""

from __future__ import annotations

import time
from collections.abc import Callable

import psycopg
import pytest
from psycopg.rows import DictRow

from tests.world.partners import (
    JSON,
    PATH,
    POST,
    SECRETS,
    STRANGER,
    Partner,
    for_socket,
    new_key,
    raw,
    raw_request,
    sign_standard,
    statuses,
    stored,
)
from tests.world.server import Server

Partners = Callable[[str], Partner]
Db = psycopg.Connection[DictRow]


# Names and values


def test_a_header_sent_twice_is_refused(partner: Partners, live_server: Server) -> None:
    for name in ("webhook-id", "webhook-timestamp", "webhook-signature"):
        headers = for_socket(partner("hsi"), STRANGER, Connection="close")
        line = f"{name}: {headers[name]}\r\n"
        request_bytes = raw_request(POST, headers, STRANGER).replace(line.encode(), line.encode() * 2)
        assert statuses(raw(live_server.port, request_bytes)) == [401]


def test_a_name_with_underscores_is_another_header(partner: Partners, live_server: Server) -> None:
    headers = {
        name.replace("webhook-id", "webhook_id"): it for name, it in for_socket(partner("hsi"), STRANGER).items()
    }
    answer = raw(live_server.port, raw_request(POST, headers | {"Connection": "close"}, STRANGER))
    assert statuses(answer) == [401]
    assert b"missing_header" in answer


def test_names_of_headers_are_case_blind(partner: Partners, live_server: Server) -> None:
    headers = {name.upper(): it for name, it in for_socket(partner("hsi"), STRANGER, Connection="close").items()}
    assert statuses(raw(live_server.port, raw_request(POST, headers, STRANGER))) == [202]


@pytest.mark.parametrize(
    "line",
    [
        b"webhook-id: a\x00b",
        b"webhook-id: a\rb",
        b"webhook-signature: v1,\xff\xfe",
        b"webhook-signature: " + b"v1,AAAA " * 1000,
        b"webhook-id : x",
        b" folded",
        b"no colon",
        b"X: " + b"y" * 70000,
        b"\r\n".join(b"X-%d: y" % n for n in range(200)),
    ],
)
def test_headers_that_are_none_are_a_4xx(live_server: Server, line: bytes) -> None:
    start = raw_request(POST, {"Host": "x", "Content-Length": "2", "Connection": "close", **JSON}).removesuffix(b"\r\n")
    [status] = statuses(raw(live_server.port, start + line + b"\r\n\r\n{}"))
    assert status in (400, 401, 431)


@pytest.mark.parametrize(
    "start",
    [
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET\r\n\r\n",
        b"\x00" * 100 + b"\r\n\r\n",
        b"POST " + b"/" * 9000 + b" HTTP/1.1\r\n\r\n",
        b"POST / HTTP/9.9\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\r\n\r\n\r\n",
    ],
)
def test_what_is_no_http_is_a_4xx_or_hung_up_on(live_server: Server, start: bytes) -> None:
    answer = raw(live_server.port, start, half_close=True)
    assert all(400 <= status < 500 or status == 505 for status in statuses(answer))


# Whose headers count


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "PATH_INFO", "REMOTE_USER", "script_name", "SCRIPT-NAME"])
@pytest.mark.parametrize("value", ["/x", "/api", "/healthz", PATH])
def test_no_header_changes_which_path_was_asked_for(
    partner: Partners, live_server: Server, name: str, value: str
) -> None:
    answer = raw(live_server.port, raw_request(POST, for_socket(partner("hsi"), STRANGER) | {name: value}, STRANGER))
    assert statuses(answer) == [202]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-HTTP-Method-Override", "DELETE"),
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-Prefix", "/x"),
        ("X-Forwarded-For", "a, b\\"),
        ("X-Original-URL", "/admin/dashboard"),
        ("X-Rewrite-URL", "/healthz"),
        ("Forwarded", 'for="_x";host=evil'),
        ("Cookie", "handoff_session=x; handoff_form=\xff"),
        ("Authorization", "Basic \xff"),
        ("Range", "bytes=0-0"),
        ("If-None-Match", "*"),
        ("Accept", "text/html"),
        ("Accept-Encoding", "x;q=nan"),
        ("Upgrade", "websocket"),
        ("Origin", "https://evil.example"),
        ("TE", "trailers"),
        ("Trailer", "webhook-id"),
    ],
)
def test_a_header_that_is_not_ours_changes_nothing(
    partner: Partners, live_server: Server, name: str, value: str
) -> None:
    answer = raw(live_server.port, raw_request(POST, for_socket(partner("hsi"), STRANGER) | {name: value}, STRANGER))
    assert statuses(answer) == [202]
    assert b"Location" not in answer


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
@pytest.mark.parametrize("other", ["before", "after"])
def test_a_signed_header_that_comes_twice_is_refused_whichever_is_right(
    partner: Partners, live_server: Server, live_db: Db, name: str, other: str
) -> None:
    key = new_key()
    headers = for_socket(partner("hsi"), STRANGER, key)
    line, wrong = f"{name}: {headers[name]}\r\n".encode(), f"{name}: x\r\n".encode()
    both = wrong + line if other == "before" else line + wrong
    answer = raw(live_server.port, raw_request(POST, headers, STRANGER).replace(line, both))
    assert (statuses(answer), stored(live_db, key)) == ([401], 0)


@pytest.mark.parametrize(("slug", "name"), [("careersafe", "X-Webhook-Signature"), ("milady", "X-Webhook-Secret")])
def test_the_other_schemes_take_their_header_once_too(
    partner: Partners, live_server: Server, slug: str, name: str
) -> None:
    headers = for_socket(partner(slug), STRANGER)
    line = f"{name}: {headers[name]}\r\n".encode()
    good = raw_request(POST.replace("hsi", slug), headers, STRANGER)
    assert statuses(raw(live_server.port, good)) == [202]
    for more in (line, f"{name}: x\r\n".encode(), f"{name}:\r\n".encode()):
        assert statuses(raw(live_server.port, good.replace(line, line + more))) == [401]
        assert statuses(raw(live_server.port, good.replace(line, more + line))) == [401]


@pytest.mark.parametrize("more", [b"text/plain", b"application/json"])
def test_a_type_that_comes_twice_is_none(partner: Partners, live_server: Server, more: bytes) -> None:
    good = raw_request(POST, for_socket(partner("hsi"), STRANGER), STRANGER)
    line = b"Content-Type: application/json\r\n"
    answer = raw(live_server.port, good.replace(line, line + b"Content-Type: " + more + b"\r\n"))
    assert statuses(answer) in ([415], [400])


@pytest.mark.parametrize("value", ["identity", "Identity", " identity "])
def test_identity_is_no_encoding(partner: Partners, live_server: Server, value: str) -> None:
    headers = for_socket(partner("hsi"), STRANGER, **{"Content-Encoding": value})
    assert statuses(raw(live_server.port, raw_request(POST, headers, STRANGER))) == [202]


@pytest.mark.parametrize(
    "value", ["a,b", "a b", "a.b", "é", "\xa0", "a\x7f", "a\x80", "x" * 256, "\u2028".encode().decode("latin-1")]
)
def test_a_key_is_strict_even_when_it_is_rightly_signed(partner: Partners, live_server: Server, value: str) -> None:
    headers = for_socket(partner("hsi"), STRANGER) | sign_standard(SECRETS["hsi"], STRANGER, value)
    answer = raw(live_server.port, raw_request(POST, headers, STRANGER))
    assert statuses(answer) in ([401], [400])


def test_the_signatures_of_both_secrets_of_a_rotation_may_stand_in_one_header(
    partner: Partners, live_server: Server
) -> None:
    old, new = SECRETS["jri"].split()
    for secrets in ([old], [new], [old, new], [new, old]):
        key, now = new_key(), time.time()
        each = [sign_standard(secret, STRANGER, key, now) for secret in secrets]
        together = each[0] | {"webhook-signature": " ".join(one["webhook-signature"] for one in each)}
        headers = for_socket(partner("jri"), STRANGER) | together
        assert statuses(raw(live_server.port, raw_request(POST.replace("hsi", "jri"), headers, STRANGER))) == [202]


@pytest.mark.parametrize("line", [b"webhook-id: %s", b"Webhook-ID:%s", b"WEBHOOK-ID:\t %s \t"])
def test_space_around_a_value_is_not_part_of_it(
    partner: Partners, live_server: Server, live_db: Db, line: bytes
) -> None:
    key = new_key()
    good = raw_request(POST, for_socket(partner("hsi"), STRANGER, key), STRANGER)
    answer = raw(live_server.port, good.replace(b"webhook-id: " + key.encode(), line % key.encode()))
    assert (statuses(answer), stored(live_db, key)) == ([202], 1)


HOSTS = [
    "x", "handoff.example:1", "evil.example", "x y", "", "9" * 64, "x" * 300, "a..b", ".x", "x.", "[::1]", "[::1", "::",
    "x:y", "x:99999999", "x/../y", "x@y", "xn--", "xn--\xe9", "\xff", "\xe9.example", "x,y", "%00", "x\\y", "x?y",
    "x#y",
]  # fmt: skip


@pytest.mark.parametrize("address", HOSTS)
def test_the_host_header_decides_nothing(partner: Partners, live_server: Server, address: str) -> None:
    headers = for_socket(partner("hsi"), STRANGER) | {"Host": address}
    answer = raw(live_server.port, raw_request(POST, headers, STRANGER))
    assert statuses(answer) in ([202], [400])
    assert b"Location" not in answer


@pytest.mark.parametrize("address", HOSTS)
@pytest.mark.parametrize("path", ["/nowhere", "/verify", "/healthz"])
def test_no_host_makes_a_page_fail(live_server: Server, path: str, address: str) -> None:
    answer = raw(live_server.port, raw_request(f"GET {path} HTTP/1.1", {"Host": address, "Connection": "close"}))
    assert statuses(answer) in ([200], [400], [404])


def test_none_of_this_was_an_error_of_ours(live_server: Server) -> None:
    assert "Traceback" not in live_server.log()
