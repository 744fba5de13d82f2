"""Counts refused deliveries: sums in memory, written seldom, so that strangers can't make each request a write."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter

import psycopg
from flask import Flask, current_app

from app.database import DatabaseUnavailable, as_visitor

log = logging.getLogger("handoff.webhooks")
FLUSH_SECONDS = 5.0


class Refusals:
    """The counts of one process that are not yet in the database."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[str, str]] = Counter()
        self._flushed = float("-inf")
        self._later: threading.Timer | None = None

    def add(self, slug: str, code: str) -> None:
        """Notes one refusal of a known partner's delivery. The sums are written at once when the last time is a while
        ago, else by themselves then: nobody may be refused any more who would set it off.
        """
        with self._lock:
            self._counts[slug, code] += 1
            wait = self._flushed + FLUSH_SECONDS - time.monotonic()
            if wait > 0:
                self._write_in(wait)
                return
        self._write()

    def _write_in(self, seconds: float) -> None:
        if self._later is None:
            app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
            self._later = threading.Timer(seconds, self._write_later, [app])
            self._later.daemon = True
            self._later.start()

    def _write_later(self, app: Flask) -> None:
        with self._lock:
            self._later = None
        with app.app_context():
            self._write()

    def _write(self) -> None:
        with self._lock:
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
