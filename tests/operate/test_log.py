"""What strangers do writes no line each into the server's log."""

from __future__ import annotations

from tests.world.partners import request
from tests.world.server import Server


def test_a_form_that_a_stranger_made_up_writes_no_line(live_server: Server) -> None:
    before = live_server.log()
    for path in ("/sign-in", "/sign-out"):
        answer = request(live_server.port, "POST", path, b"email=a@b.example", {"Host": "x"})
        assert answer.status == 400
    assert live_server.log() == before
