"""What handing out messages costs: following the trail and claiming, while one partner has a mountain of them due.

`show_held` measures the claim alone, at a steady rate, by how long the snapshot has been held.

The peer is the usual queue: the oldest that are due, whoever they are for, with `skip locked`. A snapshot is held open
all the while, as a long report holds one, so nothing that is dead can be swept away.
"""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count
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
  where q.partner_slug is not null and q.status in ('pending', 'failed') and q.due_at <= handoff.clock()
    and (q.lease_until is null or q.lease_until <= handoff.clock())
  order by q.due_at limit %s for update skip locked
)
returning o.partner_slug
"""
FILL = """
with student as (
  insert into handoff.profiles (email, full_name, role, created_at)
  select format('%%s-%%s@school.example', %(partner)s::text, n), 'Ann Lee', 'student', now()
  from generate_series(%(first)s, %(first)s + %(count)s - 1) as n returning id
),
enrollment as (
  insert into handoff.enrollments (student_id, program_slug, status, enrolled_at, activated_at)
  select s.id, 'cna', 'active', now(), now() from student as s returning id
)
insert into handoff.enrollment_steps (enrollment_id, partner_slug, sequence_order, status, started_at)
select e.id, %(partner)s, 1, 'in_progress', now() from enrollment as e
"""
TICK, EACH_TICK = 0.1, 2  # seconds between two looks of the worker, and messages of each of five partners: 100 a second
TAKE = "select c.message_id, c.lease_token from handoff.claim_messages(8, 2, interval '60 s') as c"
TAKE_MAILS = "select c.message_id, c.lease_token from handoff.claim_mails(8, 2, interval '60 s') as c"
PREPARE = "select handoff.prepare_mail(%s, %s, 'Dear Ann')"
BEGIN = "select handoff.begin_sending(%s, %s)"
SETTLE = "select handoff.settle_message(%s, %s, 'sent', 200)"
SETTLE_MAIL = "select handoff.settle_mail(%s, %s, 'sent')"
CHORES = ("select handoff.take_back_leases()",)
TAKE_BACK = "update handoff.outbox set lease_token = null, lease_until = null where lease_token is not null"
HEADS = f"{'sent':>6} {'p50, p99 ms':>15} {'of processor':>15}"
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
            db.execute(FILL, {"partner": slug, "first": 1, "count": MOUNTAIN if slug == slugs[0] else EACH})
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


def show_held(server: embedded.Server, minutes: float) -> None:
    """Prints how claims go while 100 messages a second come and are sent, for each tenth of the time.

    Each of these starts is told to the student as well: 100 mails a second, which is many schools' worth.
    """
    database.create(server, "outbox_held", students=0, history=0)
    url = server.url("outbox_held")
    _let_statistics_follow(url)
    with (
        psycopg.connect(url, autocommit=True) as db,
        psycopg.connect(url, autocommit=True) as others,
        psycopg.connect(url) as report,
    ):
        others.execute("set synchronous_commit = off")  # it is not measured
        db.execute("update handoff.partners set enroll_url = 'https://partner.example/' || slug")
        slugs = [row[0] for row in db.execute("select p.slug from handoff.partners as p order by p.slug")]
        report.execute("set transaction isolation level repeatable read")
        report.execute("select count(*) from handoff.outbox")
        print(f"\nclaims while a snapshot is held for {minutes:g} minutes, 100 messages a second, all sent at once")
        print(f"{'':>6} {'messages':>38} {'mails':>38}")
        print(f"{'minute':>6} {HEADS} {HEADS} {'dead rows':>9}")
        began, numbers = time.perf_counter(), count(1, EACH_TICK)
        messages, mails = _Queue(TAKE, [BEGIN, SETTLE]), _Queue(TAKE_MAILS, [PREPARE, BEGIN, SETTLE_MAIL])
        for part in range(1, 11):
            _steady(db, others, slugs, began + 6 * minutes * part, numbers, [messages, mails])
            row = db.execute("select n_dead_tup from pg_stat_user_tables where relname = 'outbox'").fetchone()
            print(f"{minutes * part / 10:>6.1f} {messages.told()} {mails.told()} {row[0] if row else 0:>9}", flush=True)
    database.drop(server, "outbox_held")


def _let_statistics_follow(url: str) -> None:
    """As on any server; but what is dead can't be swept away while the snapshot is held."""
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("alter system set autovacuum = on")
        db.execute("alter system set autovacuum_naptime = '5s'")
        db.execute("select pg_reload_conf()")


class _Queue:
    """What a worker claims and settles, and how its claims went since they were told last."""

    def __init__(self, claim: str, steps: list[str]) -> None:
        self._claim, self._steps = claim, steps
        self._took, self._ran, self._sent = list[float](), list[float](), 0

    def empty(self, db: Db, others: Db) -> None:
        """Claims until nothing is due; only claiming is measured, by the clock and by the processor."""
        while True:
            began, ran = time.perf_counter(), _on_processor(db)
            claimed = db.execute(self._claim.encode()).fetchall()
            self._took.append(1000 * (time.perf_counter() - began))
            self._ran.append(_on_processor(db) - ran)
            for message in claimed:
                for step in self._steps:
                    others.execute(step.encode(), message)
            self._sent += len(claimed)
            if not claimed:
                return

    def told(self) -> str:
        """How many were sent, and the middle and the hundredth claim by each measure, in milliseconds."""
        line = f"{self._sent:>6} {_middle_and_end(self._took)} {_middle_and_end(self._ran)}"
        self._took, self._ran, self._sent = [], [], 0
        return line


def _steady(
    db: Db, others: Db, slugs: list[str], until: float, numbers: Iterator[int], queues: Sequence[_Queue]
) -> None:
    """Messages come steadily, and a worker claims and settles them."""
    next_tick = next_chores = time.perf_counter()
    while (now := time.perf_counter()) < until:
        time.sleep(max(0.0, next_tick - now))
        next_tick += TICK
        first = next(numbers)
        for slug in slugs:
            others.execute(FILL, {"partner": slug, "first": first, "count": EACH_TICK})
        _follow_once(others)
        if time.perf_counter() >= next_chores:
            next_chores += 5
            for chore in CHORES:
                others.execute(chore.encode())
        for queue in queues:
            queue.empty(db, others)


def _on_processor(db: Db) -> float:
    """The milliseconds for which a processor was at the work of this connection: others on the machine add none."""
    with open(f"/proc/{db.info.backend_pid}/schedstat") as file:
        return int(file.read().split()[0]) / 1e6


def _middle_and_end(times: Sequence[float]) -> str:
    return f"{statistics.median(times):>7.2f} {statistics.quantiles(times, n=100)[98]:>7.2f}"


def _follow_once(db: Db) -> None:
    mark = db.execute("select * from handoff.mark_trail()").fetchone()
    if mark and mark[1] is not None:
        db.execute("select handoff.follow_trail(%s, %s)", mark)


def _follow(db: Db) -> float:
    began = time.perf_counter()
    mark = db.execute("select * from handoff.mark_trail()").fetchone()
    while (went := db.execute("select handoff.follow_trail(%s, %s)", mark).fetchone()) and went[0]:
        pass
    row = db.execute("select count(*) from handoff.outbox as o where o.partner_slug is not null").fetchone()
    return 1000 * (time.perf_counter() - began) / (row[0] if row else 1)


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
