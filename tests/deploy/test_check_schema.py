"""seeds/CHECK_SCHEMA.sql names each fault of tables, functions and roles."""

from __future__ import annotations

import re
from typing import Any

import psycopg
import pytest

from app.operate.deploy import deploy
from tests.deploy.scripts import CHECK_SCHEMA, SCHEMA_IS_RIGHT, Run
from tests.world.psql import SEEDS

Db = psycopg.Connection[dict[str, Any]]


def test_it_knows_every_table(db: Db) -> None:
    tables = db.execute(
        "select c.relname as name from pg_catalog.pg_class as c"
        " where c.relnamespace = 'handoff'::regnamespace and c.relkind in ('r', 'p')"
    ).fetchall()
    script = (SEEDS / CHECK_SCHEMA).read_text()
    assert [table["name"] for table in tables if f"('{table['name']}')" not in script] == []


def test_it_knows_every_role_and_its_switches(db: Db) -> None:
    script = (SEEDS / CHECK_SCHEMA).read_text()
    listed = re.findall(r"\('(handoff_\w+)', (true|false), '([a-z_ ]*)'\)", script)
    rows = db.execute(
        "select r.name, r.is_login::text, coalesce(string_agg(m.name, ' ' order by m.name), '') as may_switch_to"
        " from handoff_ops.roles as r left join handoff_ops.roles as m on m.login = r.name group by r.name"
    )
    assert sorted(listed) == sorted(tuple(row.values()) for row in rows)


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ("alter schema handoff_ops rename to elsewhere", "schema handoff_ops is missing"),
        ("drop table handoff.webhook_refusals", "table handoff.webhook_refusals is missing"),
        (
            "alter table handoff.profiles disable row level security",
            "table handoff.profiles is not under row-level security",
        ),
        (
            "alter table handoff.profiles no force row level security",
            "table handoff.profiles does not force row-level security on its owner",
        ),
        (
            "create table handoff.notes (id integer); alter table handoff.notes owner to handoff_owner;"
            "alter table handoff.notes force row level security",
            "table handoff.notes is not under row-level security",
        ),
        ("grant select on handoff.certificates to public", "PUBLIC has SELECT on table handoff.certificates"),
        (
            "alter table handoff.programs add constraint seems_right check (true) not valid",
            "constraint seems_right of table handoff.programs is not validated",
        ),
        (
            "update pg_catalog.pg_index set indisvalid = false"
            " where indexrelid = 'handoff.enrollment_steps_one_in_progress'::regclass",
            "index handoff.enrollment_steps_one_in_progress of table handoff.enrollment_steps is not valid",
        ),
        (
            "drop function handoff.skip_step(uuid, text)",
            "function handoff.skip_step(p_step_id uuid, p_reason text) returns text is missing",
        ),
        (
            "alter function handoff.skip_step(uuid, text) rename to leave_step",
            "function handoff.skip_step(p_step_id uuid, p_reason text) returns text is missing",
        ),
        (
            "alter type handoff.event_receipt drop attribute next_step_id",
            "type handoff.event_receipt is not (receipt uuid, status text, reason text, enrollment_id uuid,"
            " step_id uuid, next_step_id uuid)",
        ),
        (
            "grant execute on function handoff.verify_certificate(text) to public",
            "PUBLIC can execute handoff.verify_certificate(text)",
        ),
        (
            "create function handoff.helper() returns void language sql as 'select';"
            "alter function handoff.helper() owner to handoff_owner",
            "PUBLIC can execute handoff.helper()",
        ),
        (
            "grant execute on function handoff.mark_step_complete(uuid, text) to handoff_admin",
            "handoff_admin can execute handoff.mark_step_complete",
        ),
        (
            "revoke execute on function handoff.get_current_step(uuid) from handoff_student",
            "handoff_student can not execute handoff.get_current_step",
        ),
        (
            "drop trigger append_only on handoff.step_transitions",
            "trigger append_only of table handoff.step_transitions is missing",
        ),
        (
            "alter table handoff.step_transitions disable trigger append_only",
            "trigger append_only of table handoff.step_transitions is disabled",
        ),
        (
            "create or replace trigger append_only before update on handoff.step_transitions"
            " for each statement execute function handoff_private.refuse_change()",
            "trigger append_only of table handoff.step_transitions is another:"
            " BEFORE UPDATE ON handoff.step_transitions FOR EACH STATEMENT"
            " EXECUTE FUNCTION handoff_private.refuse_change()",
        ),
        (
            "alter table handoff.certificates enable trigger append_only",
            "trigger append_only of table handoff.certificates can be skipped by a session",
        ),
        (
            "alter table handoff.enrollment_steps disable trigger record_transition",
            "trigger record_transition of table handoff.enrollment_steps is disabled",
        ),
    ],
)
def test_each_fault_of_the_schema_is_named(db: Db, run: Run, fault: str, named: str) -> None:
    db.execute(fault)
    said = run(CHECK_SCHEMA)
    assert (said.code, said.lines) == (3, [named])


