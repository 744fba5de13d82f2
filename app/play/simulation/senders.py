"""Partners' servers, several at once: what they were told, and what they should not have been told."""

from __future__ import annotations

import json
import queue
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable

from app.play.simulation.events import OUTCOMES, Event
from app.play.simulation.sender import Answer, Missed, Patience, Sender
from app.webhooks.signatures import TOLERANCE_SECONDS, sign

GIVEN_UP = "given up"
MOST_FAULTS = 20


class Senders:
    """Some workers, each with a connection of its own. `record` gets each event with the answer it ended with."""

    def __init__(self, url: str, workers: int, patience: Patience, record: Callable[[Event, str], None]) -> None:
        self._url, self._patience, self._record = url, patience, record
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
        sender = Sender(self._url, self._patience)
        try:
            while (first := self._queue.get()) is not None:
                event: Event | None = first
                while event is not None:
                    self._finish_event(event, self._outcome(sender, event))
                    event = event.then
        except Exception as error:
            with self._lock:
                self.faults.append(f"a sender stopped: {type(error).__name__}: {error}")
        finally:
            sender.close()

    def _outcome(self, sender: Sender, event: Event) -> str:
        """The outcome as status:reason; what is not certain is sent again, with the same key."""
        answer = sender.send(event.partner.slug, event.body, lambda: _signed(event), self._missed)
        if answer is None:
            return GIVEN_UP
        self._time(answer)
        return _outcome_of(answer)

    def _missed(self, got: Missed) -> None:
        if isinstance(got, Answer):
            self._time(got)
        with self._lock:
            self.counts[f"answered {got.status}" if isinstance(got, Answer) else "no answer"] += 1

    def _time(self, answer: Answer) -> None:
        with self._lock:
            self.slowest = max(self.slowest, answer.seconds)

    def _finish_event(self, event: Event, outcome: str) -> None:
        with self._lock:
            self.counts[outcome] += 1
            if outcome not in OUTCOMES[event.kind] and len(self.faults) < MOST_FAULTS:
                again = " again" if event.is_again else ""
                self.faults.append(f"{event.kind} {event.key}{again} was answered {outcome}")
            if not event.is_again:
                self._record(event, outcome)


def _signed(event: Event) -> dict[str, str]:
    """The headers of a delivery that is signed now, or as its kind wants it."""
    secret = event.partner.secrets[-1]
    now = int(time.time())
    if event.kind == "bad signature":
        secret = "whsec_" + secrets.token_hex(32)
    if event.kind == "old signature":
        now -= TOLERANCE_SECONDS * 2
    return sign(event.partner.scheme, secret, event.key, now, event.body)


def _outcome_of(answer: Answer) -> str:
    """status:reason, for a duplicate those of the first delivery; the HTTP status when it is none of ours."""
    status = answer.status
    try:
        told = json.loads(answer.body)
        if status in (200, 202):
            return str(told["reason"]) if told["status"] == "duplicate" else f"{told['status']}:{told['reason']}"
        group = {400: "rejected", 422: "rejected", 409: "conflict", 401: "refused"}.get(status, str(status))
        return f"{group}:{told['code']}"
    except (ValueError, KeyError, TypeError):
        return f"{status}"
