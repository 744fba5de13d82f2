"""What Today costs with 200 and with 100,000 enrollments, under the admin's row-level security."""

from __future__ import annotations

import statistics
from typing import Any

import psycopg

from app.operate.postgres import embedded
from bench import database

SIZES = (200, 100_000)
ROUNDS = 30
STARTS = """
insert into handoff.step_transitions (occurred_at, enrollment_id, step_id, to_status, cause, actor_role)
select now(), s.enrollment_id, s.id, 'in_progress', 'advanced', 'handoff_worker'
from handoff.enrollment_steps as s where s.status = 'in_progress'
"""
FOLLOW = "select handoff.follow_trail(m.last_id, m.ends_before, 1000, 'watch') from handoff.mark_trail() as m"
# A tenth is late, one in a hundred awaits approval or has failed; as many events wait as half of the students.
WORK = (
    "update handoff.standings as w set since = now() - interval '1 year'"
    " from bench.targets as t where t.enrollment_id = w.enrollment_id and t.n % 10 = 0",
    "update handoff.enrollment_steps as s set started_at = now() - interval '1 year'"
    " from bench.targets as t where t.step_id = s.id and t.n % 10 = 0 and s.status = 'in_progress'",
    "insert into handoff.enrollments (student_id, program_slug, status, enrolled_at)"
    " select t.student_id, 'emt', 'pending', now() - interval '9 days' from bench.targets as t where t.n % 100 = 1",
    "update handoff.standings as w set state = 'failed' from bench.targets as t"
    " where t.enrollment_id = w.enrollment_id and t.n % 100 = 2",
    "update handoff.enrollment_steps as s set status = 'failed' from bench.targets as t"
    " where t.step_id = s.id and t.n % 100 = 2 and s.status = 'in_progress'",
    "insert into handoff.partner_events (partner_slug, event_key, channel, context, body, body_sha256, received_at,"
    " last_seen_at, status, reason, first_outcome, event_type, meaning, external_student_id)"
    " select 'certiport', 'parked-' || t.n, 'webhook', '{}', '{\"name\": \"Student 77\"}', sha256('{}'), now(), now(),"
    " 'parked', 'unknown_student', 'parked:unknown_student', 'exam.completed', 'completion', 'c-' || t.n / 3"
    " from bench.targets as t where t.n % 2 = 0",
    "select handoff.sweep_alerts()",
)
READ = (
    "select * from handoff.work_queue()",
    "select * from handoff.waiting_accounts()",
    "select * from handoff.events_to_look_at()",
    "select * from handoff.certified_weeks()",
    "select * from handoff.partner_pace()",
    "select * from handoff.event_students((select w.receipt from handoff.waiting_accounts(1) as w))",
)


def show(server: embedded.Server) -> None:
    """Prints the time of each function of the page."""
    print(f"\ntoday, {ROUNDS} calls each, as an admin")
    print(f"{'enrollments':>11} {'asked':<26} {'rows':>5} {'p50, p99 ms':>15}")
    for size in SIZES:
        name = f"today_{size}"
        database.create(server, name, students=size // 2, history=size // 2)
        with psycopg.connect(server.url(name), autocommit=True) as db:
            db.execute(STARTS)
            while _value(db, FOLLOW):
                pass
            for statement in WORK:
                db.execute(statement.encode())
            db.execute("vacuum analyze")
            with database.as_admin(db):
                for statement in READ:
                    took, found = database.times(db, ROUNDS, statement)
                    asked = statement.split("handoff.")[1].split("(")[0]
                    p99 = statistics.quantiles(took, n=100)[98]
                    print(f"{size:>11} {asked:<26} {found:>5} {statistics.median(took):>7.2f} {p99:>7.2f}")
        database.drop(server, name)


def _value(db: psycopg.Connection[Any], statement: str) -> int:
    row = db.execute(statement.encode()).fetchone()
    return row[0] or 0 if row else 0
