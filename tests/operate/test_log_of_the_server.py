"""What gunicorn itself writes of a request that it can't read: never a sign-in link."""

from __future__ import annotations

import socket

from tests.world.deploys import until
from tests.world.server import HOST, Server

SECRET = "s3cret-of-a-link"


def test_a_request_without_a_version_of_http_leaves_no_link_in_the_log(live_server: Server) -> None:
    with socket.create_connection((HOST, live_server.port), timeout=5) as sender:
        sender.sendall(f"POST /sign-in/{SECRET}?next=/\r\n\r\n".encode())
        assert sender.recv(100).startswith(b"HTTP/1.1 400")
    until(lambda: "POST /sign-in/" in live_server.log(), "the request is logged")
    assert SECRET not in live_server.log()
