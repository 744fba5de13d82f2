"""seeds/CHECK_SCHEMA.sql names what is not as it was deployed; a deploy puts right what is ours, and names the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from app.operate.deploy import deploy
from tests.deploy.schema_faults import OTHERS, OURS, ROLES, SET_ALWAYS, STRANGER
from tests.deploy.scripts import ACCEPT_SCHEMA, CHECK_SCHEMA, SCHEMA_IS_RIGHT, Run
from tests.world.deploys import Tree
from tests.world.postgres import PgServer
from tests.world.psql import SEEDS, psql

Db = psycopg.Connection[dict[str, Any]]
Told = Callable[[], list[str]]


@pytest.fixture
def told(run: Run) -> Told:
    """What the script says. It ends with 0 when that is that all is right, and else with 3."""

    def ask() -> list[str]:
        said = run(CHECK_SCHEMA)
        assert said.code == (0 if said.lines == [SCHEMA_IS_RIGHT] else 3), said.errors
        return said.lines

    return ask


@contextmanager
def stranger(db: Db) -> Iterator[None]:
    """A role that is none of ours."""
    db.execute(f"create role {STRANGER}")
    try:
        yield
    finally:
        db.execute(f"drop owned by {STRANGER}; drop role {STRANGER}".encode())


def _starts(lines: list[str], named: str, prefix: str = "") -> bool:
    return [line.startswith(prefix + named) for line in lines] == [True]


def _each(lines: list[str], named: Iterable[str], prefix: str = "") -> bool:
    """Each is named by a line of its own, and there is no other line."""
    starts = [prefix + name for name in named]
    return len(lines) == len(starts) and all(_starts([x for x in lines if x.startswith(s)], s) for s in starts)


@pytest.mark.parametrize("faults", OURS.values(), ids=OURS)
def test_what_is_ours_is_named_and_a_deploy_puts_it_right(
    db: Db, db_url: str, told: Told, faults: dict[str, str]
) -> None:
    for fault in faults:
        db.execute(fault.encode())
    lines = told()
    assert _each(lines, faults.values()), lines
    heal = db.execute("select d.line from handoff_private.drift() as d where d.heals").fetchall()
    assert [row["line"] for row in heal] == lines, "each by itself makes a deploy apply files anew"
    done = [line for line in deploy(db_url) if not line.startswith("applied ")]
    assert _each(done, faults.values(), "put right: "), done
    assert told() == [SCHEMA_IS_RIGHT]
    assert deploy(db_url) == []


def test_what_every_deploy_sets_is_named_and_put_right_without_a_file(db: Db, db_url: str, told: Told) -> None:
    for fault in SET_ALWAYS:
        db.execute(fault.encode())
    lines = told()
    assert _each(lines, SET_ALWAYS.values()), lines
    assert deploy(db_url) == [f"put right: {line}" for line in lines]
    assert told() == [SCHEMA_IS_RIGHT]
    assert deploy(db_url) == []


@pytest.mark.parametrize("faults", OTHERS.values(), ids=OTHERS)
def test_what_is_not_is_named_by_each_deploy_and_left_until_it_is_accepted(
    db: Db, db_url: str, run: Run, told: Told, faults: dict[str, str]
) -> None:
    with stranger(db):
        for fault in faults:
            db.execute(fault.encode())
        lines = told()
        assert _each(lines, faults.values()), lines
        assert deploy(db_url) == lines
        assert deploy(db_url) == lines, "the first has not taken them for ours"
        assert run(ACCEPT_SCHEMA).lines == [f"accepted: {line}" for line in lines]
        assert told() == [SCHEMA_IS_RIGHT]
        assert deploy(db_url) == []
        assert run(ACCEPT_SCHEMA).lines == []


@pytest.mark.parametrize("faults", ROLES.values(), ids=ROLES)
def test_what_a_role_of_ours_should_not_be_is_named_and_put_right(
    db: Db, db_url: str, told: Told, faults: dict[str, str]
) -> None:
    try:
        for fault in faults:
            db.execute(fault.format(database=db.info.dbname).encode())
        found = told()
    finally:
        done = deploy(db_url)
    assert _each(found, faults.values()), found
    assert _each(done, faults.values(), "put right: "), done
    assert told() == [SCHEMA_IS_RIGHT]


def test_from_16_on_a_login_that_has_the_rights_of_its_roles_at_once_is_named_and_put_right(
    db: Db, db_url: str, told: Told
) -> None:
    if db.info.server_version < 160000:
        pytest.skip("the grant has no such option")
    db.execute("grant handoff_admin to handoff_pages_login with inherit true")
    try:
        found = told()
    finally:
        done = deploy(db_url)
    assert _starts(found, "member handoff_pages_login of handoff_admin is another: yes, inherits"), found
    assert done == [f"put right: {line}" for line in found]
    assert told() == [SCHEMA_IS_RIGHT]


def test_what_a_role_of_ours_passed_on_goes_with_its_right(db: Db, db_url: str, told: Told) -> None:
    with stranger(db):
        db.execute("grant select on handoff.acts to handoff_admin with grant option")
        db.execute(
            f"set role handoff_admin; grant select on handoff.acts to handoff_student, {STRANGER}; reset role".encode()
        )
        lines = told()
        assert len(lines) == 3
        assert {f"put right: {line}" for line in lines} <= set(deploy(db_url))
        assert told() == [SCHEMA_IS_RIGHT]


def test_a_table_that_inherits_from_ours_in_our_schema_is_accepted(db: Db, run: Run, told: Told) -> None:
    db.execute("create table handoff.old_acts () inherits (handoff.acts)")
    lines = told()
    assert run(ACCEPT_SCHEMA).lines == [f"accepted: {line}" for line in lines]
    assert told() == [SCHEMA_IS_RIGHT]


def test_a_role_that_is_called_everybody_is_not_everybody(db: Db, db_url: str, told: Told) -> None:
    db.execute("create role everybody; grant select on handoff.acts to everybody")
    try:
        lines = told()
        assert _starts(lines, 'right select on table handoff.acts of "everybody" is not ours'), lines
        assert deploy(db_url) == lines
    finally:
        db.execute("drop owned by everybody; drop role everybody")


@pytest.mark.parametrize("trigger", ["create trigger", "create constraint trigger"])
@pytest.mark.parametrize("undone", ["alter table handoff.acts disable trigger", "drop trigger"])
def test_a_trigger_of_others_that_was_accepted_is_left_as_it_is(
    db: Db, db_url: str, run: Run, told: Told, trigger: str, undone: str
) -> None:
    db.execute("create function public.other() returns trigger language plpgsql as 'begin return null; end'")
    after = "after insert on handoff.acts for each row execute function public.other()"
    db.execute(f'{trigger} "x.y" {after}'.encode())
    run(ACCEPT_SCHEMA)
    db.execute(f'{undone} "x.y"{" on handoff.acts" if undone == "drop trigger" else ""}'.encode())
    lines = told()
    assert _starts(lines, 'trigger handoff.acts."x.y" is '), lines
    assert deploy(db_url) == lines


def test_a_disabled_trigger_of_ours_that_was_accepted_is_disabled_again(
    db: Db, db_url: str, run: Run, told: Told
) -> None:
    db.execute("alter table handoff.acts disable trigger append_only")
    run(ACCEPT_SCHEMA)
    db.execute("alter table handoff.acts enable replica trigger append_only")
    assert deploy(db_url)[0].startswith("put right: trigger handoff.acts.append_only is another: for replicas")
    assert told() == [SCHEMA_IS_RIGHT]


@pytest.mark.parametrize("gone", ["drift()", "facts()", "table_facts()", "our_relations()"])
def test_without_a_function_that_says_how_things_are_a_deploy_makes_it_again(
    db: Db, db_url: str, told: Told, gone: str
) -> None:
    db.execute("create view handoff.v as select 1 as one")
    lines = told()
    db.execute(f"drop function handoff_private.{gone}".encode())
    assert deploy(db_url)[-1:] == lines
    assert told() == lines


def test_names_are_the_same_when_the_database_quotes_them_all(db: Db, db_url: str, told: Told) -> None:
    db.execute(f"alter database {db.info.dbname} set quote_all_identifiers = on".encode())
    assert told() == [SCHEMA_IS_RIGHT]
    assert deploy(db_url) == []


def test_a_table_that_is_gone_is_one_line(db: Db, told: Told) -> None:
    db.execute("drop table handoff.webhook_refusals")
    assert _starts(told(), "table handoff.webhook_refusals is missing")


def test_each_of_several_faults_has_its_line(db: Db, run: Run) -> None:
    db.execute("alter table handoff.partners owner to postgres")
    db.execute("alter function handoff.clock() owner to postgres")
    db.execute(f"alter role handoff_student in database {db.info.dbname} reset search_path")
    said = run(CHECK_SCHEMA)
    assert [line.split(" is ")[0] for line in said.lines] == [
        "function handoff.clock()",
        "setting search_path of handoff_student",
        "table handoff.partners",
    ]
    assert "things that are wrong: 3" in said.errors


def test_every_setting_of_a_role_that_is_gone_is_named_and_put_back(db: Db, db_url: str, told: Told) -> None:
    rows = db.execute(
        "select s.setrole::regrole::text as role, split_part(c.setting, '=', 1) as name"
        " from pg_catalog.pg_db_role_setting as s cross join unnest(s.setconfig) as c (setting)"
        " join pg_catalog.pg_database as d on d.oid = s.setdatabase"
        " where d.datname = current_database() and s.setrole <> 0"
    ).fetchall()
    assert len(rows) > 100
    for row in rows:
        db.execute(f"alter role {row['role']} in database {db.info.dbname} reset {row['name']}".encode())
    lines = told()
    assert {line.split(" is missing")[0] for line in lines} == {
        f"setting {row['name']} of {row['role']}" for row in rows
    }
    assert deploy(db_url) == [f"put right: {line}" for line in lines]
    assert told() == [SCHEMA_IS_RIGHT]


def test_a_deploy_that_changes_other_things_keeps_what_is_missed_and_what_is_foreign(
    db: Db, db_url: str, told: Told, tree: Tree
) -> None:
    db.execute("drop index handoff.partner_events_attention; create view handoff.v as select 1 as one")
    lines = told()
    tree.write("migrations/0099.note.sql", "alter table handoff.programs add column note text;\n")
    tree.touch("functions/handoff/shell/clock.sql")
    assert deploy(db_url, tree.root)[-2:] == lines
    assert told() == lines


def test_a_deploy_that_says_how_things_are_in_other_words_keeps_what_is_missed_and_what_is_foreign(
    db: Db, db_url: str, told: Told, tree: Tree
) -> None:
    db.execute("alter table handoff.programs alter name drop not null, add column note text")
    assert len(told()) == 2
    path = "functions/handoff_private/drift/table_facts.sql"
    type_of = "format_type(a.atttypid, a.atttypmod),"
    tree.write(path, (tree.root / path).read_text(encoding="utf-8").replace(type_of, f"'of type', {type_of}"))
    assert [line.split(" (")[0] for line in deploy(db_url, tree.root)] == [
        f"applied {path}",
        "column handoff.programs.name is another: of type text; deployed was: text not null",
        "column handoff.programs.note is not ours",
    ]
    assert len(told()) == 2


def test_a_deploy_that_fails_makes_nobody_a_deployer(dba_url: str, told: Told) -> None:
    lines = told()
    assert _starts(lines, "member handoff_test_dba of handoff_owner is not ours"), lines
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        deploy(dba_url)
    assert told() == lines


def test_before_anything_was_noted_a_deploy_applies_all_and_notes_it(db: Db, db_url: str, told: Told) -> None:
    """As after an upgrade from a version that noted nothing."""
    db.execute("truncate handoff_ops.deployed_facts")
    db.execute("create policy x on handoff.profiles for select to handoff_student using (true)")
    db.execute("alter function handoff.session_profile(bytea) security invoker")
    applied = deploy(db_url)
    assert any(line.startswith("applied functions/") for line in applied)
    assert told() == [SCHEMA_IS_RIGHT]
    policies = db.execute("select from pg_catalog.pg_policies where policyname = 'x'").fetchall()
    assert policies == []
    assert deploy(db_url) == []


def test_the_script_says_when_the_roles_are_gone(db: Db, pg_server: PgServer, db_url: str) -> None:
    db.execute("alter role handoff_owner rename to handoff_nobody")
    try:
        said = psql(pg_server.bindir, db_url, "-f", SEEDS / CHECK_SCHEMA)
    finally:
        db.execute("alter role handoff_nobody rename to handoff_owner")
    assert said.code == 3
    assert any(line.startswith("role handoff_owner is missing") for line in said.lines)
