"""The clock of a deployed database, which no test has touched."""

from __future__ import annotations

from typing import Any

import psycopg


def test_it_is_the_time_of_now_and_not_of_the_transactions_beginning(db: psycopg.Connection[dict[str, Any]]) -> None:
    with db.transaction():
        row = db.execute(
            "select handoff.clock() > pg_catalog.now() as goes_on,"
            " handoff.clock() - pg_catalog.clock_timestamp() < interval '1 second' as agrees"
        ).fetchone()
    assert row == {"goes_on": True, "agrees": True}


def test_it_can_not_be_set(db: psycopg.Connection[dict[str, Any]]) -> None:
    with db.transaction():
        db.execute("select set_config('test.now', '2001-01-01', true), set_config('handoff.now', '2001-01-01', true)")
        row = db.execute("select handoff.clock() > '2026-01-01' as right").fetchone()
    assert row == {"right": True}
