"""Who connects and says nothing, or stops halfway, takes no thread from the others, or not for long."""

from __future__ import annotations

import socket
import statistics
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial

from app.serve import READ_SECONDS
from tests.world.partners import PATIENCE, raw, statuses
from tests.world.server import HOST, Server

SILENT = 40  # the server has 8 threads or more
NOTICED = 2.5  # seconds: the server looks at its connections once a second
REQUEST = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


@contextmanager
def silent(server: Server, count: int) -> Iterator[list[socket.socket]]:
    """So many open connections on which nothing was sent."""
    with ExitStack() as opened:
        yield [opened.enter_context(socket.create_connection((HOST, server.port), PATIENCE)) for _ in range(count)]


def answered(server: Server, _: int) -> float:
    """The seconds to an answer."""
    began = time.monotonic()
    with urllib.request.urlopen(f"{server.base_url}/healthz", timeout=PATIENCE) as answer:  # noqa: S310 - our own server
        assert answer.status == 200
    return time.monotonic() - began


def test_connections_that_send_nothing_cost_the_others_no_time(live_server: Server) -> None:
    with silent(live_server, SILENT), ThreadPoolExecutor(15) as pool:
        assert statistics.median(pool.map(partial(answered, live_server), range(15))) < 0.1


def test_a_connection_that_sends_nothing_is_closed_without_an_answer(live_server: Server) -> None:
    began = time.monotonic()
    with silent(live_server, 1) as [connection]:
        assert connection.recv(1) == b""
    assert READ_SECONDS <= time.monotonic() - began < READ_SECONDS + NOTICED


def test_a_connection_may_be_silent_first_and_is_answered_when_it_speaks(live_server: Server) -> None:
    with silent(live_server, SILENT) as connections:
        for connection in connections:
            connection.sendall(REQUEST)
        assert [statuses(connection.recv(65536)) for connection in connections] == [[200]] * SILENT


def test_half_a_header_ends_by_the_read_limit(live_server: Server) -> None:
    began = time.monotonic()
    assert statuses(raw(live_server.port, REQUEST[:30])) in ([400], [])
    assert time.monotonic() - began < READ_SECONDS + NOTICED


def test_a_header_that_comes_by_the_byte_ends_by_the_read_limit(live_server: Server) -> None:
    began = time.monotonic()
    with silent(live_server, 1) as [connection]:
        connection.settimeout(0.5)
        answer = None
        while answer is None:
            connection.sendall(b"G")
            try:
                answer = connection.recv(65536)
            except TimeoutError:
                assert time.monotonic() - began < READ_SECONDS + NOTICED
    assert statuses(answer) in ([400], [])
