"""What a deploy applies: what is new or was changed, and nothing else."""

from __future__ import annotations

import pytest

from app.operate import deploy as it
from app.operate.deploy import deploy, fingerprint
from tests.deploy.files import CLOCK, CLOCK_BODY, RECEIVE
from tests.world import deploys
from tests.world.deploys import Tree
from tests.world.postgres import PgServer


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
    *done, healed = deploy(db_url)
    assert done == [f"applied {path}" for path in applied]
    assert healed.startswith("put right: function handoff.receive_partner_event(text,text,bytea,text,jsonb) is missing")
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
    tree.replace("policies/functions.sql", "  handoff.count_refusals(text, text, integer),\n", "")
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
        assert len(found.fetchall()) == 10
