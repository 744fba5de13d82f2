"""Why nothing could be posted. `reason` is a code that may be stored and logged: it has no address and no secret."""

from __future__ import annotations


class NotPosted(Exception):
    """No answer was had. `reason` says why, in one word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RefusedAddress(NotPosted):
    """Nothing may be posted there, now or later: `url`, `scheme`, `port` or `not_public`."""


class Unreachable(NotPosted):
    """Nobody answered, which may pass: `dns`, `connection`, `certificate`, `tls` or `answer` (it can't be read)."""


class TooSlow(NotPosted):
    """The time was up before the answer was whole. It may have arrived."""

    def __init__(self) -> None:
        super().__init__("too_slow")
