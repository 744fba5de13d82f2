"""How long a request may wait: for a thread of the web server and for the database, together."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_deadline: ContextVar[float] = ContextVar("deadline", default=math.inf)
_queued: ContextVar[float] = ContextVar("queued", default=0.0)


@contextmanager
def queued(seconds: float) -> Iterator[None]:
    """The request of this block has waited that long for a thread already."""
    token = _queued.set(seconds)
    try:
        yield
    finally:
        _queued.reset(token)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """All waiting for a thread and, in this block, for the database takes no longer than that together."""
    token = _deadline.set(time.monotonic() + seconds - _queued.get())
    try:
        yield
    finally:
        _deadline.reset(token)


def left(most: float) -> float:
    """The seconds that may still be waited, `most` at the most."""
    return max(0.0, min(most, _deadline.get() - time.monotonic()))


def is_over() -> bool:
    """No time is left."""
    return left(math.inf) == 0.0
