"""What /metrics costs the database, with few and with many students, and with much that waits and is to be sent."""

from __future__ import annotations

import statistics
import time

import psycopg

from app.operate.postgres import embedded
from bench import database

SIZES = {"metrics_10k": 10_000, "metrics_1m": 1_000_000}
ROUNDS = 200
WAITING = """
insert into handoff.partner_events (
  partner_slug, event_key, channel, context, body_sha256, received_at, last_seen_at, status, reason, first_outcome
)
select
  'hsi', 'waits-' || n, 'webhook', '{}', sha256('{}'), now() - n * interval '1 s', now(), 'parked', 'unknown_student',
  'parked:unknown_student'
from generate_series(1, %s) as n
"""
MESSAGES = """
insert into handoff.outbox (
  key, kind, partner_slug, enrollment_id, step_id, start_number, made_at, expires_at, status, due_at, attempts,
  settled_at, detail
)
select
  concat_ws(':', 'enroll_at_partner', s.id, n), 'enroll_at_partner', s.partner_slug, s.enrollment_id, s.id, n, now(),
  'infinity', case n when 1 then 'pending' else 'dead' end, case n when 1 then now() end, n - 1,
  case n when 2 then now() end, case n when 2 then 'refused' end
from (select * from handoff.enrollment_steps as s where s.partner_slug in ('hsi', 'certiport') limit %s) as s
cross join generate_series(1, 2) as n
"""
MAILS = """
insert into handoff.outbox (key, kind, profile_id, made_at, expires_at, status, due_at, settled_at, attempts, detail)
select
  concat_ws(':', 'reminder', p.id, n), 'reminder', p.id, now(), 'infinity',
  case n when 1 then 'pending' else 'unknown' end,
  case n when 1 then now() end, case n when 2 then now() end, n - 1, case n when 2 then 'in doubt' end
from (select * from handoff.profiles as p limit %s) as p
cross join generate_series(1, 2) as n
"""


def show(server: embedded.Server) -> None:
    """Prints the time of a call by the number of steps, with nothing that waits and with a mountain of it."""
    print(f"\nmetrics, {ROUNDS} calls of handoff.metrics() one client")
    print(f"{'steps':>9} {'waiting':>8} {'p50, p99 ms':>15}")
    for name, steps in SIZES.items():
        database.create(server, name, students=steps // 20, history=steps // 2 - steps // 20)
        with psycopg.connect(server.url(name), autocommit=True) as db:
            for waiting in (0, steps // 10):
                if waiting:
                    db.execute(WAITING, [waiting])
                    db.execute(MESSAGES, [waiting])
                    db.execute(MAILS, [waiting])
                    db.execute("vacuum analyze")
                times = _times(db)
                last = statistics.quantiles(times, n=100)[98]
                print(f"{steps:>9} {waiting:>8} {statistics.median(times):>7.2f} {last:>7.2f}")
        database.drop(server, name)


def _times(db: psycopg.Connection[tuple[object, ...]]) -> list[float]:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        db.execute("select * from handoff.metrics()").fetchall()
        times.append(1000 * (time.perf_counter() - began))
    return times
