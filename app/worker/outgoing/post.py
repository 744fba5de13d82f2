"""One POST to an address that a row names: to the address that was checked, in a bounded time, with a bounded answer.

No redirect is followed, no proxy, password or cookie is taken from anywhere: who we ask is who the row names.
"""

from __future__ import annotations

import http.client
import logging
import socket
import ssl
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

import urllib3
from urllib3.connection import HTTPConnection

from app.version import VERSION
from app.worker.outgoing.deadline import Deadline
from app.worker.outgoing.faults import Unreachable
from app.worker.outgoing.guard import Address, addresses, public_addresses
from app.worker.outgoing.target import Target, read_target

SECONDS = 15.0  # for all of it, from the name to the last byte
CONNECT_SECONDS = 5.0  # for each address that a name means
MOST_BYTES = 64 * 1024  # of an answer
HEADERS = {
    "User-Agent": f"Handoff/{VERSION}",
    "Content-Type": "application/json",
    "Accept": "application/json",
    "Accept-Encoding": "identity",  # nothing is unpacked, so nothing can be packed too well
    "Connection": "close",
}

# It would log an address, which may hold a key, when a partner's headers can't be read.
logging.getLogger("urllib3").setLevel(logging.ERROR)


class Answer(NamedTuple):
    """What a partner answered. `headers` by name in lower case; `whole`: the body ends within MOST_BYTES."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    whole: bool

    @property
    def is_success(self) -> bool:
        """Whether it was taken. A redirect is none: what was sent is signed for the one who was asked."""
        return 200 <= self.status < 300


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    test_hosts: Set[str] = frozenset(),
    seconds: float = SECONDS,
) -> Answer:
    """Posts JSON, and returns whatever was answered. `test_hosts`: see Settings.outgoing_test_hosts.

    Raises RefusedAddress, Unreachable or TooSlow.
    """
    target = read_target(url, test_hosts)
    find = addresses if target.trusted else public_addresses
    with Deadline(seconds) as deadline:
        found = deadline.within(lambda: find(target.host, target.port))
        connection = PinnedConnection(target, found, deadline)
        try:
            answer = _exchange(connection, target, body, headers)
        except (OSError, http.client.HTTPException, urllib3.exceptions.HTTPError) as fault:
            deadline.left()
            raise Unreachable(_reason(fault)) from None
        finally:
            connection.close()
        deadline.left()  # a connection that was cut looks like an answer that ended
        return answer


class PinnedConnection(HTTPConnection):
    """Connects to an address that was checked, whatever the host's name means by then."""

    def __init__(self, target: Target, found: Sequence[Address], deadline: Deadline) -> None:
        super().__init__(target.host, target.port, timeout=deadline.left())
        self._target, self._found, self._deadline = target, found, deadline

    def connect(self) -> None:
        """Takes the first address that answers; TLS asks for a certificate of the host's name."""
        sock = self._open()
        sock.settimeout(self._deadline.left())
        if self._target.secure:
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=self._target.host)
        self.sock = sock

    def _open(self) -> socket.socket:
        refused = OSError("the name means no address")
        for address in self._found:
            sock = socket.socket(address.family, socket.SOCK_STREAM)
            try:
                sock.settimeout(min(CONNECT_SECONDS, self._deadline.left()))
                self._deadline.watch(sock)
                sock.connect(address.sockaddr)
                return sock
            except OSError as fault:
                sock.close()
                refused = fault
        raise refused


def _exchange(connection: PinnedConnection, target: Target, body: bytes, headers: Mapping[str, str]) -> Answer:
    connection.request(
        "POST",
        target.path,
        body,
        {**HEADERS, **headers, "Host": target.authority},
        preload_content=False,
        decode_content=False,
    )
    response = connection.getresponse()
    content = b""
    while len(content) <= MOST_BYTES and (part := response.read(MOST_BYTES + 1 - len(content))):
        content += part
    told = {name.lower(): text for name, text in response.headers.itermerged()}
    return Answer(response.status, told, content[:MOST_BYTES], len(content) <= MOST_BYTES)


def _reason(fault: Exception) -> str:
    if isinstance(fault, ssl.SSLCertVerificationError):
        return "certificate"
    if isinstance(fault, ssl.SSLError):
        return "tls"
    return "answer" if isinstance(fault, http.client.HTTPException | urllib3.exceptions.HTTPError) else "connection"
