"""Partners' servers: they sign, send, and send again until they are answered."""

from __future__ import annotations

import http.client
import json
import queue
import random
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from app.play.simulation.events import OUTCOMES, Event
from app.webhooks.signatures import TOLERANCE_SECONDS, sign

ANSWER_SECONDS = 10.0
FIRST_PAUSE_SECONDS = 0.1
GIVEN_UP = "given up"


class Patience(NamedTuple):
    """Seconds: between two tries at most, whatever Retry-After says; and until an event is given up."""

    pause: float
    give_up: float


class Senders:
    """Some workers, each with a connection of its own. `record` gets each event with the answer it ended with."""

    def __init__(self, url: str, workers: int, patience: Patience, record: Callable[[Event, str], None]) -> None:
        self._url, self._patience, self._record = urlsplit(url), patience, record
        self._queue: queue.Queue[Event | None] = queue.Queue(workers * 4)
        self._lock = threading.Lock()
        self.counts: Counter[str] = Counter()
        self.slowest = 0.0
        self.faults: list[str] = []
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(workers)]
        for thread in self._threads:
            thread.start()

    def put(self, event: Event | None, seconds: float) -> bool:
        """Hands an event over; False when no worker was free for it in time."""
        try:
            self._queue.put(event, timeout=seconds)
        except queue.Full:
            return False
        return True

    def finish(self) -> None:
        """No more will come."""
        for _ in self._threads:
            while self.is_busy and not self.put(None, 1):
                pass

    @property
    def is_busy(self) -> bool:
        """Whether a worker is still at it."""
        return any(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        connection = self._connection()
        try:
            while (first := self._queue.get()) is not None:
                event: Event | None = first
                while event is not None:
                    self._finish_event(event, self._until_answered(connection, event))
                    event = event.then
        except Exception as error:
            with self._lock:
                self.faults.append(f"a sender stopped: {type(error).__name__}: {error}")
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._url.scheme == "https" else http.client.HTTPConnection
        return kind(self._url.hostname or "", self._url.port, timeout=ANSWER_SECONDS)

    def _until_answered(self, connection: http.client.HTTPConnection, event: Event) -> str:
        """The outcome as status:reason; what is not certain is sent again, with the same key."""
        began = time.monotonic()
        pause = FIRST_PAUSE_SECONDS
        while True:
            asked = 0.0
            try:
                status, retry_after, answer = self._post(connection, event)
                if status < 500 and status != 429:
                    return _outcome(status, answer)
                asked = float(retry_after) if retry_after.isdecimal() else 0.0
                self._count(f"answered {status}")
            except (OSError, http.client.HTTPException):
                connection.close()
                self._count("no answer")
            if time.monotonic() - began > self._patience.give_up:
                return GIVEN_UP
            time.sleep(min(max(pause, asked), self._patience.pause) * random.uniform(0.5, 1))  # noqa: S311
            pause *= 2

    def _post(self, connection: http.client.HTTPConnection, event: Event) -> tuple[int, str, bytes]:
        at = time.monotonic()
        path = f"{self._url.path.rstrip('/')}/api/webhooks/partners/{event.partner.slug}"
        connection.request("POST", path, event.body, {"Content-Type": "application/json", **_signed(event)})
        response = connection.getresponse()
        answer = response.read()
        with self._lock:
            self.counts["deliveries"] += 1
            self.slowest = max(self.slowest, time.monotonic() - at)
        return response.status, response.headers.get("Retry-After", ""), answer

    def _finish_event(self, event: Event, outcome: str) -> None:
        with self._lock:
            self.counts[outcome] += 1
            if outcome not in OUTCOMES[event.kind] and len(self.faults) < 20:
                again = " again" if event.is_again else ""
                self.faults.append(f"{event.kind} {event.key}{again} was answered {outcome}")
            if not event.is_again:
                self._record(event, outcome)

    def _count(self, name: str) -> None:
        with self._lock:
            self.counts[name] += 1


def _signed(event: Event) -> dict[str, str]:
    """Signed anew at each try: a retry has the same id and a new timestamp."""
    secret = event.partner.secrets[-1]
    now = int(time.time())
    if event.kind == "bad signature":
        secret = "whsec_" + secrets.token_hex(32)
    if event.kind == "old signature":
        now -= TOLERANCE_SECONDS * 2
    return sign(event.partner.scheme, secret, event.key, now, event.body)


def _outcome(status: int, answer: bytes) -> str:
    """status:reason, for a duplicate those of the first delivery; the HTTP status when it is none of ours."""
    try:
        told = json.loads(answer)
        if status in (200, 202):
            return str(told["reason"]) if told["status"] == "duplicate" else f"{told['status']}:{told['reason']}"
        group = {400: "rejected", 422: "rejected", 409: "conflict", 401: "refused"}.get(status, str(status))
        return f"{group}:{told['code']}"
    except (ValueError, KeyError, TypeError):
        return f"{status}"
