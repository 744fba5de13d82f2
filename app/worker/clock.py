"""The worker's one clock, as handoff.clock() is that of SQL. What the network takes is measured apart, in real time."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime


class Clock:
    """The real time. No setting changes it: only a simulation gives a worker another one."""

    def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some moment; it never goes back."""
        return time.monotonic()

    def wait(self, stop: threading.Event, seconds: float) -> None:
        """Waits so long, or until `stop` is set."""
        stop.wait(seconds)
