"""What gunicorn itself writes of a request that it can't read: nothing of what stands there."""

from __future__ import annotations

import socket

import pytest

from tests.world.deploys import until
from tests.world.server import HOST, Server

SECRET = "s3cret-of-a-link"


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(f"POST /sign-in/{SECRET}?next=/\r\n\r\n", id="a link, without a version of HTTP"),
        pytest.param(f"GET /sign-in/ {SECRET} HTTP/1.1\r\n\r\n", id="a link with a space"),
        pytest.param(
            f"GET / HTTP/1.1\r\nHost: x\r\nCookie handoff_session={SECRET}\r\n\r\n", id="a cookie without a colon"
        ),
        pytest.param(f"{{'name': \"{SECRET}\"}}\r\n\r\n", id="the rest of a body"),
    ],
)
def test_nothing_of_a_request_that_can_t_be_read_is_in_the_log(live_server: Server, sent: str) -> None:
    begun = len(live_server.log())
    with socket.create_connection((HOST, live_server.port), timeout=5) as sender:
        sender.sendall(sent.encode())
        assert sender.recv(100).startswith(b"HTTP/1.1 400")
    until(lambda: "Invalid request from ip=127.0.0.1: Invalid HTTP" in live_server.log()[begun:], "it is logged")
    assert SECRET not in live_server.log()
