"""What handing out messages costs: following the trail and claiming, while one partner has a mountain of them due.

The peer is the usual queue: the oldest that are due, whoever they are for, with `skip locked`. A snapshot is held open
all the while, as a long report holds one, so nothing that is dead can be swept away.
"""

from __future__ import annotations

import statistics
import time
from collections import Counter
from typing import Any

import psycopg

from app.operate.postgres import embedded
from bench import database

MOUNTAIN = 50_000  # messages of one partner that hangs
EACH = 200  # of each other partner
CLAIM = "select c.partner_slug from handoff.claim_messages(%s, %s, interval '60 s') as c"
FIFO = """
update handoff.outbox as o
set lease_token = gen_random_uuid(), lease_until = handoff.clock() + interval '60 s'
where o.message_id in (
  select q.message_id from handoff.outbox as q
  where q.status in ('pending', 'failed') and q.due_at <= handoff.clock()
    and (q.lease_until is null or q.lease_until <= handoff.clock())
  order by q.due_at limit %s for update skip locked
)
returning o.partner_slug
"""
FILL = """
with student as (
  insert into handoff.profiles (email, full_name, role, created_at)
  select format('%%s-%%s@school.example', %(partner)s::text, n), 'Ann Lee', 'student', now()
  from generate_series(1, %(count)s) as n returning id
),
enrollment as (
  insert into handoff.enrollments (student_id, program_slug, status, enrolled_at, activated_at)
  select s.id, 'cna', 'active', now(), now() from student as s returning id
)
insert into handoff.enrollment_steps (enrollment_id, partner_slug, sequence_order, status, started_at)
select e.id, %(partner)s, 1, 'in_progress', now() from enrollment as e
"""
TAKE_BACK = "update handoff.outbox set lease_token = null, lease_until = null where lease_token is not null"
Db = psycopg.Connection[Any]


def show(server: embedded.Server, seconds: int) -> None:
    """Prints what following costs for each message, and how claims go, ours and the queue's."""
    database.create(server, "outbox", students=0, history=0)
    url = server.url("outbox")
    with psycopg.connect(url, autocommit=True) as db, psycopg.connect(url) as report:
        db.execute("update handoff.partners set enroll_url = 'https://partner.example/' || slug")
        db.execute("update handoff.partners set enroll_url_since = '-infinity'")
        slugs = [row[0] for row in db.execute("select p.slug from handoff.partners as p order by p.slug")]
        for slug in slugs:
            db.execute(FILL, {"partner": slug, "count": MOUNTAIN if slug == slugs[0] else EACH})
        print(f"\noutbox, {MOUNTAIN} messages due at one partner, {EACH} at each of {len(slugs) - 1} others")
        print(f"following the trail: {_follow(db):.3f} ms a message")
        db.execute("analyze handoff.outbox")
        report.execute("set transaction isolation level repeatable read")
        report.execute("select count(*) from handoff.outbox")
        for name, statement, arguments in (("ours", CLAIM, [8, 2]), ("oldest first", FIFO, [8])):
            times, partners = _claims(db, statement, arguments, seconds)
            last = statistics.quantiles(times, n=100)[98]
            share = ", ".join(f"{slug} {partners[slug] / sum(partners.values()):.0%}" for slug in slugs)
            print(f"{name:<13} claims p50 {statistics.median(times):6.2f} ms, p99 {last:6.2f} ms; given out to {share}")
    database.drop(server, "outbox")


def _follow(db: Db) -> float:
    began, count = time.perf_counter(), 0
    mark = db.execute("select * from handoff.mark_trail()").fetchone()
    while (went := db.execute("select handoff.follow_trail(%s, %s)", mark).fetchone()) and went[0]:
        pass
    row = db.execute("select count(*) from handoff.outbox").fetchone()
    count = row[0] if row else 0
    return 1000 * (time.perf_counter() - began) / count


def _claims(db: Db, statement: str, arguments: list[int], seconds: int) -> tuple[list[float], Counter[str]]:
    """A worker that claims all the time; what it got is free again when it claims the next."""
    times, partners = list[float](), Counter[str]()
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        began = time.perf_counter()
        partners.update(row[0] for row in db.execute(statement.encode(), arguments).fetchall())
        times.append(1000 * (time.perf_counter() - began))
        db.execute(TAKE_BACK)
    return times, partners
