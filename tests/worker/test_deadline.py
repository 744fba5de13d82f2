"""Whatever a partner's server does, or leaves undone, the time of a POST is bounded."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.worker.outgoing import post as module
from app.worker.outgoing.faults import TooSlow, Unreachable
from app.worker.outgoing.post import post
from tests.worker.network import OK, Names, Place, Talk, request, serving
from tests.worker.tls import known_certificate
from tests.world.server import HOST

SECONDS = 0.4
PROMISED = 0.5  # seconds beyond the deadline, at most
NAME = "partner.example"
HEAD = b"HTTP/1.1 200 OK\r\n"


def dripping(first: bytes, then: bytes) -> Talk:
    """Answers with `first`, and then with `then` for ever, a little at a time."""

    def talk(place: Place, connection: socket.socket) -> None:
        request(connection)
        connection.sendall(first)
        place.drip(connection, then)

    return talk


def silent(place: Place, connection: socket.socket) -> None:
    """Takes everything, and says nothing."""
    request(connection)
    place.stopped.wait()


def deaf(place: Place, _connection: socket.socket) -> None:
    """Does not even read."""
    place.stopped.wait()


SLOW = {
    "silence": silent,
    "the first line": dripping(b"HTTP/1.1 200 O", b"K"),
    "a header": dripping(HEAD + b"X-Long: ", b"x"),
    "headers that go before the real ones": dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a body with a length": dripping(HEAD + b"Content-Length: 60000\r\n\r\n", b"x"),
    "a body in chunks": dripping(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "the length of a chunk": dripping(HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;", b"x"),
    "what comes after the chunks": dripping(HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: 1\r\n"),
    "a body that ends with the connection": dripping(HEAD + b"\r\n{}", b" "),
    "a body with a length that is never sent": dripping(HEAD + b"Content-Length: 2\r\n\r\n", b""),
}


@pytest.fixture
def _timed() -> Iterator[None]:
    """Fails when the test lasts longer than is promised."""
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < SECONDS + PROMISED


@pytest.mark.usefixtures("_timed")
@pytest.mark.parametrize("how", SLOW)
def test_a_slow_answer_is_given_up(how: str) -> None:
    with serving(SLOW[how]) as partner, pytest.raises(TooSlow):
        post(f"http://{partner.at}/", b"{}", {}, test_hosts={partner.at}, seconds=SECONDS)


@pytest.mark.usefixtures("_timed")
def test_a_server_that_does_not_read_is_given_up() -> None:
    with serving(deaf) as partner, pytest.raises(TooSlow):
        post(f"http://{partner.at}/", b"x" * 20_000_000, {}, test_hosts={partner.at}, seconds=SECONDS)


@pytest.mark.parametrize("how", SLOW)
def test_a_slow_answer_by_tls_is_given_up(how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Names([HOST]).put(monkeypatch)
    with serving(SLOW[how], known_certificate(tmp_path, monkeypatch, NAME)) as partner:
        at = f"{NAME}:{partner.port}"
        begun = time.monotonic()
        with pytest.raises(TooSlow):
            post(f"https://{at}/", b"{}", {}, test_hosts={at}, seconds=SECONDS)
        assert time.monotonic() - begun < SECONDS + PROMISED


@pytest.mark.usefixtures("_timed")
@pytest.mark.parametrize("hello", [b"", b"\x16\x03\x03\x40\x00"])
def test_tls_that_is_never_agreed_on_is_given_up(hello: bytes) -> None:
    def talk(place: Place, connection: socket.socket) -> None:
        connection.sendall(hello)
        place.drip(connection, hello and b"\x02")

    with serving(talk) as partner, pytest.raises(TooSlow):
        post(f"https://{partner.at}/", b"{}", {}, test_hosts={partner.at}, seconds=SECONDS)


@pytest.fixture
def full() -> Iterator[str]:
    """host:port of a server whose queue is full: nobody gets through, and nobody is sent away."""
    with socket.create_server((HOST, 0), backlog=0) as listener:
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(listener.getsockname())
        yield f"{HOST}:{listener.getsockname()[1]}"
        for one in waiting:
            one.close()


@pytest.mark.usefixtures("_timed")
def test_a_server_that_lets_nobody_in_is_given_up(full: str) -> None:
    with pytest.raises(TooSlow):
        post(f"http://{full}/", b"{}", {}, test_hosts={full}, seconds=SECONDS)


def test_an_address_that_lets_nobody_in_leaves_time_for_the_others(full: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CONNECT_SECONDS", 0.1)
    with pytest.raises(Unreachable) as unreachable:
        post(f"http://{full}/", b"{}", {}, test_hosts={full})
    assert unreachable.value.reason == "connection"


@pytest.mark.usefixtures("_timed")
def test_a_resolver_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait() and [])
    with pytest.raises(TooSlow):
        post("https://partner.example/", b"{}", {}, seconds=SECONDS)
    over.set()


@pytest.mark.usefixtures("_timed")
def test_a_body_without_an_end_is_cut_at_once() -> None:
    def talk(place: Place, connection: socket.socket) -> None:
        request(connection)
        connection.sendall(HEAD + b"\r\n")
        while not place.stopped.is_set():
            connection.sendall(b"x" * 65536)

    with serving(talk) as partner:
        said = post(f"http://{partner.at}/", b"{}", {}, test_hosts={partner.at}, seconds=SECONDS)
    assert (said.status, len(said.body), said.whole) == (200, 65536, False)


@pytest.mark.parametrize("sent", [OK, HEAD + b"\r\n" + b"x" * 100_000])
def test_the_connection_is_closed_when_the_answer_is_there(sent: bytes) -> None:
    closed = threading.Event()

    def talk(_place: Place, connection: socket.socket) -> None:
        request(connection)
        try:
            connection.sendall(sent)
            connection.recv(1)
        finally:
            closed.set()

    with serving(talk) as partner:
        post(f"http://{partner.at}/", b"{}", {}, test_hosts={partner.at})
        assert closed.wait(5)
