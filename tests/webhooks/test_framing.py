"""What is read of a body: lengths, chunks, and the limit of 64 KiB. Raw sockets."""

from __future__ import annotations

import gzip
import socket
import zlib
from collections.abc import Callable
from contextlib import suppress

import psycopg
import pytest
from psycopg.rows import DictRow

from tests.world.partners import (
    HOST,
    JSON,
    PATIENCE,
    POST,
    STRANGER,
    Partner,
    body_of,
    for_socket,
    new_key,
    raw,
    raw_request,
    statuses,
    stored,
)
from tests.world.people import Student
from tests.world.server import Server

Partners = Callable[[str], Partner]
Enroll = Callable[[str], Student]
Db = psycopg.Connection[DictRow]

CHUNKED = {"Host": "x", "Transfer-Encoding": "chunked", "Connection": "close"}


# Lengths


@pytest.mark.parametrize("length", ["-1", "+5", "1e3", "5, 5", "5,6", "0x10", "", " ", "9" * 5000, "\u0665"])
def test_a_content_length_that_is_no_number_is_refused_by_the_server(live_server: Server, length: str) -> None:
    request_bytes = f"{POST}\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode() + b"hello"
    [status] = statuses(raw(live_server.port, request_bytes))
    assert status in (400, 431)


def test_two_lengths_are_refused(live_server: Server) -> None:
    request_bytes = f"{POST}\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello".encode()
    assert statuses(raw(live_server.port, request_bytes)) == [400]


@pytest.mark.parametrize(
    "encoding", ["chunked", "identity", "gzip, chunked", "chunked, chunked", "xchunked", " chunked"]
)
def test_a_length_beside_a_transfer_encoding_never_smuggles_a_second_request(
    live_server: Server, encoding: str
) -> None:
    inner = raw_request("GET /healthz HTTP/1.1", {"Host": "x"})
    headers = {"Host": "x", "Content-Length": "5", "Transfer-Encoding": encoding}
    answer = raw(live_server.port, raw_request(POST, headers, b"0\r\n\r\n" + inner), half_close=True)
    assert len(statuses(answer)) == 1
    assert statuses(answer)[0] in (400, 501)
    assert b'"ok"' not in answer


@pytest.mark.parametrize("sent", [0, 1, 20])
def test_a_body_cut_short_is_refused_and_not_stored(
    partner: Partners, live_server: Server, live_db: Db, sent: int
) -> None:
    key = new_key()
    headers = for_socket(partner("hsi"), STRANGER, key)
    answer = raw(live_server.port, raw_request(POST, headers, STRANGER[:sent]), half_close=True)
    assert statuses(answer) in ([400], [])
    assert live_db.execute("select from handoff.partner_events as e where e.event_key = %s", [key]).rowcount == 0


def test_a_body_longer_than_its_length_is_read_up_to_it(partner: Partners, live_server: Server) -> None:
    headers = for_socket(partner("hsi"), STRANGER)
    answer = raw(live_server.port, raw_request(POST, headers, STRANGER + b"and more"), half_close=True)
    assert statuses(answer)[0] == 202
    assert b"unknown_student" in answer


# Chunks


@pytest.mark.parametrize(
    "body",
    [
        b"zz\r\nhello\r\n0\r\n\r\n",
        b"-5\r\nhello\r\n0\r\n\r\n",
        b"5\r\nhelloXX0\r\n\r\n",
        b"5\r\nhel",
        b"5\r\nhello\r\n",
        b"5\r\nhello\r\n0\r\n",
        b"",
        b"ffffffffffffffff\r\nhello\r\n0\r\n\r\n",
        b"5;" + b"x" * 9000 + b"\r\nhello\r\n0\r\n\r\n",
        b"0\r\nX: " + b"x" * 300000 + b"\r\n\r\n",
    ],
)
def test_chunks_that_are_none_are_refused_and_never_a_500(live_server: Server, body: bytes) -> None:
    headers = {"Host": "x", "Transfer-Encoding": "chunked", **JSON}
    answer = raw(live_server.port, raw_request(POST, headers, body), half_close=True)
    assert statuses(answer) in ([400], [401], [431], [])


