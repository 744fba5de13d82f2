"""Several workers claim at the same time."""

from __future__ import annotations

from typing import Any

import psycopg

CLAIMED = "select count(*) from handoff.claim_messages(8, 2, '60 s')"


def test_no_more_than_are_wanted_of_a_partner_are_claimed_by_two_at_once(
    db: psycopg.Connection[Any], db_url: str
) -> None:
    db.execute("update handoff.partners set enroll_url = 'https://partner.example/' || slug")
    for number in range(6):
        db.execute(
            "select handoff.enroll_student(handoff.create_profile(%s, 'Ann Student'), 'cna')",
            [f"s{number}@school.example"],
        )
    db.execute("select handoff.follow_trail(m.last_id, m.ends_before) from handoff.mark_trail() as m")
    with psycopg.connect(db_url) as first, psycopg.connect(db_url) as second:
        counts = [connection.execute(CLAIMED).fetchone() for connection in (first, second)]
    assert counts == [(2,), (0,)]
    assert db.execute("select count(*) as n from handoff.outbox as o where o.lease_token is not null").fetchall() == [
        {"n": 2}
    ]
