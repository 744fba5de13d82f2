"""What an address of the web means to us: read once, so that what is checked is what is asked."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from app.worker.outgoing.faults import RefusedAddress

PORTS = (443, 8443)
USUAL = {"https": 443, "http": 80}


class Target(NamedTuple):
    """Where to post: `host` without brackets, `authority` as the Host header says it, `path` with its query.

    `trusted`: an operator has named it, so it need not be public.
    """

    secure: bool
    host: str
    port: int
    authority: str
    path: str
    trusted: bool


def read_target(url: str, test_hosts: Set[str] = frozenset()) -> Target:
    """Reads an https address on a usual port, or any on one of `test_hosts` (host:port). Raises RefusedAddress."""
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise RefusedAddress("url")
    try:
        read = parse_url(url)
    except LocationParseError:
        raise RefusedAddress("url") from None
    if read.scheme not in USUAL:
        raise RefusedAddress("scheme")
    if not read.host or read.auth is not None:
        raise RefusedAddress("url")
    host = read.host.rstrip(".")
    port = USUAL[read.scheme] if read.port is None else read.port
    trusted = f"{host}:{port}" in test_hosts
    if not trusted and read.scheme != "https":
        raise RefusedAddress("scheme")
    if not trusted and port not in PORTS:
        raise RefusedAddress("port")
    authority = host if port == USUAL[read.scheme] else f"{host}:{port}"
    return Target(read.scheme == "https", host.strip("[]"), port, authority, read.request_uri, trusted)
