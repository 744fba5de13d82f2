"""Counts refused deliveries: sums in memory, written seldom, so that strangers can't make each request a write."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter

import psycopg

from app.database import DatabaseUnavailable, as_visitor

log = logging.getLogger("handoff.webhooks")
FLUSH_SECONDS = 5.0


class Refusals:
    """The counts of one process that are not yet in the database."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[str, str]] = Counter()
        self._flushed = float("-inf")

    def add(self, slug: str, code: str) -> None:
        """Notes one refusal of a known partner's delivery, and writes the sums when the last time is a while ago."""
        with self._lock:
            self._counts[slug, code] += 1
            if time.monotonic() - self._flushed < FLUSH_SECONDS:
                return
            self._flushed = time.monotonic()
            counts, self._counts = self._counts, Counter()
        try:
            with as_visitor() as db:
                for (partner, reason), refusals in sorted(counts.items()):
                    db.execute("select handoff.count_refusals(%s, %s, %s)", (partner, reason, refusals))
        except (DatabaseUnavailable, psycopg.Error) as error:
            log.warning("refusals are not counted yet: %s", type(error).__name__)
            with self._lock:
                self._counts.update(counts)
