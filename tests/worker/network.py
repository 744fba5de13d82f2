"""Servers on this machine that answer as badly as a partner's may, one that nobody may reach, and names that lie."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import pytest

from tests.world.server import HOST

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
DRIP = 0.01  # seconds between two bytes


class Place:
    """A server that runs: where it is, what it was asked, and the name that TLS asked for."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.requests: list[bytes] = []
        self.names: list[str | None] = []
        self.stopped = Event()

    @property
    def at(self) -> str:
        """host:port."""
        return f"{self.host}:{self.port}"

    def drip(self, connection: socket.socket, part: bytes) -> None:
        """Sends it again and again, a little at a time, until nobody listens any more."""
        while not self.stopped.wait(DRIP):
            connection.sendall(part)


Talk = Callable[[Place, socket.socket], None]


def answering(answer: bytes) -> Talk:
    """Reads the request, and answers so."""

    def talk(place: Place, connection: socket.socket) -> None:
        place.requests.append(request(connection))
        connection.sendall(answer)

    return talk


def request(connection: socket.socket) -> bytes:
    """The whole of a request with a Content-Length."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += connection.recv(4096) or b"\r\n\r\n"
    head, _, body = got.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    while length and len(body) < int(length[1]):
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


@contextmanager
def serving(talk: Talk, tls: ssl.SSLContext | None = None) -> Iterator[Place]:
    """A server on a free port; each connection is talked with in a thread of its own."""
    with socket.create_server((HOST, 0)) as listener:
        place = Place(*listener.getsockname())
        if tls:
            tls.sni_callback = lambda _socket, name, _context: place.names.append(name)
        Thread(target=_accept, args=(listener, place, talk, tls), daemon=True).start()
        try:
            yield place
        finally:
            place.stopped.set()
            listener.shutdown(socket.SHUT_RDWR)


def _accept(listener: socket.socket, place: Place, talk: Talk, tls: ssl.SSLContext | None) -> None:
    with contextlib.suppress(OSError):
        while True:
            connection, _ = listener.accept()
            Thread(target=_talk, args=(connection, place, talk, tls), daemon=True).start()


def _talk(connection: socket.socket, place: Place, talk: Talk, tls: ssl.SSLContext | None) -> None:
    with contextlib.suppress(OSError), connection:
        secured = tls.wrap_socket(connection, server_side=True) if tls else connection
        with secured:
            talk(place, secured)


class Canary:
    """A listener that nobody may come to."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self.port: int = listener.getsockname()[1]

    def connections(self) -> int:
        """How many have come since it was asked."""
        self._listener.setblocking(False)
        for number in range(1000):
            try:
                self._listener.accept()[0].close()
            except BlockingIOError:
                return number
        raise AssertionError("they come by the thousand")


@contextmanager
def canary(host: str = "", port: int = 0) -> Iterator[Canary]:
    """It listens at one address, or at each that this machine has, of IPv6 too where it has one."""
    if host or not socket.has_dualstack_ipv6():
        with socket.create_server((host, port)) as listener:
            yield Canary(listener)
        return
    with socket.create_server(("", port), family=socket.AF_INET6, dualstack_ipv6=True) as listener:
        yield Canary(listener)


class Names:
    """What each look-up finds: the first the first list of addresses, and so on, the last one from then on."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, *_: Any, **__: Any) -> list[tuple[int, int, int, str, tuple[Any, ...]]]:
        """See socket.getaddrinfo."""
        self.asked.append(host)
        found = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        return [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, port, 0, 0))
            if ":" in address
            else (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in found
        ]

    def put(self, monkeypatch: pytest.MonkeyPatch) -> Names:
        """In the place of the machine's resolver."""
        monkeypatch.setattr(socket, "getaddrinfo", self)
        return self
