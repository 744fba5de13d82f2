"""A deploy: what it applies, what it refuses, what it leaves behind when it fails or is killed."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from app.operate import deploy as it
from app.operate.deploy import Busy, DeployError, deploy, fingerprint, session
from tests.world import deploys
from tests.world.deploys import Tree
from tests.world.postgres import PgServer

CLOCK = "functions/handoff/session/clock.sql"
RECEIVE = "functions/handoff/partner_events/receive_partner_event.sql"
CLOCK_BODY = "select pg_catalog.clock_timestamp()"


@pytest.fixture
def empty_url(empty: str, pg_server: PgServer) -> str:
    return pg_server.url(empty)


# What it applies.


def test_the_first_deploy_applies_every_file_and_the_second_nothing(
    empty_url: str, tree: Tree, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    applied = deploy(empty_url)
    assert applied == [f"applied {path}" for path in tree.paths("migrations", "functions", "policies")]
    assert deploys.value(empty_url, "select handoff.deployed_fingerprint()") == fingerprint()
    assert deploy(empty_url) == []
    monkeypatch.setenv("DATABASE_URL", empty_url)
    assert it.main() == 0
    assert capsys.readouterr().out == "nothing to do: the database is current\n"


def test_a_second_deploy_leaves_schema_rights_and_roles_as_they_are(empty: str, pg_server: PgServer) -> None:
    deploy(pg_server.url(empty))
    before = deploys.dump(pg_server, empty), deploys.roles(pg_server)
    deploy(pg_server.url(empty))
    assert (deploys.dump(pg_server, empty), deploys.roles(pg_server)) == before


def test_an_edited_function_is_applied_alone(db_url: str, tree: Tree) -> None:
    tree.replace(CLOCK, CLOCK_BODY, f"{CLOCK_BODY} + interval '1 hour'")
    assert deploy(db_url, tree.root) == [f"applied {CLOCK}"]
    assert deploys.value(db_url, "select handoff.clock() > pg_catalog.clock_timestamp() + interval '59 minutes'")
    assert deploy(db_url, tree.root) == []


def test_an_edited_policy_brings_all_policies(db_url: str, tree: Tree) -> None:
    tree.replace("policies/programs.sql", "grant select on handoff.programs to handoff_admin;", "")
    assert deploy(db_url, tree.root) == [f"applied {path}" for path in tree.paths("policies")]
    assert not deploys.value(db_url, "select has_table_privilege('handoff_admin', 'handoff.programs', 'select')")


def test_a_new_function_brings_all_policies_so_that_nobody_can_call_it(db_url: str, tree: Tree) -> None:
    new = "functions/handoff/session/a_new_one.sql"
    tree.write(
        new, "create or replace function handoff.a_new_one()\nreturns integer\nlanguage sql\nas $$ select 1 $$;\n"
    )
    assert deploy(db_url, tree.root) == [f"applied {path}" for path in [new, *tree.paths("policies")]]
    assert not deploys.value(db_url, "select has_function_privilege('public', 'handoff.a_new_one()', 'execute')")


def test_a_new_migration_brings_all_policies(db_url: str, tree: Tree) -> None:
    tree.write("migrations/0099.new.sql", "create table handoff.new (id integer primary key);\n")
    applied = ["migrations/0099.new.sql", *tree.paths("policies")]
    assert deploy(db_url, tree.root) == [f"applied {path}" for path in applied]
    assert deploy(db_url, tree.root) == []


def test_a_function_that_was_dropped_by_hand_comes_back_with_its_rights(
    db_url: str, tree: Tree, pg_server: PgServer
) -> None:
    dbname = deploys.value(db_url, "select current_database()")
    before = deploys.dump(pg_server, dbname)
    deploys.execute(db_url, "drop function handoff.receive_partner_event")
    applied = [RECEIVE, *tree.paths("policies")]
    assert deploy(db_url) == [f"applied {path}" for path in applied]
    assert deploys.dump(pg_server, dbname) == before


def test_a_function_that_a_migration_dropped_with_its_type_comes_back(db_url: str, tree: Tree) -> None:
    tree.write(
        "migrations/0099.wider_receipt.sql",
        "drop type handoff.event_receipt cascade;\n"
        "create type handoff.event_receipt as (receipt uuid, status text, reason text, enrollment_id uuid,"
        " step_id uuid, next_step_id uuid);\n",
    )
    assert f"applied {RECEIVE}" in deploy(db_url, tree.root)
    assert deploys.value(db_url, "select (handoff.receive_partner_event('hsi', 'k', '', 'csv')).status") == "rejected"


def test_a_migration_and_its_file_replace_a_function(db_url: str, tree: Tree) -> None:
    tree.write("migrations/0099.drop.sql", "drop function handoff.count_refusals(text, text, integer);\n")
    tree.remove("functions/handoff/shell/count_refusals.sql")
    tree.replace("policies/functions.sql", "  handoff.partner_directory(),\n", "  handoff.partner_directory()\n")
    tree.replace("policies/functions.sql", "  handoff.count_refusals(text, text, integer)\n", "")
    assert "forgot functions/handoff/shell/count_refusals.sql" in deploy(db_url, tree.root)
    assert deploy(db_url, tree.root) == []


def test_text_arrives_as_it_was_written_whatever_the_client_is_set_to(
    db_url: str, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGCLIENTENCODING", "latin1")
    tree.write("migrations/0099.note.sql", "comment on schema handoff_private is 'Zoë';\n")
    tree.replace(CLOCK, "The current time.", "Ἡ ὥρα.")
    deploy(db_url, tree.root)
    monkeypatch.delenv("PGCLIENTENCODING")
    assert deploys.value(db_url, "select obj_description('handoff.clock()'::regprocedure)").startswith("Ἡ ὥρα.")
    assert deploys.value(db_url, "select path from handoff_ops.deployed_files where path = 'migrations/0099.note.sql'")


def test_an_account_without_a_name_can_deploy(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", nameless)
    assert deploy(empty_url)


def test_handoffs_roles_get_their_settings_in_this_database_alone(empty: str, pg_server: PgServer) -> None:
    deploy(pg_server.url(empty))
    for login in ("handoff_pages_login", "handoff_webhook_login", "handoff_worker_login"):
        assert deploys.value(pg_server.url(empty, login), "show search_path") == "handoff, pg_catalog, pg_temp"
        assert deploys.value(pg_server.url("postgres", login), "show search_path") == '"$user", public'
        assert deploys.value(pg_server.url(empty, login), "show jit") == "off"
        source = "select source from pg_catalog.pg_settings where name = 'jit'"
        assert deploys.value(pg_server.url("postgres", login), source) != "database user"
    with deploys.connect(pg_server.url(empty)) as connection:
        found = connection.execute(
            "select s.setrole::regrole::text as role from pg_catalog.pg_db_role_setting as s"
            " join pg_catalog.pg_database as d on d.oid = s.setdatabase and d.datname = current_database()"
        )
        assert len(found.fetchall()) == 9


# What it refuses.


def test_a_function_whose_file_is_gone_is_an_orphan(db_url: str, tree: Tree) -> None:
    tree.remove("functions/handoff/shell/count_refusals.sql")
    for _ in range(2):
        with pytest.raises(DeployError, match=r"handoff\.count_refusals\(text,text,integer\)"):
            deploy(db_url, tree.root)


@pytest.mark.parametrize("schema", ["handoff", "handoff_ops"])
def test_a_function_made_by_hand_is_refused(schema: str, db_url: str) -> None:
    deploys.execute(
        db_url, f"create function {schema}.backdoor() returns void language sql security definer as 'select'"
    )
    with pytest.raises(DeployError, match=rf"{schema}\.backdoor\(\)"):
        deploy(db_url)


def test_an_overload_that_a_changed_signature_leaves_behind_is_refused_and_nothing_of_it_stays(
    db_url: str, tree: Tree
) -> None:
    before = deploys.books(db_url)
    tree.replace(RECEIVE, "p_context jsonb default '{}'", "p_context jsonb default '{}', p_more text default null")
    with pytest.raises(DeployError, match=r"handoff\.receive_partner_event"):
        deploy(db_url, tree.root)
    assert deploys.books(db_url) == before
    assert deploys.value(db_url, "select count(*) from pg_proc where proname = 'receive_partner_event'") == 1


def test_an_edited_migration_is_refused(db_url: str, tree: Tree) -> None:
    tree.touch("migrations/0002.enrollment.sql")
    tree.touch(CLOCK)
    before = deploys.books(db_url)
    with pytest.raises(DeployError, match=r"db/migrations/0002\.enrollment\.sql was changed"):
        deploy(db_url, tree.root)
    assert deploys.books(db_url) == before


def test_a_missing_migration_is_refused(db_url: str, tree: Tree) -> None:
    tree.remove("migrations/0002.enrollment.sql")
    with pytest.raises(DeployError, match=r"db/migrations/0002\.enrollment\.sql is gone"):
        deploy(db_url, tree.root)


@pytest.mark.parametrize("path", [CLOCK, "policies/programs.sql"])
def test_a_broken_file_is_named_and_nothing_of_the_code_stays(path: str, db_url: str, tree: Tree) -> None:
    before = deploys.books(db_url)
    for room in ("functions/handoff_private/audit/begin_act.sql", "policies/00_nobody.sql"):
        tree.touch(room)
    tree.replace(CLOCK, CLOCK_BODY, f"{CLOCK_BODY} + interval '1 hour'")
    tree.write(path, (tree.root / path).read_text() + "\nthis is no sql;\n")
    with pytest.raises(DeployError, match=f"db/{path}: syntax error"):
        deploy(db_url, tree.root)
    assert deploys.books(db_url) == before
    assert deploys.value(db_url, "select handoff.clock() < pg_catalog.clock_timestamp() + interval '1 minute'")


def test_a_broken_migration_is_named_and_nothing_of_it_stays_but_those_before_it(db_url: str, tree: Tree) -> None:
    tree.write("migrations/0097.good.sql", "create table handoff.good (id integer primary key);\n")
    tree.write("migrations/0098.bad.sql", "create table handoff.bad (id integer primary key);\nselect 1 / 0;\n")
    tree.write("migrations/0099.later.sql", "create table handoff.later (id integer primary key);\n")
    with pytest.raises(DeployError, match=r"db/migrations/0098\.bad\.sql: division by zero"):
        deploy(db_url, tree.root)
    with deploys.connect(db_url) as connection:
        found = connection.execute("select relname from pg_class where relname in ('good', 'bad', 'later')").fetchall()
    assert [row["relname"] for row in found] == ["good"]
    tree.write("migrations/0098.bad.sql", "create table handoff.bad (id integer primary key);\n")
    applied = deploy(db_url, tree.root)
    assert applied[:2] == ["applied migrations/0098.bad.sql", "applied migrations/0099.later.sql"]


def test_a_failure_is_one_line_of_the_command_and_a_non_zero_end(
    db_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    deploys.execute(db_url, "create function handoff.backdoor() returns void language sql as 'select'")
    monkeypatch.setenv("DATABASE_URL", db_url)
    assert it.main() == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("deploy failed: No file defines the function handoff.backdoor()")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("url", ["postgres:me:tell-nobody@db/handoff", "postgresql://me:tell%nobody@db/handoff"])
def test_a_url_that_cannot_be_read_is_refused_without_its_password(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert it.main() == 1
    said = capsys.readouterr().err
    assert "DATABASE_URL" in said
    assert "nobody" not in said


def test_a_database_that_is_not_utf8_is_refused_and_left_alone(pg_server: PgServer) -> None:
    name = f"deploy_latin1_{os.getpid()}"
    with psycopg.connect(pg_server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} encoding 'LATIN1' locale 'C' template template0".encode())
        try:
            with pytest.raises(DeployError, match="UTF8"):
                deploy(pg_server.url(name))
            assert deploys.value(pg_server.url(name), "select to_regnamespace('handoff_ops')") is None
        finally:
            connection.execute(f"drop database {name}".encode())


# Others at the same time.


def test_of_two_deploys_at_once_one_waits_and_finds_nothing_to_do(empty_url: str) -> None:
    with deploys.connect(empty_url) as holder, ThreadPoolExecutor() as pool:
        holder.execute("select pg_advisory_lock(%s)", [it.LOCK_KEY])
        both = [pool.submit(deploy, empty_url) for _ in range(2)]
        deploys.until(lambda: deploys.waiting_deploys(holder) == 2, "both deploys wait")
        holder.execute("select pg_advisory_unlock(%s)", [it.LOCK_KEY])
        second, first = sorted((future.result() for future in both), key=len)
    assert second == []
    assert len(first) == len(deploys.books(empty_url))


def test_a_deploy_gives_up_when_another_takes_too_long(db_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "DEPLOY_WAIT", "10ms")
    with deploys.connect(db_url) as holder:
        holder.execute("select pg_advisory_lock(%s)", [it.LOCK_KEY])
        with pytest.raises(DeployError, match="Another deploy"):
            deploy(db_url)


def test_a_reader_that_does_not_end_is_not_disturbed_and_nothing_of_the_code_stays(
    db_url: str, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "LOCK_WAIT", "10ms")
    monkeypatch.setattr(session, "TRIES", 3)
    before = deploys.books(db_url)
    tree.touch("policies/programs.sql")
    with deploys.connect(db_url) as reader, reader.transaction():
        reader.execute("select count(*) from handoff.partner_events")
        with pytest.raises(Busy):
            deploy(db_url, tree.root)
        reader.execute("select count(*) from handoff.partners")
    assert deploys.books(db_url) == before
    assert deploy(db_url, tree.root)


def test_a_migration_that_must_wait_too_long_is_named(db_url: str, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "LOCK_WAIT", "10ms")
    monkeypatch.setattr(session, "TRIES", 3)
    tree.write("migrations/0099.wait.sql", "alter table handoff.programs add column note text;\n")
    with deploys.connect(db_url) as reader, reader.transaction():
        reader.execute("select count(*) from handoff.programs")
        with pytest.raises(Busy, match=r"db/migrations/0099\.wait\.sql"):
            deploy(db_url, tree.root)
    assert deploy(db_url, tree.root)[0] == "applied migrations/0099.wait.sql"


# Killed.

HOLD = """
create sequence public.visits;
create function public.hold() returns event_trigger language plpgsql security definer set lock_timeout = 0 as $$
begin
  if exists (
    select from pg_catalog.pg_event_trigger_ddl_commands() as c where c.object_identity = tg_place()
  ) and nextval('public.visits') = 1 then
    perform pg_catalog.pg_advisory_xact_lock(1);
  end if;