def test_a_good_chunked_body_is_taken(partner: Partners, enrolled: Enroll, live_server: Server) -> None:
    student = enrolled("cpr-first-aid")
    body = body_of("course.completed", student.id)
    pieces = b"".join(b"%x;ext=1\r\n%s\r\n" % (len(part), part) for part in (body[:7], body[7:8], body[8:]))
    headers = for_socket(partner("hsi"), body) | {"Transfer-Encoding": "chunked", "Connection": "close"}
    del headers["Content-Length"]
    answer = raw(live_server.port, raw_request(POST, headers, pieces + b"0\r\nX-Trailer: 1\r\n\r\n"))
    assert statuses(answer) == [200]
    assert student.status() == "completed"


# What is read of it


def test_a_body_without_end_is_refused_and_read_no_further(live_server: Server, partner: Partners) -> None:
    """Chunk after chunk, as long as anybody listens."""
    sent, chunk = 0, b"10000\r\n" + b" " * 65536 + b"\r\n"
    answer = b""
    with socket.create_connection((HOST, live_server.port), timeout=PATIENCE) as connection:
        connection.sendall(raw_request(POST, CHUNKED | partner("hsi").signed(b"")))
        with suppress(OSError):
            while sent < 64 << 20:
                connection.sendall(chunk)
                sent += len(chunk)
        with suppress(OSError):
            answer = connection.recv(65536)
    assert sent < 64 << 20
    assert statuses(answer) in ([413], [])  # the answer may be lost, as we were still sending
    assert partner("hsi").send(STRANGER).status == 202


@pytest.mark.parametrize("size", [65536, 65537])
@pytest.mark.parametrize("piece", [1000, 65536, 65537])
def test_the_limit_is_counted_in_bytes_of_the_body_however_it_is_cut(
    live_server: Server, partner: Partners, live_db: Db, size: int, piece: int
) -> None:
    key, body = new_key(), STRANGER + b" " * (size - len(STRANGER))
    pieces = [body[at : at + piece] for at in range(0, len(body), piece)]
    chunks = b"".join(b"%X\r\n%s\r\n" % (len(part), part) for part in pieces) + b"0\r\n\r\n"
    answer = raw(live_server.port, raw_request(POST, CHUNKED | partner("hsi").signed(body, key), chunks))
    assert (statuses(answer), stored(live_db, key)) == (([202], 1) if size == 65536 else ([413], 0))


def test_413_needs_no_signature_and_no_body(live_server: Server) -> None:
    for length in (65537, 10**5, 10**18):
        headers = {"Host": "x", "Content-Length": str(length), "Connection": "close"}
        assert statuses(raw(live_server.port, raw_request(POST, headers))) == [413]


@pytest.mark.parametrize(
    "packed", [gzip.compress(STRANGER), zlib.compress(STRANGER), gzip.compress(bytes(10**8))[:65536]]
)
def test_what_is_compressed_is_never_unpacked(
    partner: Partners, live_server: Server, live_db: Db, packed: bytes
) -> None:
    key = new_key()
    said = raw(
        live_server.port,
        raw_request(POST, for_socket(partner("hsi"), packed, key, **{"Content-Encoding": "gzip"}), packed),
    )
    assert (statuses(said), stored(live_db, key)) == ([415], 0)
    assert partner("hsi").send(packed).said in ("400 bad_encoding", "400 bad_json")


def test_an_empty_body_is_an_event_that_cannot_be_used_when_it_is_signed(
    partner: Partners, live_server: Server
) -> None:
    for headers in (for_socket(partner("hsi"), b""), CHUNKED | partner("hsi").signed(b"")):
        body = b"0\r\n\r\n" if "Transfer-Encoding" in headers else b""
        answer = raw(live_server.port, raw_request(POST, headers, body))
        assert statuses(answer) == [400]
        assert b'"empty_body"' in answer
    without_length = {name: it for name, it in for_socket(partner("hsi"), b"").items() if name != "Content-Length"}
    assert statuses(raw(live_server.port, raw_request(POST, without_length))) == [400]


def test_none_of_this_was_an_error_of_ours(live_server: Server) -> None:
    assert "Traceback" not in live_server.log()
