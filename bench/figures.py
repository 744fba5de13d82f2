"""What the dashboard's figures cost, ours and a plain count, with few and many steps, the worker 100,000 rows behind.

Then everything that the dashboard reads, each function by itself. The school is one that has run for years: nearly all
of its students are through, a thousand are on their way.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from app.operate.postgres import embedded
from bench import database

SIZES = {"figures_10k": 10_000, "figures_1m": 1_000_000}
UNDER_WAY = 1000  # students whose steps are open
BEHIND = 100_000  # rows of the trail that the worker has not followed
ROUNDS = 15
Db = psycopg.Connection[Any]
# Starts and completions, as complete_at_once leaves them; in the smaller school again and again of the same steps.
TRAIL = """
insert into handoff.step_transitions (
  occurred_at, enrollment_id, step_id, from_status, to_status, cause, actor_role, tally
)
select
  now() - (%(rows)s - row_number() over ()) * interval '0.5 s', s.enrollment_id, s.id,
  case when n = 1 then 'pending' else 'in_progress' end, case when n = 1 then 'in_progress' else 'completed' end,
  case when n = 1 then 'advanced' else 'partner_event' end, 'handoff_webhook',
  s.partner_slug || case when n = 1 then ':pI56T' else ':iC78' end
from (select s.* from handoff.enrollment_steps as s where s.status = 'completed' limit %(rows)s::bigint / 2) as s
cross join generate_series(1, 2) as n
"""
COUNT = "select count(*) from handoff.count_figures()"
SHOWN = (  # what Today asks besides; %s: the figures that it has read
    "select * from handoff.partner_pipeline(%s)",
    "select * from handoff.program_rates(%s)",
    "select * from handoff.automation_rates(%s)",
    "select * from handoff.auto_advanced_today(%s)",
    "select * from handoff.partner_onboarding()",
    "select * from handoff.work_queue()",
    "select * from handoff.partner_pace()",
    "select * from handoff.certified_weeks()",
    "select * from handoff.unreachable_people(p_limit => 100)",
    "select * from handoff.recent_refusals()",
    "select * from handoff.stored_oddities()",
    "select * from handoff.worker_silence()",
    "select * from handoff.due_events()",
    "select * from handoff.recent_changes()",
)


def show(server: embedded.Server) -> None:
    """Prints the times of both sizes, and how many times the larger one takes."""
    print(f"\nfigures, the worker {BEHIND} rows of the trail behind, medians of {ROUNDS}, ms")
    times = {name: _measured(server, name, steps) for name, steps in SIZES.items()}
    small, large = times.values()
    print(f"{'':<32} {'10k steps':>10} {'1m steps':>10} {'times':>6}")
    for what in small:
        print(f"{what:<32} {small[what]:>10.2f} {large[what]:>10.2f} {large[what] / small[what]:>6.2f}")


def _measured(server: embedded.Server, name: str, steps: int) -> dict[str, float]:
    database.create(server, name, students=UNDER_WAY, history=steps // 2 - UNDER_WAY)
    with psycopg.connect(server.url(name), autocommit=True) as db:
        db.execute("set session_replication_role = replica")
        db.execute("update handoff.trail_readers set recount_from = 1 where name = 'figures'")
        mark = db.execute("select * from handoff.mark_trail()").fetchone()
        began = time.perf_counter()
        db.execute("select handoff.follow_figures(%s, %s)", mark)
        print(f"counting {steps} steps anew: {time.perf_counter() - began:.1f} s")
        left = BEHIND
        while left:
            rows = min(left, 2 * (steps - 2 * UNDER_WAY))
            db.execute(TRAIL, {"rows": rows})
            left -= rows
        db.execute("vacuum analyze")
    with psycopg.connect(server.url(name), autocommit=True) as db, database.as_admin(db):
        times = {"figures_now()": _time(db, "select handoff.figures_now()")}
        times["the same, counted"] = _time(db, COUNT, rounds=3)
        row = db.execute("select handoff.figures_now()").fetchone()
        if row is None or row[0]["as_of"] is not None:
            raise RuntimeError(f"{name}: not exact, so it is not what is measured")
        figures = [Jsonb(row[0])]
        for statement in SHOWN:
            shown = statement.removeprefix("select * from handoff.")
            times[shown] = _time(db, statement, figures if "%s" in statement else ())
    parts = [what for what in times if what != "the same, counted"]
    times["the whole page's statements"] = sum(times[what] for what in parts)
    database.drop(server, name)
    return times


def _time(db: Db, statement: str, arguments: Sequence[Any] = (), rounds: int = ROUNDS) -> float:
    """The median of some turns, in milliseconds; the first, which plans, does not count."""
    times = list[float]()
    for _ in range(rounds + 1):
        began = time.perf_counter()
        db.execute(statement.encode(), arguments).fetchall()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times[1:])
