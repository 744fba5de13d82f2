"""Work that meets a fault of its own is left alone for a while, and the rest of the worker's goes on."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from app.worker.clock import Clock

SECONDS = 60.0
# The server is away, or can't be worked on: that is everybody's, and another connection's.
EVERYBODYS = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.ReadOnlySqlTransaction)

log = logging.getLogger("handoff.worker")


class Patience:
    """Until when each piece of work, known by its statement, is left alone."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}

    @contextmanager
    def of(self, statement: str) -> Iterator[bool]:
        """Whether the work may be done now; a fault in it is logged, and the work left alone for SECONDS.

        Raises what is everybody's: EVERYBODYS.
        """
        try:
            yield self._until.get(statement, 0.0) <= self._clock.monotonic()
        except EVERYBODYS:
            raise
        except psycopg.Error as fault:
            self._until[statement] = self._clock.monotonic() + SECONDS
            log.error("left alone for a minute after a fault: %s: %s", statement, fault.sqlstate)
