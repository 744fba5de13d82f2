"""What is done from time to time: events that are due again, leases that have ended, and what nobody needs any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg

from app.settings import Settings
from app.worker.clock import Clock
from app.worker.patience import Patience

ROUNDS = 20  # of one chore in one turn; what is left comes with the next


@dataclass(frozen=True)
class Chore:
    """A statement whose one value says whether there may be more to do, and the seconds between its turns."""

    every: float
    statement: str


CHORES = (
    Chore(5, "select handoff.take_back_leases() < 0"),
    Chore(60, "select count(*) < 0 from handoff.claim_mails(0, 0, interval '1 minute')"),  # ends what has expired
    Chore(60, "select handoff.sweep_parked_events() < 0"),
    Chore(60, "select a.tried > 0 from handoff.apply_due_events(100) as a"),
    Chore(60, "select handoff.sweep_alerts(%(has_alert_webhook)s) < 0"),
    Chore(3600, "select handoff.drop_outdated_bodies(1000) > 0"),
    Chore(3600, "select handoff.drop_ended_sessions(1000) > 0"),
    Chore(3600, "select handoff.drop_old_imports(10) > 0"),
)


class Chores:
    """The chores on one connection. Several workers do them beside each other: what one is at, another passes over."""

    def __init__(self, db: psycopg.Connection[Any], settings: Settings, clock: Clock) -> None:
        self._db, self._clock = db, clock
        self._known = {"has_alert_webhook": settings.alert_webhook_url is not None}
        self._due = dict.fromkeys(CHORES, 0.0)
        self._patience = Patience(clock)

    def do_what_is_due(self) -> bool:
        """Whether something was done of which there may be more. One that meets a fault holds up no other."""
        now = self._clock.monotonic()
        return any([self._do(chore) for chore in CHORES if self._due[chore] <= now])

    def _do(self, chore: Chore) -> bool:
        for _ in range(ROUNDS):
            row = None
            with self._patience.of(chore.statement) as may:
                row = self._db.execute(chore.statement.encode(), self._known).fetchone() if may else None
            if not (row and row[0]):
                self._due[chore] = self._clock.monotonic() + chore.every
                return False
        return True
