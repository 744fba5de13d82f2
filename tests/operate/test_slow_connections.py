"""Who connects and says nothing, stops halfway, or does not close, takes no thread and no time from the others."""

from __future__ import annotations

import hashlib
import inspect
import socket
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.client import HTTPResponse

import pytest
from gunicorn.workers import gthread

from app.gunicorn_worker import ANSWER_SECONDS, READ_SECONDS, PunctualWorker, worth_a_thread
from app.webhooks.answers import MAX_BYTES
from tests.world.partners import PATIENCE, POST, STRANGER, Partner, for_socket, raw_request, request, statuses
from tests.world.server import HOST, Server

MANY = 40  # the server has 8 threads or more
REQUEST = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
KEPT = REQUEST.replace(b"close", b"keep-alive")
HALF_BODY = raw_request(POST, {"Host": "x", "Content-Length": "20"}, b"{")
# The answers are more than a system keeps for a connection.
UNREAD = KEPT.replace(b"/healthz", b"/static/handoff.css") * 1000
# The source of gunicorn's worker that app/gunicorn_worker.py was read against.
GTHREAD = "2aa395873b3e9084dc99c580f890843b6554b53e930258344c0e4cde3a16bdeb"


@contextmanager
def connected(server: Server, sent: bytes = b"", count: int = MANY) -> Iterator[list[socket.socket]]:
    """So many connections on which this was sent, open until the block ends."""
    with ExitStack() as opened:
        connections = []
        for _ in range(count):
            connections.append(opened.enter_context(socket.create_connection((HOST, server.port), PATIENCE)))
            connections[-1].sendall(sent)
        yield connections


def rest(connection: socket.socket) -> bytes:
    """All that comes until the server closes."""
    answer = b""
    while piece := connection.recv(65536):
        answer += piece
    return answer


def median(server: Server) -> float:
    """The seconds to an answer, of 15 at once."""
    with ThreadPoolExecutor(15) as pool:
        return statistics.median(pool.map(lambda _: request(server.port, "GET", "/healthz").seconds, range(15)))


# What it costs the others


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(REQUEST[:30], id="half a header"),
        pytest.param(HALF_BODY, id="half a body"),
        pytest.param(KEPT + REQUEST[:30], id="a request and half a header"),
        pytest.param(REQUEST, id="a request, and they do not close when it is answered"),
    ],
)
def test_connections_cost_the_others_no_time_that_sent(live_server: Server, sent: bytes) -> None:
    with connected(live_server, sent):
        assert median(live_server) < READ_SECONDS / 2  # with a thread or the loop for each, it is READ_SECONDS or more


def test_who_sends_many_requests_and_reads_no_answer_costs_the_others_no_time(live_server: Server) -> None:
    with connected(live_server, UNREAD, count=16):
        time.sleep(3 * READ_SECONDS)  # in which what the system keeps for them is filled
        assert median(live_server) < READ_SECONDS / 2


def test_who_does_not_take_an_answer_in_time_is_dropped() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        worker = PunctualWorker.__new__(PunctualWorker)
        worker._reading = {ours: time.monotonic() - ANSWER_SECONDS - 1}
        worker._stop_reading()
        with pytest.raises(BrokenPipeError):
            ours.sendall(b"the rest")


# What becomes of them


def test_a_connection_that_sends_nothing_is_closed_without_an_answer(live_server: Server) -> None:
    began = time.monotonic()
    with connected(live_server, count=1) as [connection]:
        assert connection.recv(1) == b""
    assert time.monotonic() - began >= READ_SECONDS


def test_a_connection_may_be_silent_first_and_is_answered_when_it_speaks(live_server: Server) -> None:
    with connected(live_server) as connections:
        for connection in connections:
            connection.sendall(REQUEST)
        assert [statuses(connection.recv(65536)) for connection in connections] == [[200]] * MANY


def test_who_speaks_is_answered_while_others_do_not_close(live_server: Server) -> None:
    with connected(live_server) as silent, connected(live_server, REQUEST) as others:
        assert [statuses(connection.recv(65536)) for connection in others] == [[200]] * MANY
        for connection in silent:
            connection.sendall(REQUEST)
        assert [statuses(connection.recv(65536)) for connection in silent] == [[200]] * MANY


def test_who_does_not_close_is_closed(live_server: Server) -> None:
    with connected(live_server, REQUEST, count=1) as [connection]:
        assert statuses(rest(connection)) == [200]


def test_a_kept_connection_may_be_silent_and_stop_halfway_between_its_requests(live_server: Server) -> None:
    with connected(live_server, KEPT, count=1) as [connection]:
        for _ in range(3):
            answer = HTTPResponse(connection)
            answer.begin()
            assert (answer.status, bool(answer.read())) == (200, True)
            connection.sendall(KEPT[:30])
            assert request(live_server.port, "GET", "/healthz").status == 200
            connection.sendall(KEPT[30:])


