"""Following the audit trail: what comes after a change is made from it, in its order."""

from __future__ import annotations

from typing import Any

import psycopg

BATCH = 1000  # ids of the trail in one transaction
MARK = "select m.last_id, m.ends_before from handoff.mark_trail() as m"
FOLLOW = "select handoff.follow_trail(%s, %s, %s, %s)"
READERS = ("messages", "watch")  # each remembers how far it is, and waits for no other


class Trail:
    """The trail as one connection follows it. A mark is for that connection's server alone."""

    def __init__(self, db: psycopg.Connection[Any]) -> None:
        self._db = db
        self._mark: tuple[Any, ...] | None = None

    def follow(self) -> bool:
        """Each reader goes on as far as the trail is decided. Whether there may be more."""
        self._mark = self._mark or self._db.execute(MARK).fetchone()
        if self._mark is None or self._mark[1] is None:
            self._mark = None
            return False
        went = [self._go_on(self._mark, reader) for reader in READERS]
        if all(ids is not None and ids < BATCH for ids in went):
            self._mark = None
        return any(ids is None or ids > 0 for ids in went)

    def _go_on(self, mark: tuple[Any, ...], reader: str) -> int | None:
        """How many ids one reader went on; None: it has to wait."""
        row = self._db.execute(FOLLOW, [*mark, BATCH, reader]).fetchone()
        return row[0] if row else 0
