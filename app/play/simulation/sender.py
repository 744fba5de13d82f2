"""A partner's server: it signs, sends, and sends again until it is answered."""

from __future__ import annotations

import http.client
import random
import select
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

ANSWER_SECONDS = 10.0
FIRST_PAUSE_SECONDS = 0.1
TOO_MANY = 429


class Patience(NamedTuple):
    """Seconds: between two tries at most, whatever Retry-After says; and until a delivery is given up."""

    pause: float
    give_up: float


class Answer(NamedTuple):
    """What came back. `seconds`: how long it took."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    seconds: float

    @property
    def is_final(self) -> bool:
        """Whether the sender is done: anything else is sent again."""
        return self.status < 500 and self.status != TOO_MANY


Missed = Answer | OSError | http.client.HTTPException  # what a try got instead of a final answer


class Sender:
    """One connection, which is kept from one delivery to the next."""

    def __init__(self, url: str, patience: Patience) -> None:
        parts = urlsplit(url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(parts.hostname or "", parts.port, timeout=ANSWER_SECONDS)
        self._path, self._patience = parts.path.rstrip("/"), patience

    def send(
        self, slug: str, body: bytes, sign: Callable[[], Mapping[str, str]], missed: Callable[[Missed], None]
    ) -> Answer | None:
        """The final answer, or None when the delivery is given up.

        Each try is signed anew, since a retry has the same id and a new timestamp. `missed` is told what each try but
        the last one got; what it raises ends the sending.
        """
        began, pause = time.monotonic(), FIRST_PAUSE_SECONDS
        while True:
            got = self._try(f"{self._path}/api/webhooks/partners/{slug}", body, sign())
            if isinstance(got, Answer) and got.is_final:
                return got
            missed(got)
            if time.monotonic() - began > self._patience.give_up:
                return None
            time.sleep(min(max(pause, _asked(got)), self._patience.pause) * random.uniform(0.5, 1))  # noqa: S311
            pause *= 2

    def close(self) -> None:
        """Gives the connection back."""
        self._connection.close()

    def _try(self, path: str, body: bytes, signature: Mapping[str, str]) -> Answer | Missed:
        began = time.monotonic()
        try:
            self._drop_if_closed()
            self._connection.request("POST", path, body, {"Content-Type": "application/json", **signature})
            response = self._connection.getresponse()
            return Answer(response.status, response.headers, response.read(), time.monotonic() - began)
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            return error

    def _drop_if_closed(self) -> None:
        """A server closes what is idle for long. That is no lost answer, so another connection is opened."""
        idle = self._connection.sock
        if idle is not None and select.select([idle], [], [], 0)[0]:
            self._connection.close()


def _asked(got: Missed) -> float:
    """The seconds of Retry-After."""
    value = got.headers.get("Retry-After", "") if isinstance(got, Answer) else ""
    return float(value) if value.isdecimal() else 0.0