def test_requests_sent_at_once_and_the_last_one_in_halves_are_all_answered(live_server: Server) -> None:
    with connected(live_server, KEPT + KEPT + REQUEST[:30], count=1) as [connection]:
        answer = b""
        while len(statuses(answer)) < 2:
            answer += connection.recv(65536)
        connection.sendall(REQUEST[30:])
        answer += rest(connection)
    assert statuses(answer) == [200] * 3


def test_half_of_it_ends_by_the_read_limit(live_server: Server) -> None:
    with connected(live_server, REQUEST[:30]) as headers, connected(live_server, HALF_BODY) as bodies:
        assert [statuses(rest(connection)) for connection in headers] == [[]] * MANY
        assert [statuses(rest(connection)) for connection in bodies] == [[400]] * MANY


def test_what_arrives_after_a_while_has_the_read_limit_from_then_on(live_server: Server) -> None:
    with connected(live_server, count=1) as [connection]:
        connection.settimeout(0.5)
        with pytest.raises(TimeoutError):
            connection.recv(1)
        connection.settimeout(PATIENCE)
        spoke = time.monotonic()
        connection.sendall(REQUEST[:30])
        assert statuses(connection.recv(65536)) in ([400], [])
    assert time.monotonic() - spoke >= READ_SECONDS


def test_a_header_that_comes_by_the_byte_ends_by_the_read_limit(live_server: Server) -> None:
    deadline = time.monotonic() + PATIENCE
    with connected(live_server, count=1) as [connection]:
        connection.settimeout(0.5)
        answer = None
        while answer is None:
            assert time.monotonic() < deadline
            connection.sendall(b"G")
            try:
                answer = connection.recv(65536)
            except TimeoutError:
                continue
    assert statuses(answer) in ([400], [])


def test_a_body_may_come_in_pieces(live_server: Server) -> None:
    partner = Partner("hsi", live_server.port)
    whole = raw_request(POST, for_socket(partner, STRANGER), STRANGER)
    with connected(live_server, whole[:-20], count=1) as [connection]:
        assert request(live_server.port, "GET", "/healthz").status == 200
        connection.sendall(whole[-20:])
        assert statuses(connection.recv(65536)) == [202]


# When a thread is given


LINE = b"GET / HTTP/1.1\r\n"


@pytest.mark.parametrize("length", [0, 20, MAX_BYTES])
@pytest.mark.parametrize("header", [b"Content-Length: %d\r\n", b"A: b\r\ncontent-LENGTH:%d \r\nC: d\r\n"])
def test_a_request_of_known_length_is_waited_for_without_a_thread(header: bytes, length: int) -> None:
    arrived = bytearray(LINE + header % length + b"\r\n")
    assert worth_a_thread(arrived) == len(arrived) + length


@pytest.mark.parametrize("arrived", [b"", b"G", LINE, LINE + b"A: b\r\n", LINE + b"Content-Length: 20\r\n\r"])
def test_headers_are_waited_for_without_a_thread(arrived: bytes) -> None:
    assert worth_a_thread(bytearray(arrived)) is None


@pytest.mark.parametrize(
    "headers",
    [
        b"",
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Length: 20\r\nExpect: 100-continue\r\n",
        b"transfer-encoding : chunked\r\nContent-Length: 20\r\n",
        b"Content-Length: %d\r\n" % (MAX_BYTES + 1),
        b"Content-Length: %s\r\n" % (b"9" * 5000),
        b"Content-Length: +5\r\n",
        b"Content-Length: -5\r\n",
        b"Content-Length: 5, 5\r\n",
        b"X-Content-Length: 5\r\n",
    ],
)
def test_who_has_no_length_that_can_be_waited_for_gets_a_thread_with_the_headers(headers: bytes) -> None:
    assert worth_a_thread(bytearray(LINE + headers + b"\r\n")) == 0


def test_headers_without_end_get_a_thread() -> None:
    assert worth_a_thread(bytearray(MAX_BYTES)) is None
    assert worth_a_thread(bytearray(MAX_BYTES + 1)) == 0


# What it rests on


def test_the_worker_of_gunicorn_is_the_one_that_ours_was_read_against() -> None:
    """When it is another, read app/gunicorn_worker.py beside it, then put its digest here."""
    assert hashlib.sha256(inspect.getsource(gthread).encode()).hexdigest() == GTHREAD


def test_none_of_this_was_an_error_of_ours(live_server: Server) -> None:
    assert "Traceback" not in live_server.log()
