"""Following the audit trail: what comes after a change is made from it, in its order, by each of its readers."""

from __future__ import annotations

from typing import Any

import psycopg

from app.worker.clock import Clock
from app.worker.patience import Patience

MARK = "select m.last_id, m.ends_before from handoff.mark_trail() as m"
READERS = (  # how a reader goes on, and how many ids at most in one transaction
    ("select handoff.follow_trail(%s, %s, %s, 'messages')", 1000),
    ("select handoff.follow_trail(%s, %s, %s, 'watch')", 1000),
    ("select handoff.follow_figures(%s, %s, %s)", 100_000),
)


class Trail:
    """The trail as one connection follows it. A mark is for that connection's server alone."""

    def __init__(self, db: psycopg.Connection[Any], clock: Clock) -> None:
        self._db = db
        self._mark: tuple[Any, ...] | None = None
        self._patience = Patience(clock)

    def follow(self) -> bool:
        """Each reader goes on as far as the trail is decided. Whether there may be more.

        A reader that meets a fault is left alone for a while, and holds up no other.
        """
        self._mark = self._mark or self._db.execute(MARK).fetchone()
        if self._mark is None or self._mark[1] is None:
            self._mark = None
            return False
        mark = self._mark
        went = [self._go_on(mark, statement, batch) for statement, batch in READERS]
        if all(ids is not None and ids < batch for ids, (_, batch) in zip(went, READERS, strict=True)):
            self._mark = None
        return any(ids is None or ids > 0 for ids in went)

    def _go_on(self, mark: tuple[Any, ...], statement: str, batch: int) -> int | None:
        """How many ids a reader went on; None: not yet."""
        with self._patience.of(statement) as may:
            if not may:
                return 0
            row = self._db.execute(statement.encode(), [*mark, batch]).fetchone()
            return row[0] if row else 0
        return 0
