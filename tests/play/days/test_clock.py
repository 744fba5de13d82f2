"""Time that is skipped: for SQL and for the workers alike, never back, and in no database but the simulation's own."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from app.play.days.database import CLOCK
from app.play.days.skipping import AT_WORK, SkippingClock, Skips
from app.play.days.workers import CONTEXT
from app.worker.loop import LONG, SHORT

Db = psycopg.Connection[dict[str, Any]]


def clock_of(db: Db) -> datetime:
    """What the database's clock says."""
    row = db.execute("select handoff.clock() as now").fetchone()
    assert row
    now: datetime = row["now"]
    return now


def test_sql_skips_for_every_role_at_once_and_goes_on_from_there(db: Db, db_url: str) -> None:
    db.execute(CLOCK.read_bytes())
    with psycopg.connect(db_url, autocommit=True) as other:
        other.execute("set role handoff_owner")
        assert abs(clock_of(db) - datetime.now(UTC)) < timedelta(seconds=5)
        db.execute("select setval('simulated.skipped', %s)", [40 * 86_400_000_000])
        [worker] = other.execute("select handoff.clock()").fetchone() or [None]
    for now in (clock_of(db), worker):
        assert abs(now - datetime.now(UTC) - timedelta(days=40)) < timedelta(seconds=30)
    assert clock_of(db) < clock_of(db)


def test_nobody_but_a_superuser_can_skip(db: Db) -> None:
    db.execute(CLOCK.read_bytes())
    for role in ("handoff_owner", "handoff_admin", "handoff_worker", "handoff_webhook"):
        with db.transaction(force_rollback=True):
            db.execute(f"set local role {role}".encode())
            row = db.execute("select has_sequence_privilege('simulated.skipped', 'update') as may").fetchone()
            assert row == {"may": False}


def test_a_worker_sees_what_is_skipped() -> None:
    skips = Skips(CONTEXT, 1)
    clock = SkippingClock(skips, 0)
    before = clock.monotonic()
    skips.skip(3600)
    assert clock.monotonic() - before >= 3600
    assert clock.now() - datetime.now(UTC) > timedelta(minutes=59)


def test_who_has_nothing_to_do_waits_until_time_is_skipped() -> None:
    skips, stop = Skips(CONTEXT, 1), threading.Event()
    clock = SkippingClock(skips, 0)
    waiting = threading.Thread(target=clock.wait, args=(stop, 600 * LONG))
    waiting.start()
    while not skips.all_are_idle:
        assert waiting.is_alive()
        time.sleep(0.001)
    skips.skip(1)
    waiting.join(30)
    assert not waiting.is_alive()
    assert not skips.all_are_idle


def test_who_is_told_to_stop_waits_no_longer() -> None:
    stop = threading.Event()
    stop.set()
    SkippingClock(Skips(CONTEXT, 1), 0).wait(stop, 600 * LONG)


def test_only_who_has_looked_since_the_last_skip_has_nothing_to_do() -> None:
    skips, stop = Skips(CONTEXT, 2), threading.Event()
    stop.set()
    skips.note_idle(1, 1)
    clock = SkippingClock(skips, 0)
    skips.skip(1)
    noted = []
    skips.note_idle = lambda worker, number: noted.append((worker, number))  # type: ignore[method-assign]
    clock.wait(stop, LONG)
    clock.wait(stop, SHORT)
    clock.wait(stop, LONG)
    assert noted == [(0, 0), (0, AT_WORK), (0, AT_WORK), (0, 1), (0, AT_WORK)]
