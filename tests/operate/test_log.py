"""What strangers do writes no line into the server's log but that of their request."""

from __future__ import annotations

from tests.world.deploys import until
from tests.world.partners import request
from tests.world.server import Server


def test_a_form_that_a_stranger_made_up_writes_no_line_of_its_own(live_server: Server) -> None:
    before = live_server.log()
    for path in ("/sign-in", "/sign-out"):
        answer = request(live_server.port, "POST", path, b"email=a@b.example", {"Host": "x"})
        assert answer.status == 400
    until(lambda: live_server.log()[len(before) :].count("\n") == 2, "each request has its line")
    assert live_server.log()[len(before) :].count(" INFO handoff.access: answered ") == 2
