"""An upgrade gives what a fresh install gives, and keeps what was there."""

from __future__ import annotations

import json
import os
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import DictRow

from app.operate.deploy import deploy, fingerprint
from app.operate.seed import seed
from tests import DB
from tests.deploy.landed import DUMPS
from tests.world import deploys
from tests.world.deploys import Tree
from tests.world.postgres import PgServer

MIGRATIONS = [path.name for path in sorted((DB / "migrations").glob("*.sql"))]
REASON = "select r.reason from handoff.receive_partner_event(%s, gen_random_uuid()::text, %s) as r"
NOW_SEEDED = 19  # event types: a test event for each partner came later


@pytest.fixture(scope="module")
def fresh_settled(pg_server: PgServer) -> str:
    """`fresh`, as it is after dump and restore."""
    with deploys.database(pg_server, f"fresh_{os.getpid()}") as name:
        deploy(pg_server.url(name))
        return deploys.settled(pg_server, name)


def _rows(url: str) -> dict[str, int]:
    with deploys.connect(url) as db:
        tables = db.execute("select t.tablename as name from pg_catalog.pg_tables as t where t.schemaname = 'handoff'")
        return {table["name"]: _count(db, table["name"]) for table in tables.fetchall()}


def _count(db: psycopg.Connection[DictRow], table: str) -> int:
    row = db.execute(sql.SQL("select count(*) as rows from {}").format(sql.Identifier("handoff", table))).fetchone()
    assert row is not None
    return int(row["rows"])


@pytest.mark.parametrize("stages", range(1, len(MIGRATIONS)), ids=lambda stages: MIGRATIONS[stages - 1])
def test_stopping_after_a_migration_changes_nothing(
    stages: int, empty: str, tmp_path: Path, pg_server: PgServer, fresh: str
) -> None:
    url = pg_server.url(empty)
    tree = Tree.copy(tmp_path)
    for path in tree.paths("functions", "policies"):
        tree.remove(path)
    for name in MIGRATIONS[stages:]:
        tree.remove(f"migrations/{name}")
    assert deploy(url, tree.root) == [f"applied migrations/{name}" for name in MIGRATIONS[:stages]]
    deploy(url)
    assert deploys.dump(pg_server, empty) == fresh


def test_one_landed_version_is_kept_and_no_time_of_writing() -> None:
    [dump] = DUMPS
    assert dump.stem in MIGRATIONS
    assert dump.read_bytes()[4:8] == bytes(4)


def test_a_landed_version_becomes_what_a_fresh_install_is(landed: str, pg_server: PgServer, fresh_settled: str) -> None:
    url = pg_server.url(landed)
    deploy(url)
    assert deploys.settled(pg_server, landed) == fresh_settled
    assert deploys.value(url, "select handoff.deployed_fingerprint()") == fingerprint()
    assert deploy(url) == []


def test_an_upgrade_drops_the_private_functions_whose_files_are_gone_and_no_other(
    landed: str, pg_server: PgServer, tmp_path: Path
) -> None:
    url, tree = pg_server.url(landed), Tree.copy(tmp_path)
    tree.remove("functions/handoff_private/certificates/check_character.sql")
    with deploys.connect(url) as db:
        db.execute("create function handoff_private.mine() returns integer language sql as 'select 1'")
    lines = deploy(url, tree.root)
    dropped = {line.split("(")[0] for line in lines if line.startswith("dropped ")}
    defined = {Path(path).stem for path in tree.paths("functions")}
    assert "dropped handoff_private.check_character" in dropped
    assert [line for line in dropped if line.removeprefix("dropped handoff_private.") in defined] == []
    assert lines[-1].startswith("function handoff_private.mine() is not ours")
    assert deploy(url, tree.root) == lines[-1:]


def test_an_upgrade_keeps_every_row_and_the_books_balance(landed: str, pg_server: PgServer) -> None:
    url = pg_server.url(landed)
    before = _rows(url)
    assert before["partner_events"] and before["certificates"]
    assert before.pop("event_replays") == 0
    deploy(url)
    seed(url)
    after = _rows(url)
    assert {name: after[name] for name in before} == before | {"partner_event_types": NOW_SEEDED}
    with deploys.connect(url) as db:
        assert db.execute("select * from handoff_private.book_faults()").fetchall() == []


