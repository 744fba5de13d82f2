"""Who does not close its connection takes no time from the others."""

from __future__ import annotations

import hashlib
import inspect
import socket
import statistics
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

from gunicorn.workers import gthread

from app.gunicorn_worker import READ_SECONDS
from tests.world.partners import PATIENCE, request, statuses
from tests.world.server import HOST, Server

MANY = 40
REQUEST = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
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


def test_connections_cost_the_others_no_time_that_stay_open_when_they_are_answered(live_server: Server) -> None:
    with connected(live_server, REQUEST):
        assert median(live_server) < READ_SECONDS / 2  # with the loop for each, it is READ_SECONDS or more


def test_who_does_not_close_is_closed(live_server: Server) -> None:
    with connected(live_server, REQUEST, count=1) as [connection]:
        assert statuses(rest(connection)) == [200]


# What it rests on


def test_the_worker_of_gunicorn_is_the_one_that_ours_was_read_against() -> None:
    """When it is another, read app/gunicorn_worker.py beside it, then put its digest here."""
    assert hashlib.sha256(inspect.getsource(gthread).encode()).hexdigest() == GTHREAD


def test_none_of_this_was_an_error_of_ours(live_server: Server) -> None:
    assert "Traceback" not in live_server.log()
