"""What is kept of refused deliveries: a count per partner, reason and day, written seldom, lost to no fault of ours."""

from __future__ import annotations

import time
from collections.abc import Iterator

import psycopg
import pytest
from flask import Flask
from psycopg import sql
from psycopg.rows import DictRow

from app import create_app
from app.settings import Settings
from app.webhooks import refusals
from app.webhooks.refusals import Refusals

Db = psycopg.Connection[DictRow]


class Clock:
    """Stands still until it is told."""

    seconds = 1.0

    def monotonic(self) -> float:
        """See time.monotonic."""
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(refusals, "time", clock)
    return clock


@pytest.fixture
def app(db_url: str) -> Iterator[Flask]:
    app = create_app(Settings(database_url=db_url, secret_key="k" * 32))
    with app.app_context():
        yield app
    app.extensions["handoff_pools"].close()


def counted(db: Db) -> dict[tuple[str, str], int]:
    """What the database holds."""
    rows = db.execute("select r.partner_slug, r.code, r.refusals from handoff.webhook_refusals as r").fetchall()
    return {(row["partner_slug"], row["code"]): row["refusals"] for row in rows}


def test_the_first_refusal_is_written_at_once_and_others_together_later(app: Flask, db: Db, clock: Clock) -> None:
    counts = Refusals()
    counts.add("hsi", "bad_signature")
    assert counted(db) == {("hsi", "bad_signature"): 1}
    for _ in range(1000):
        counts.add("hsi", "bad_signature")
    counts.add("jri", "missing_header")
    assert counted(db) == {("hsi", "bad_signature"): 1}
    clock.seconds += refusals.FLUSH_SECONDS
    counts.add("hsi", "stale_timestamp")
    assert counted(db) == {("hsi", "bad_signature"): 1001, ("jri", "missing_header"): 1, ("hsi", "stale_timestamp"): 1}


def test_counts_are_kept_while_the_database_takes_no_writes(app: Flask, db: Db, clock: Clock) -> None:
    counts = Refusals()
    database = sql.Identifier(db.info.dbname)
    db.execute(sql.SQL("alter database {} set default_transaction_read_only = on").format(database))
    counts.add("hsi", "bad_signature")
    assert counted(db) == {}
    db.execute(sql.SQL("alter database {} reset default_transaction_read_only").format(database))
    app.extensions["handoff_pools"].close()
    clock.seconds += refusals.FLUSH_SECONDS
    counts.add("hsi", "bad_signature")
    assert counted(db) == {("hsi", "bad_signature"): 2}


def test_counts_are_kept_while_the_database_is_away(app: Flask, db: Db, clock: Clock) -> None:
    counts, pools = Refusals(), app.extensions["handoff_pools"]
    app.extensions["handoff_pools"] = create_app(
        Settings(database_url="postgresql:///nothing?host=/nowhere", secret_key="k" * 32)
    ).extensions["handoff_pools"]
    counts.add("hsi", "bad_signature")
    app.extensions["handoff_pools"].close()
    app.extensions["handoff_pools"] = pools
    clock.seconds += refusals.FLUSH_SECONDS
    counts.add("hsi", "bad_signature")
    assert counted(db) == {("hsi", "bad_signature"): 2}


def test_a_partner_that_is_gone_by_then_is_not_counted(app: Flask, db: Db, clock: Clock) -> None:
    Refusals().add("nobody", "bad_signature")
    assert counted(db) == {}


def test_what_was_refused_last_is_written_though_nothing_follows(
    app: Flask, db: Db, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "FLUSH_SECONDS", 0.2)
    counts = Refusals()
    for _ in range(10):
        counts.add("hsi", "too_large")
    until = time.monotonic() + 30
    while counted(db) != {("hsi", "too_large"): 10} and time.monotonic() < until:
        time.sleep(0.01)
    assert counted(db) == {("hsi", "too_large"): 10}
