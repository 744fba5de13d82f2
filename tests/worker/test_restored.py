"""A database that is restored into another server goes on where the dump was made, and tells nobody twice."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from app.operate.deploy import RESTORED, deploy
from app.operate.postgres.embedded import DATABASE
from app.worker.trail import READERS
from tests.world.postgres import PgServer, thrown_away

MARK = "select m.last_id, m.ends_before from handoff.mark_trail() as m"
MESSAGES = "select o.key, o.status from handoff.outbox as o where o.partner_slug is not null order by o.made_at, o.key"

IN_DOUBT = (
    "select p.full_name from handoff.outbox as o join handoff.profiles as p on p.id = o.profile_id"
    " where o.status = 'unknown' order by p.full_name"
)


def follow(db: psycopg.Connection[Any]) -> None:
    """The worker's part that reads the trail, until there is no more, with each reader."""
    while (mark := db.execute(MARK).fetchone()) and mark["ends_before"] is not None:
        for statement, batch in READERS:
            db.execute(statement.encode(), [*mark.values(), batch])


def assert_figures_are_counted(db: psycopg.Connection[Any]) -> None:
    """What the dashboard shows is exact, and what a count of the tables says."""
    [shown] = db.execute("select f ->> 'as_of' as as_of from handoff.figures_now() as f").fetchall()
    assert shown == {"as_of": None}
    assert db.execute("select f.detail from handoff_private.faults_of_figures() as f").fetchall() == []


def enroll(db: psycopg.Connection[Any], name: str) -> None:
    """A student in a program of three partners."""
    db.execute(
        "select handoff.enroll_student(handoff.create_profile(%s, %s), 'medical-assistant')",
        [f"{name}@school.example", name.title()],
    )


def test_what_a_dump_knows_is_told_once_and_what_follows_is_told(
    db: psycopg.Connection[dict[str, Any]], db_url: str, pg_server: PgServer, tmp_path: Path
) -> None:
    if pg_server.bindir is None:
        pytest.skip("TEST_PG_BINDIR does not say where pg_dump is")
    db.execute("update handoff.partners set enroll_url = 'https://partner.example/' || slug")
    # The other server's transactions begin anew, far below ours.
    for _ in range(50):
        db.execute("select pg_current_xact_id()")
    enroll(db, "ann")
    follow(db)
    [claimed] = db.execute("select * from handoff.claim_messages(1, 1, '60 s')").fetchall()
    identity = [claimed["message_id"], claimed["lease_token"]]
    db.execute("select handoff.begin_sending(%s, %s)", identity)
    db.execute("select handoff.settle_message(%s, %s, 'sent')", identity)
    enroll(db, "ben")
    known = db.execute(MESSAGES).fetchall()
    dump = subprocess.run([pg_server.bindir / "pg_dump", "-d", db_url], capture_output=True, check=True).stdout
    with thrown_away(tmp_path / "other", pg_server.bindir) as server:
        url = server.url(DATABASE)
        subprocess.run([pg_server.bindir / "psql", "-qX", url], input=dump, capture_output=True, check=True)
        assert RESTORED in deploy(url)
        with psycopg.connect(url, autocommit=True, row_factory=dict_row) as restored:
            assert restored.execute(MESSAGES).fetchall() == known
            assert_figures_are_counted(restored)
            follow(restored)
            enroll(restored, "cat")
            assert_figures_are_counted(restored)
            follow(restored)
            assert_figures_are_counted(restored)
            told = restored.execute(MESSAGES).fetchall()
            # Those about Ann and Ben may have been mailed after the dump; what came since is known.
            restored.execute("update handoff.outbox set due_at = handoff.clock() where due_at > handoff.clock()")
            claimed_mails = restored.execute(
                "select m.full_name from handoff.claim_mails(9, 9, '60 s') as m"
            ).fetchall()
            assert claimed_mails == [{"full_name": "Cat"}]
            assert restored.execute(IN_DOUBT).fetchall() == [{"full_name": "Ann"}, {"full_name": "Ben"}]
    assert told[0] == known[0] == {"key": claimed["key"], "status": "sent"}
    assert [message["status"] for message in told] == ["sent", "pending", "pending"]
    # In the old one the worker makes the very same message of the same start.
    follow(db)
    assert db.execute(MESSAGES).fetchall() == told[:2]
