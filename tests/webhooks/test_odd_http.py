"""HTTP that no well-behaved partner sends: never a redirect, never a 500, never a thread lost. Raw sockets."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from psycopg.rows import DictRow

from app.database.pools import POOL_SIZE
from app.serve import WORKERS
from tests.world.partners import (
    HOST,
    JSON,
    PATH,
    PATIENCE,
    POST,
    STRANGER,
    Partner,
    body_of,
    for_socket,
    new_key,
    raw,
    raw_request,
    request,
    statuses,
    stored,
)
from tests.world.people import Student, events
from tests.world.server import Server

Partners = Callable[[str], Partner]
Enroll = Callable[[str], Student]
Db = psycopg.Connection[DictRow]

CHUNKED = {"Host": "x", "Transfer-Encoding": "chunked", "Connection": "close"}
STALLED = 2 * WORKERS * POOL_SIZE


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
    headers = for_socket(partner("hsi"), STRANGER, Connection="close")
    answer = raw(live_server.port, raw_request("POST //api/webhooks/partners/hsi HTTP/1.1", headers, STRANGER))
    assert statuses(answer) in ([202], [404])


def test_options_with_an_asterisk_does_not_fail(live_server: Server) -> None:
    answer = raw(live_server.port, raw_request("OPTIONS * HTTP/1.1", {"Host": "x", "Connection": "close"}))
    assert 400 <= statuses(answer)[0] < 500


# Requests


@pytest.mark.parametrize("target", ["http://x%s", "http://evil.example%s", "https://x:1%s"])
def test_an_absolute_address_is_the_same_path_or_refused(partner: Partners, live_server: Server, target: str) -> None:
    line = POST.replace(PATH, target % PATH)
    answer = raw(live_server.port, raw_request(line, for_socket(partner("hsi"), STRANGER), STRANGER))
    assert statuses(answer) in ([202], [400], [404])
    assert b"Location" not in answer


@pytest.mark.parametrize("line", [f"POST {PATH}", f"GET {PATH}", f"POST {PATH} HTTP/0.9", f"POST {PATH} HTTP/1.1.1"])
def test_http_older_than_1_0_is_refused(partner: Partners, live_server: Server, live_db: Db, line: str) -> None:
    key = new_key()
    answer = raw(
        live_server.port, raw_request(line, for_socket(partner("hsi"), STRANGER, key), STRANGER), half_close=True
    )
    assert statuses(answer) in ([400], [505], [])
    assert stored(live_db, key) == 0


def test_events_sent_without_waiting_for_the_answers_are_each_answered_in_order(
    partner: Partners, enrolled: Enroll, live_server: Server, live_db: Db
) -> None:
    student = enrolled("medical-assistant")
    bodies = [body_of(name, student.id) for name in ("enrollment.created", "course.completed", "certificate.issued")]
    heads = [for_socket(partner("hsi"), body, Connection="keep-alive") for body in bodies[:2]] + [
        for_socket(partner("hsi"), bodies[2])
    ]
    together = b"".join(raw_request(POST, head, body) for head, body in zip(heads, bodies, strict=True))
    assert statuses(raw(live_server.port, together)) == [200, 200, 200]
    assert [event["reason"] for event in events(live_db, student.id)] == ["acknowledged", "completed", "evidence"]


@pytest.mark.parametrize("trailer", ["webhook-id: other", "X-Webhook-Secret: x", "Content-Length: 5", "Host: y"])
def test_a_trailer_is_no_header(partner: Partners, live_server: Server, live_db: Db, trailer: str) -> None:
    key = new_key()
    chunks = b"%x\r\n%s\r\n0\r\n%s\r\n\r\n" % (len(STRANGER), STRANGER, trailer.encode())
    answer = raw(live_server.port, raw_request(POST, CHUNKED | partner("hsi").signed(STRANGER, key), chunks))
    assert statuses(answer) in ([202], [400])
    assert stored(live_db, key) == (statuses(answer) == [202])


@pytest.mark.parametrize("expect", ["100-continue", "100-Continue"])
def test_who_expects_100_continue_and_does_not_wait_for_it_is_served(
    partner: Partners, live_server: Server, expect: str
) -> None:
    answer = raw(live_server.port, raw_request(POST, for_socket(partner("hsi"), STRANGER, Expect=expect), STRANGER))
    assert statuses(answer)[-1] == 202


def test_who_expects_something_else_is_told_that_it_is_not_done(partner: Partners, live_server: Server) -> None:
    answer = raw(live_server.port, raw_request(POST, for_socket(partner("hsi"), STRANGER, Expect="200-ok"), STRANGER))
    assert statuses(answer)[0] in (202, 417)


def test_two_hundred_events_in_a_row_leave_no_connection_and_no_lock_behind(
    partner: Partners, enrolled: Enroll, live_db: Db
) -> None:
    student = enrolled("cdl-training")
    for number in range(200):
        said = partner("jri").send(body_of("module.completed", student.id, module_id=f"m-{number}")).said
        assert said == "200 accepted:progress"
    deadline = time.monotonic() + PATIENCE
    while rows := live_db.execute(
        "select a.state from pg_catalog.pg_stat_activity as a"
        " where a.usename = 'handoff_webhook_login' and a.state <> 'idle' and a.datname = current_database()"
    ).fetchall():
        assert time.monotonic() < deadline, rows
    open_now = live_db.execute(
        "select from pg_catalog.pg_stat_activity as a"
        " where a.usename = 'handoff_webhook_login' and a.datname = current_database()"
    ).rowcount
    assert open_now <= WORKERS * POOL_SIZE


def test_a_slow_sender_in_time_is_heard(partner: Partners, live_server: Server) -> None:
    whole = raw_request(POST, for_socket(partner("hsi"), STRANGER), STRANGER)
    pieces = [whole[at : at + 40] for at in range(0, len(whole), 40)]
    assert statuses(raw(live_server.port, *pieces)) == [202]


def test_a_stranger_learns_nothing_from_a_type(live_server: Server) -> None:
    """Who does not sign hears 401, whatever else is wrong."""
    for headers in ({"Content-Type": "text/plain"}, JSON | {"Content-Encoding": "gzip"}, {"Content-Type": "\xff"}):
        length = {"Host": "x", "Content-Length": str(len(STRANGER)), "Connection": "close"}
        assert statuses(raw(live_server.port, raw_request(POST, length | headers, STRANGER))) == [401]


# Connections


def test_two_events_on_one_connection(partner: Partners, enrolled: Enroll, live_server: Server) -> None:
    student = enrolled("medical-assistant")
    first, second = body_of("enrollment.created", student.id), body_of("course.completed", student.id)
    answer = raw(
        live_server.port,
        raw_request(POST, for_socket(partner("hsi"), first, Connection="keep-alive"), first),
        raw_request(POST, for_socket(partner("hsi"), second, Connection="close"), second),
    )
    assert statuses(answer) == [200, 200]
    assert student.steps().startswith("hsi:completed")


def test_after_a_refusal_the_next_event_on_the_connection_is_its_own(
    partner: Partners, enrolled: Enroll, live_server: Server
) -> None:
    student = enrolled("cpr-first-aid")
    body = body_of("course.completed", student.id)
    good = raw_request(POST, for_socket(partner("hsi"), body, Connection="close"), body)
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
    headers = for_socket(partner("hsi"), body, Connection="close", Expect="100-continue")
    with socket.create_connection((HOST, live_server.port), timeout=PATIENCE) as connection:
        connection.sendall(raw_request(POST, headers))
        assert connection.recv(65536).startswith(b"HTTP/1.1 100 ")
        connection.sendall(body)
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")


def test_http_1_0(partner: Partners, enrolled: Enroll, live_server: Server) -> None:
    student = enrolled("cpr-first-aid")
    body = body_of("course.completed", student.id)
    answer = raw(live_server.port, raw_request(POST.replace("1.1", "1.0"), for_socket(partner("hsi"), body), body))
    assert statuses(answer) == [200]


def test_senders_that_stop_in_the_middle_do_not_keep_the_others_waiting(partner: Partners, live_server: Server) -> None:
    """More than the server has threads: some stop in the headers, some in the body, some send a byte now and then."""
    good, stop = raw_request(POST, for_socket(partner("hsi"), STRANGER), STRANGER), threading.Event()

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
            connection.sendall(raw_request(POST, for_socket(partner("hsi"), STRANGER), STRANGER))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(leave, range(40)))
    assert partner("hsi").send(STRANGER).said == "202 parked:unknown_student"


def test_none_of_this_was_an_error_of_ours(live_server: Server) -> None:
    assert "Traceback" not in live_server.log()