end;
$$;
create event trigger hold on ddl_command_end execute function public.hold();
"""
LET_GO = "drop event trigger hold; drop function public.hold(); drop sequence public.visits;"


@pytest.mark.parametrize(
    "place",
    [
        pytest.param("handoff_ops.deployed_files", id="before the first migration"),
        pytest.param("handoff_ops._yoyo_version", id="while yoyo makes its own tables"),
        pytest.param("handoff.programs", id="in the middle of the first migration"),
        pytest.param("handoff.enrollments", id="between two migrations"),
        pytest.param("handoff.partner_pipeline()", id="among the functions"),
        pytest.param("student_reads_own on handoff.enrollments", id="among the policies"),
    ],
)
def test_a_deploy_that_was_killed_is_completed_by_the_next(
    place: str, empty: str, pg_server: PgServer, fresh: str
) -> None:
    """Its session waits at the place for a lock that it never gets; the next deploy gets past without any help."""
    url = pg_server.url(empty)
    with deploys.connect(url) as holder:
        holder.execute(HOLD.replace("tg_place()", f"'{place}'").encode())
        holder.execute("select pg_advisory_lock(1)")
        killed = deploys.start(url)
        deploys.until(lambda: deploys.waiting_deploys(holder) == 1, f"the deploy is at {place}")
        killed.kill()
        killed.communicate()
        deploy(url)
        assert deploys.waiting_deploys(holder) == 0
        holder.execute(LET_GO.encode())
    assert deploys.dump(pg_server, empty) == fresh
    assert deploys.value(url, "select handoff.deployed_fingerprint()") == fingerprint()
