"""HTTP that no well-behaved partner sends: never a redirect, never a 500, never a thread lost. Raw sockets."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from psycopg.rows import DictRow

from app.database import POOL_SIZE
from app.serve import WORKERS
from tests.partners import HOST, JSON, PATIENCE, Partner, body_of, new_key, raw, raw_request, request
from tests.people import Student
from tests.server import Server

Partners = Callable[[str], Partner]
Enroll = Callable[[str], Student]
Db = psycopg.Connection[DictRow]

STALLED = 2 * WORKERS * POOL_SIZE
POST = "POST /api/webhooks/partners/hsi HTTP/1.1"
STRANGER = b'{"event":"course.completed","student_id":"nobody"}'


def statuses(answer: bytes) -> list[int]:
    """The status of each response on a connection."""
    return [int(code) for code in re.findall(rb"HTTP/1\.[01] (\d{3}) ", answer)]


def signed(partner: Partner, body: bytes, key: str | None = None, **more: str) -> dict[str, str]:
    """The headers of a good delivery for a raw socket."""
    return {"Host": "x", "Content-Length": str(len(body)), **partner.signed(body, key), **more}


# Paths


@pytest.mark.parametrize(
    "path",
    [
        "/api/webhooks/partners/hsi/",
        "/api/webhooks/partners/hsi//",
        "/api//webhooks/partners/hsi",
        "/api/webhooks//partners/hsi",
        "/api/webhooks/partners//hsi",
        "/api/webhooks/partners/./hsi",
        "/api/webhooks/partners/x/../hsi",
        "/API/webhooks/partners/hsi",
        "/api/webhooks/partners/",
        "/api/webhooks/partners",
        "/api/webhooks/hsi",
        "/api/webhooks/partners/HSI",
        "/api/webhooks/partners/hsi%00",
        "/api/webhooks/partners/%00",
        "/api/webhooks/partners/hsi%0A",
        "/api/webhooks/partners/hsi%20",
        "/api/webhooks/partners/%20hsi",
        "/api/webhooks/partners/%ff",
        "/api/webhooks/partners/%c3%28",
        "/api/webhooks/partners/a%2Fb",
        "/api/webhooks/partners/hsi%2F",
        "/api/webhooks/partners/%2e%2e",
        "/api/webhooks/partners/%",
        "/api/webhooks/partners/%zz",
        "/api/webhooks/partners/hsi;x=1",
        "/api/webhooks/partners/" + "h" * 300,
        "/api/webhooks/partners/hsi'--",
        "/api/webhooks/partners/%F0%9D%94%A5si",
    ],
)
def test_a_path_that_is_not_a_partners_is_404_and_never_a_redirect(
    partner: Partners, live_server: Server, live_db: Db, path: str
) -> None:
    key = new_key()
    answer = request(live_server.port, "POST", path, STRANGER, partner("hsi").signed(STRANGER, key))
    assert answer.status == 404
    assert live_db.execute("select from handoff.partner_events as e where e.event_key = %s", [key]).rowcount == 0


@pytest.mark.parametrize(
    "path", ["/api/webhooks/partners/%68si", "/api/webhooks/partners/hsi?x=1", "/api/webhooks/partners/hsi?"]
)
def test_other_spellings_of_the_same_path_are_the_same_path(live_server: Server, path: str) -> None:
    assert request(live_server.port, "POST", path, STRANGER, JSON).said == "401 missing_header"


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "OPTIONS"])
def test_no_method_is_redirected_or_fails(live_server: Server, method: str) -> None:
    for path in ("/api/webhooks/partners/hsi/", "//api/webhooks/partners/hsi", "/api/webhooks/partners/%ff"):
        assert request(live_server.port, method, path).status in (404, 405)


def test_a_path_with_two_slashes_first_is_no_redirect(partner: Partners, live_server: Server) -> None:
    headers = signed(partner("hsi"), STRANGER, Connection="close")
    answer = raw(live_server.port, raw_request("POST //api/webhooks/partners/hsi HTTP/1.1", headers, STRANGER))
    assert statuses(answer) in ([202], [404])


def test_options_with_an_asterisk_does_not_fail(live_server: Server) -> None:
    answer = raw(live_server.port, raw_request("OPTIONS * HTTP/1.1", {"Host": "x", "Connection": "close"}))
    assert 400 <= statuses(answer)[0] < 500


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
    headers = signed(partner("hsi"), STRANGER, key)
    answer = raw(live_server.port, raw_request(POST, headers, STRANGER[:sent]), half_close=True)
    assert statuses(answer) in ([400], [])
    assert live_db.execute("select from handoff.partner_events as e where e.event_key = %s", [key]).rowcount == 0


def test_a_body_longer_than_its_length_is_read_up_to_it(partner: Partners, live_server: Server) -> None:
    headers = signed(partner("hsi"), STRANGER)
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
    headers = signed(partner("hsi"), body) | {"Transfer-Encoding": "chunked", "Connection": "close"}
    del headers["Content-Length"]
    answer = raw(live_server.port, raw_request(POST, headers, pieces + b"0\r\nX-Trailer: 1\r\n\r\n"))
    assert statuses(answer) == [200]
    assert student.status() == "completed"


# Headers


def test_a_header_sent_twice_is_refused(partner: Partners, live_server: Server) -> None:
    for name in ("webhook-id", "webhook-timestamp", "webhook-signature"):
        headers = signed(partner("hsi"), STRANGER, Connection="close")
        line = f"{name}: {headers[name]}\r\n"
        request_bytes = raw_request(POST, headers, STRANGER).replace(line.encode(), line.encode() * 2)
        assert statuses(raw(live_server.port, request_bytes)) == [401]


def test_a_name_with_underscores_is_another_header(partner: Partners, live_server: Server) -> None:
    headers = {name.replace("webhook-id", "webhook_id"): it for name, it in signed(partner("hsi"), STRANGER).items()}
    answer = raw(live_server.port, raw_request(POST, headers | {"Connection": "close"}, STRANGER))
    assert statuses(answer) == [401]
    assert b"missing_header" in answer


def test_names_of_headers_are_case_blind(partner: Partners, live_server: Server) -> None:
    headers = {name.upper(): it for name, it in signed(partner("hsi"), STRANGER, Connection="close").items()}
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


# Connections


def test_two_events_on_one_connection(partner: Partners, enrolled: Enroll, live_server: Server) -> None:
    student = enrolled("medical-assistant")
    first, second = body_of("enrollment.created", student.id), body_of("course.completed", student.id)
    answer = raw(
        live_server.port,
        raw_request(POST, signed(partner("hsi"), first), first),
        raw_request(POST, signed(partner("hsi"), second, Connection="close"), second),
    )
    assert statuses(answer) == [200, 200]
    assert student.steps().startswith("hsi:completed")


def test_after_a_refusal_the_next_event_on_the_connection_is_its_own(
    partner: Partners, enrolled: Enroll, live_server: Server
) -> None:
    student = enrolled("cpr-first-aid")
    body = body_of("course.completed", student.id)
    good = raw_request(POST, signed(partner("hsi"), body, Connection="close"), body)
    for line, refused in (
        ("POST /api/webhooks/partners/nobody HTTP/1.1", body),
        ("POST /api/webhooks/partners/gone HTTP/1.1", good),  # the refused body looks like a request itself
        ("PUT /api/webhooks/partners/hsi HTTP/1.1", good),
    ):
        first = raw_request(line, {"Host": "x", "Content-Length": str(len(refused)), **JSON}, refused)
        answer = statuses(raw(live_server.port, first, good, half_close=True))
        assert answer[0] in (404, 405, 410)
        assert answer[1:] in ([], [200])


def test_expect_100_continue(partner: Partners, enrolled: Enroll, live_server: Server) -> None:
    student = enrolled("cpr-first-aid")
    body = body_of("course.completed", student.id)
    headers = signed(partner("hsi"), body, Connection="close", Expect="100-continue")
    with socket.create_connection((HOST, live_server.port), timeout=PATIENCE) as connection:
        connection.sendall(raw_request(POST, headers))
        assert connection.recv(65536).startswith(b"HTTP/1.1 100 ")
        connection.sendall(body)
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")


def test_http_1_0(partner: Partners, enrolled: Enroll, live_server: Server) -> None:
    student = enrolled("cpr-first-aid")
    body = body_of("course.completed", student.id)
    answer = raw(live_server.port, raw_request(POST.replace("1.1", "1.0"), signed(partner("hsi"), body), body))
    assert statuses(answer) == [200]


@pytest.mark.parametrize("address", ["x", "handoff.example:1", "evil.example", "x y", ""])
def test_the_host_header_decides_nothing(partner: Partners, live_server: Server, address: str) -> None:
    headers = signed(partner("hsi"), STRANGER, Connection="close") | {"Host": address}
    answer = raw(live_server.port, raw_request(POST, headers, STRANGER))
    assert statuses(answer) in ([202], [400])
    assert b"Location" not in answer


def test_senders_that_stop_in_the_middle_do_not_keep_the_others_waiting(partner: Partners, live_server: Server) -> None:
    """More than the server has threads: some stop in the headers, some in the body, some send a byte now and then."""
    good, stop = raw_request(POST, signed(partner("hsi"), STRANGER), STRANGER), threading.Event()

    def stall(number: int) -> bytes:
        with socket.create_connection((HOST, live_server.port), timeout=PATIENCE) as connection:
            connection.sendall(good[:40] if number % 2 else good[:-20])
            while number < 4 and not stop.wait(0.5):
                connection.sendall(b"x")
            return connection.recv(65536)

    with ThreadPoolExecutor(STALLED) as pool:
        stalled = [pool.submit(stall, number) for number in range(STALLED)]
        answer = partner("hsi").send(STRANGER)
        stop.set()
    assert answer.status in (202, 503)
    assert answer.seconds < 5
    for told in stalled:
        assert statuses(told.result()) in ([400], [])
    assert partner("hsi").send(STRANGER).status == 202


def test_senders_that_leave_without_waiting_do_no_harm(partner: Partners, live_server: Server) -> None:
    def leave(_: int) -> None:
        with socket.create_connection((HOST, live_server.port), timeout=PATIENCE) as connection:
            connection.sendall(raw_request(POST, signed(partner("hsi"), STRANGER), STRANGER))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(leave, range(40)))
    assert partner("hsi").send(STRANGER).said == "202 parked:unknown_student"


def test_none_of_this_was_an_error_of_ours(live_server: Server) -> None:
    assert "Traceback" not in live_server.log()
