"""What a deploy refuses: it is named, and nothing of it stays."""

from __future__ import annotations

import os

import psycopg
import pytest

from app.operate import deploy as it
from app.operate.deploy import DeployError, deploy
from tests.deploy.files import CLOCK, CLOCK_BODY, RECEIVE
from tests.world import deploys
from tests.world.deploys import Tree
from tests.world.postgres import PgServer


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
