"""Time that is skipped: between two skips it runs as it always does, so leases, time limits and pauses are real."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from multiprocessing.context import BaseContext

from app.worker.clock import Clock
from app.worker.loop import SHORT

LOOK_SECONDS = 0.005
BUSY_SECONDS = 0.02  # between two turns of a worker that has something to do
AT_WORK = -1


class Skips:
    """What all processes of a run share: how much was skipped, and since which skip each worker has nothing to do."""

    def __init__(self, context: BaseContext, workers: int) -> None:
        self._seconds = context.RawValue("d", 0.0)
        self._number = context.RawValue("q", 0)
        self._idle = context.RawArray("q", [AT_WORK] * workers)

    @property
    def seconds(self) -> float:
        """How much was skipped so far."""
        return float(self._seconds.value)

    @property
    def number(self) -> int:
        """How often there was something new for the workers."""
        return int(self._number.value)

    def skip(self, seconds: float) -> None:
        """So much is skipped from now on, and the workers have to look again; 0: only that."""
        self._seconds.value += seconds
        self._number.value += 1

    def note_idle(self, worker: int, number: int) -> None:
        """Since this skip the worker has looked and found nothing to do; AT_WORK: it is looking."""
        self._idle[worker] = number

    @property
    def all_are_idle(self) -> bool:
        """Whether every worker has looked since the last skip, and has nothing to do."""
        return all(number == self.number for number in self._idle)


class SkippingClock(Clock):
    """The clock of one worker in a simulation."""

    def __init__(self, skips: Skips, worker: int) -> None:
        self._skips, self._worker = skips, worker
        self._seen = skips.number

    def now(self) -> datetime:
        """See Clock."""
        return datetime.now(UTC) + timedelta(seconds=self._skips.seconds)

    def monotonic(self) -> float:
        """See Clock."""
        return time.monotonic() + self._skips.seconds

    def wait(self, stop: threading.Event, seconds: float) -> None:
        """As long as it says when there is nothing to do, unless time is skipped; else for a moment."""
        is_idle = seconds > SHORT  # so says app.worker.loop
        if is_idle:
            self._skips.note_idle(self._worker, self._seen)
        until = time.monotonic() + (seconds if is_idle else BUSY_SECONDS)
        while self._skips.number == self._seen and time.monotonic() < until and not stop.wait(LOOK_SECONDS):
            pass
        self._skips.note_idle(self._worker, AT_WORK)
        self._seen = self._skips.number
