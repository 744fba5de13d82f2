"""A fault in one piece of the worker's work holds up no other."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from app.settings import Settings
from app.worker.chores import CHORES, Chores
from app.worker.clock import Clock
from app.worker.patience import SECONDS
from app.worker.trail import Trail

ENROLL = "select handoff.enroll_student(handoff.create_profile('ann@school.example', 'Ann'), 'cna')"
BREAK = """
create or replace function handoff_private.{name} returns {returns} language plpgsql as
  $$ begin raise exception using errcode = '23503'; end $$
"""
POSITIONS = "select r.name, r.position from handoff.trail_readers as r"


class Skipping(Clock):
    """A clock that is put forward."""

    skipped = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.skipped


@pytest.fixture
def worker(db_url: str) -> Any:
    """A connection as the worker has one."""
    with psycopg.connect(db_url, autocommit=True) as connection:
        yield connection


def moved(db: psycopg.Connection[Any], before: dict[str, int]) -> set[str]:
    """The readers that have gone on."""
    return {name for name, position in db.execute(POSITIONS) if position > before[name]}


def test_a_reader_that_fails_is_tried_again_later_and_the_others_go_on(
    worker: psycopg.Connection[Any], caplog: pytest.LogCaptureFixture
) -> None:
    clock = Skipping()
    trail = Trail(worker, clock)
    kept = worker.execute(
        "select pg_get_functiondef('handoff_private.make_mails(bigint, bigint)'::regprocedure)"
    ).fetchone()
    assert kept
    before = dict(worker.execute(POSITIONS).fetchall())
    worker.execute(ENROLL)
    worker.execute(BREAK.format(name="make_mails(p_from bigint, p_upto bigint)", returns="void").encode())
    while trail.follow():
        pass
    assert moved(worker, before) == {"watch", "figures"}
    assert [record.levelname for record in caplog.records] == ["ERROR"], "it is told once"
    worker.execute(kept[0].encode())
    trail.follow()
    assert moved(worker, before) == {"watch", "figures"}, "it is left alone"
    clock.skipped = SECONDS
    while trail.follow():
        pass
    assert moved(worker, before) == {"messages", "watch", "figures"}


def test_a_chore_that_fails_holds_up_no_other(worker: psycopg.Connection[Any]) -> None:
    worker.execute(ENROLL)
    worker.execute("update handoff.enrollment_steps set status = 'failed' where status = 'in_progress'")
    trail = Trail(worker, Clock())
    while trail.follow():
        pass
    assert "take_back_leases" in CHORES[0].statement, "the first one fails"
    worker.execute(BREAK.format(name="mark_queues()", returns="void").encode())
    Chores(worker, Settings(), Clock()).do_what_is_due()
    assert worker.execute("select a.kind from handoff.alerts as a").fetchall() == [("enrollment_blocked",)]
