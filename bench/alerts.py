"""What a sweep costs: many students in progress, none of them late and then some, and a long trail behind them."""

from __future__ import annotations

import statistics
import time
from typing import Any

import psycopg

from app.operate.postgres import embedded
from bench import database

IN_PROGRESS = 100_000
THROUGH = 300_000  # students; each leaves rows of the trail and events
LATE = (0, 100, 10_000)
FOLLOW = "select handoff.follow_trail(m.last_id, m.ends_before, 1000, 'watch') from handoff.mark_trail() as m"
STARTS = """
insert into handoff.step_transitions (occurred_at, enrollment_id, step_id, to_status, cause, actor_role)
select now(), s.enrollment_id, s.id, 'in_progress', 'advanced', 'handoff_worker'
from handoff.enrollment_steps as s where s.status in ('in_progress', 'completed')
"""
SWEEP = "select handoff.sweep_alerts()"
Db = psycopg.Connection[Any]


def show(server: embedded.Server, sweeps: int = 20) -> None:
    """Prints what watching costs for each row of the trail, and how long sweeps take."""
    database.create(server, "alerts", students=IN_PROGRESS, history=THROUGH)
    with psycopg.connect(server.url("alerts"), autocommit=True) as db:
        db.execute(STARTS)
        trail = _value(db, "select count(*) from handoff.step_transitions")
        db.execute("vacuum analyze")
        print(f"\nalerts, {IN_PROGRESS:,} students in progress, {trail:,} rows of the trail")
        began = time.perf_counter()
        went = 0
        while step := _value(db, FOLLOW):
            went += step
        print(f"watching: {1000 * (time.perf_counter() - began) / max(went, 1):.3f} ms a row of {went:,}")
        db.execute("vacuum analyze handoff.standings")
        for late in LATE:
            db.execute(
                "update handoff.standings set since = now() - interval '1 year' where enrollment_id in"
                " (select w.enrollment_id from handoff.standings as w limit %s)",
                [late],
            )
            db.execute(
                "update handoff.enrollment_steps set started_at = now() - interval '1 year' where id in"
                " (select w.step_id from handoff.standings as w where w.since < now() - interval '300 days')"
            )
            first = _time(db)
            db.execute("analyze handoff.outbox")  # as autovacuum does within a minute, which is off here
            times = [_time(db) for _ in range(sweeps)]
            opened = _value(db, "select count(*) from handoff.alerts where closed_at is null")
            median, longest = statistics.median(times), max(times)
            print(f"{opened:>6,} alerts: first {first:7.1f} ms, then p50 {median:7.1f} ms, longest {longest:7.1f} ms")
    database.drop(server, "alerts")


def _time(db: Db) -> float:
    began = time.perf_counter()
    db.execute(SWEEP)
    return 1000 * (time.perf_counter() - began)


def _value(db: Db, statement: str) -> int:
    row = db.execute(statement.encode()).fetchone()
    return row[0] or 0 if row else 0