def test_the_figures_begin_with_the_first_row_ever(landed: str, pg_server: PgServer) -> None:
    url = pg_server.url(landed)
    deploy(url)
    with deploys.connect(url) as db:
        [before] = db.execute("select f.* from handoff.figures_now() as f").fetchall()
        assert before["f"]["cases"]["enrollments"] and before["f"]["as_of"] is None, "counted, without a worker"
        db.execute("select handoff.follow_figures(s.last_value, '3') from handoff.step_transitions_id_seq as s")
        assert db.execute("select from handoff.figures").fetchall()
        [after] = db.execute("select f.* from handoff.figures_now() as f").fetchall()
        assert after["f"]["cases"] == before["f"]["cases"]
        assert db.execute("select * from handoff_private.faults_of_figures()").fetchall() == []


def test_who_had_events_tried_again_stands_among_the_acts(landed: str, pg_server: PgServer) -> None:
    url = pg_server.url(landed)
    with deploys.connect(url) as db:
        db.execute("select handoff.mark_events_due('hsi', 'parked', 'unknown_student')")
        db.execute(
            "select handoff.replay_partner_event(e.receipt) from handoff.partner_events as e"
            " where e.event_key = 'broken'"
        )
        noted = db.execute("select r.occurred_at, r.receipt from handoff.event_replays as r order by r.id").fetchall()
    deploy(url)
    with deploys.connect(url) as db:
        rows = db.execute(
            "select a.act, a.partner_slug, a.event_status, a.event_reason, a.events, a.occurred_at, a.event_receipt"
            " from handoff.acts as a order by a.id"
        ).fetchall()
    marked, replayed = noted
    assert [tuple(row.values()) for row in rows] == [
        ("marked_due", "hsi", "parked", "unknown_student", 1, marked["occurred_at"], None),
        ("replayed", None, None, None, None, replayed["occurred_at"], replayed["receipt"]),
    ]


def test_accounts_are_composed_where_nothing_stands_in_the_way(landed: str, pg_server: PgServer) -> None:
    url, composed, in_parts = pg_server.url(landed), "jos\u00e9", "jose\u0301"
    with deploys.connect(url) as db:
        student = db.execute("select p.id from handoff.profiles as p where p.role = 'student' limit 1").fetchone()
        assert student is not None
        for partner, account in (("hsi", in_parts), ("jri", in_parts), ("jri", composed)):
            db.execute("select handoff.link_partner_account(%s, %s, %s)", [partner, account, student["id"]])
    deploy(url)
    with deploys.connect(url) as db:
        rows = db.execute(
            "select a.partner_slug, a.external_student_id from handoff.partner_accounts as a"
            " where a.external_student_id like 'jos%'"
        ).fetchall()
        assert sorted(tuple(row.values()) for row in rows) == [("hsi", composed), ("jri", in_parts), ("jri", composed)]
        for partner, account in (("hsi", in_parts), ("hsi", composed), ("jri", in_parts), ("jri", composed)):
            body = json.dumps({"event": "certificate.issued", "student_id": account}).encode()
            said = db.execute(REASON, [partner, body]).fetchone()
            assert said is not None
            assert said["reason"] != "unknown_student"


def test_a_student_under_way_goes_on_after_an_upgrade(landed: str, pg_server: PgServer) -> None:
    url = pg_server.url(landed)
    deploy(url)
    with deploys.connect(url) as db:
        step = db.execute(
            "select s.id, s.enrollment_id from handoff.enrollment_steps as s where s.status = 'in_progress'"
        ).fetchone()
        assert step is not None
        db.execute("select handoff.mark_step_complete(%s, 'seen at the partner')", [step["id"]])
        current = db.execute(
            "select c.partner_slug from handoff.get_current_step(%s) as c", [step["enrollment_id"]]
        ).fetchone()
        assert current is not None
        assert current["partner_slug"] == "careersafe"