def test_each_of_several_faults_has_its_line(db: Db, run: Run) -> None:
    db.execute("alter table handoff.partners owner to postgres")
    db.execute("alter function handoff.clock() owner to postgres")
    db.execute(f"alter role handoff_student in database {db.info.dbname} reset search_path")
    db.execute(f"alter role handoff_pages_login in database {db.info.dbname} reset jit")
    said = run(CHECK_SCHEMA)
    assert said.code == 3
    assert said.lines == [
        "table handoff.partners belongs to postgres instead of handoff_owner",
        "function handoff.clock() belongs to postgres instead of handoff_owner",
        "role handoff_pages_login has no jit = off of its own in this database",
        "role handoff_student has no search_path = handoff, pg_catalog, pg_temp of its own in this database",
    ]
    assert "things that are wrong: 4" in said.errors


def test_each_setting_of_a_role_that_is_gone_is_named(db: Db, run: Run) -> None:
    rows = db.execute(
        "select s.setrole::regrole::text as role, split_part(c.setting, '=', 1) as name, c.setting"
        " from pg_catalog.pg_db_role_setting as s cross join unnest(s.setconfig) as c (setting)"
        " join pg_catalog.pg_database as d on d.oid = s.setdatabase"
        " where d.datname = current_database() and s.setrole <> 0"
    ).fetchall()
    assert len(rows) > 100
    for row in rows:
        db.execute(f"alter role {row['role']} in database {db.info.dbname} reset {row['name']}".encode())
    said = run(CHECK_SCHEMA)
    assert sorted(said.lines) == sorted(
        f"role {row['role']} has no {row['setting'].replace('=', ' = ')} of its own in this database" for row in rows
    )


@pytest.mark.parametrize(
    ("fault", "named", "undo"),
    [
        ("alter role handoff_student login", "role handoff_student can log in", "alter role handoff_student nologin"),
        (
            "alter role handoff_worker_login nologin",
            "role handoff_worker_login can not log in",
            "alter role handoff_worker_login login",
        ),
        (
            "alter role handoff_pages_login inherit",
            "role handoff_pages_login inherits the rights of its roles: it is to be NOINHERIT",
            "alter role handoff_pages_login noinherit",
        ),
        (
            "alter role handoff_admin superuser",
            "role handoff_admin is a superuser",
            "alter role handoff_admin nosuperuser",
        ),
        (
            "alter role handoff_owner bypassrls",
            "role handoff_owner bypasses row-level security",
            "alter role handoff_owner nobypassrls",
        ),
        (
            "alter role handoff_owner createrole",
            "role handoff_owner can create roles",
            "alter role handoff_owner nocreaterole",
        ),
        (
            "grant handoff_owner to handoff_worker_login",
            "role handoff_worker_login is a member of handoff_owner",
            "revoke handoff_owner from handoff_worker_login",
        ),
        (
            "alter role handoff_worker_login rename to handoff_nobody",
            "role handoff_worker_login is missing",
            "alter role handoff_nobody rename to handoff_worker_login",
        ),
    ],
)
def test_each_fault_of_a_role_is_named(db: Db, run: Run, fault: str, named: str, undo: str) -> None:
    db.execute(fault)
    try:
        said = run(CHECK_SCHEMA)
    finally:
        db.execute(undo)
    # A superuser may do everything, and is told of each.
    assert said.code == 3
    assert named in said.lines
    assert said.lines == [named] or "superuser" in named


def test_a_login_that_lost_its_role_is_named_and_a_deploy_gives_it_back(db: Db, db_url: str, run: Run) -> None:
    db.execute("revoke handoff_webhook from handoff_webhook_login")
    try:
        said = run(CHECK_SCHEMA)
    finally:
        deploy(db_url)
    assert (said.code, said.lines) == (3, ["role handoff_webhook_login can not switch to handoff_webhook"])
    assert run(CHECK_SCHEMA).lines == [SCHEMA_IS_RIGHT]
