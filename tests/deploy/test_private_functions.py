"""Private functions follow their files without a migration: dropped, re-created, refused by name while in use."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from pytest_postgresql.executors import NoopExecutor

from app.operate import deploy as it
from app.operate.deploy import Busy, DeployError, deploy, session
from tests.deploy.files import CLOCK, COMPLETE_STEP
from tests.world import deploys
from tests.world.deploys import Tree
from tests.world.partners import body_of
from tests.world.postgres import PgServer, copy_database

ROOM = "functions/handoff_private/guards"
HELPER = f"{ROOM}/is_small.sql"
USES = {
    "constraint": "alter table handoff.programs add constraint the_use check (handoff_private.is_small(1))",
    "index": "create index the_use on handoff.programs (handoff_private.is_small(1))",
    "column default": "alter table handoff.programs add column the_use boolean default handoff_private.is_small(1)",
    "policy": "create policy the_use on handoff.programs to pg_monitor using (handoff_private.is_small(1))",
    "view": "create view public.the_use as select handoff_private.is_small(1)",
}


@pytest.fixture(scope="module")
def helped(
    postgresql_noproc: NoopExecutor, pg_server: PgServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a database to copy, where a helper that nothing needs was deployed."""
    name, tree = f"helped_{os.getpid()}", Tree.copy(tmp_path_factory.mktemp("helped"))
    tree.write(HELPER, function("is_small(p_number integer)"))
    with psycopg.connect(pg_server.url("postgres"), autocommit=True) as connection:
        copy_database(connection, postgresql_noproc.template_dbname, name)
        deploy(pg_server.url(name), tree.root)
        yield name
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture
def with_helper(db_url: str, pg_server: PgServer, helped: str, tree: Tree) -> Tree:
    """Deployed files with a helper that nothing needs."""
    tree.write(HELPER, function("is_small(p_number integer)"))
    with psycopg.connect(pg_server.url("postgres"), autocommit=True) as connection:
        copy_database(connection, helped, str(conninfo_to_dict(db_url)["dbname"]))
    return tree


def function(signature: str, result: str = "boolean", body: str = "select true") -> str:
    """The text of a file; a signature without a schema is a private function's."""
    name = signature if signature.startswith("handoff.") else f"handoff_private.{signature}"
    return f"create or replace function {name}\nreturns {result}\nlanguage sql\nimmutable\nas $$ {body} $$;\n"


def functions(url: str, name: str = "is_small") -> list[str]:
    """The functions of this name in our schemas, by signature and result."""
    with psycopg.connect(url, autocommit=True, options="-c search_path=pg_catalog") as connection:
        rows = connection.execute(
            "select p.oid::regprocedure || ' ' || pg_get_function_result(p.oid) from pg_proc as p"
            " where p.proname = %s and p.pronamespace::regnamespace::text like 'handoff%%' order by 1",
            [name],
        )
        return [row[0] for row in rows]


def oid(url: str, signature: str) -> int:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute("select %s::regprocedure::oid", [signature]).fetchone()
        assert row is not None
        return int(row[0])


def changes(lines: list[str]) -> list[str]:
    """What a deploy did but for applying files, and what it left as it was, without how it was."""
    return [line.split(" (")[0] for line in lines if not line.startswith("applied ")]


# A file that is gone.


def test_a_function_is_dropped_with_its_file(db_url: str, with_helper: Tree) -> None:
    with_helper.remove(HELPER)
    assert changes(deploy(db_url, with_helper.root)) == [
        f"forgot {HELPER}",
        "dropped handoff_private.is_small(integer)",
    ]
    assert functions(db_url) == []
    assert deploy(db_url, with_helper.root) == []


def test_files_of_an_older_version_drop_what_a_newer_one_made(db_url: str, with_helper: Tree) -> None:
    assert "dropped handoff_private.is_small(integer)" in deploy(db_url)
    assert deploy(db_url) == []


def test_a_file_that_moves_to_another_folder_drops_nothing(db_url: str, with_helper: Tree) -> None:
    before = oid(db_url, "handoff_private.is_small(integer)")
    (with_helper.root / HELPER).rename(with_helper.root / "functions/handoff_private/audit/is_small.sql")
    assert changes(deploy(db_url, with_helper.root)) == [f"forgot {HELPER}"]
    assert oid(db_url, "handoff_private.is_small(integer)") == before


def test_functions_that_need_each_other_are_dropped_together(db_url: str, with_helper: Tree) -> None:
    other = f"{ROOM}/is_large.sql"
    with_helper.write(other, function("is_large(p_small boolean default handoff_private.is_small(1))"))
    deploy(db_url, with_helper.root)
    with_helper.remove(HELPER)
    with_helper.remove(other)
    assert changes(deploy(db_url, with_helper.root))[2:] == [
        "dropped handoff_private.is_large(boolean)",
        "dropped handoff_private.is_small(integer)",
    ]


def test_a_body_that_calls_a_function_does_not_keep_it(db_url: str, with_helper: Tree) -> None:
    caller = f"{ROOM}/is_large.sql"
    with_helper.write(caller, function("is_large()", body="select not handoff_private.is_small(1)"))
    deploy(db_url, with_helper.root)
    with_helper.remove(HELPER)
    assert "dropped handoff_private.is_small(integer)" in deploy(db_url, with_helper.root)


def test_a_private_function_may_become_public(db_url: str, with_helper: Tree) -> None:
    with_helper.remove(HELPER)
    with_helper.write("functions/handoff/session/is_small.sql", function("handoff.is_small(p_number integer)"))
    assert "dropped handoff_private.is_small(integer)" in deploy(db_url, with_helper.root)
    assert functions(db_url) == ["handoff.is_small(integer) boolean"]


# A signature that changed.


@pytest.mark.parametrize(
    ("signature", "result", "arguments"),
    [
        pytest.param("is_small(p_number bigint)", "boolean", "bigint", id="type of an argument"),
        pytest.param("is_small(p_value integer)", "boolean", "integer", id="name of an argument"),
        pytest.param("is_small(p_number integer, p_limit integer)", "boolean", "integer,integer", id="one more"),
        pytest.param("is_small(p_number integer, p_to integer default 9)", "boolean", "integer,integer", id="optional"),
        pytest.param("is_small()", "boolean", "", id="one less"),
        pytest.param("is_small(p_number integer)", "text", "integer", id="another result"),
        pytest.param("is_small(p_number integer)", "SETOF boolean", "integer", id="a set of results"),
        pytest.param("is_small(p_number integer)", "TABLE(it boolean)", "integer", id="a table"),
    ],
)
def test_a_function_whose_signature_changed_is_recreated(
    db_url: str, with_helper: Tree, signature: str, result: str, arguments: str
) -> None:
    with_helper.write(HELPER, function(signature, result))
    assert changes(deploy(db_url, with_helper.root)) == [f"re-created handoff_private.is_small({arguments})"]
    assert functions(db_url) == [f"handoff_private.is_small({arguments}) {result}"]
    assert deploy(db_url, with_helper.root) == []


def test_a_default_that_is_gone_recreates_it_and_one_that_is_new_does_not(db_url: str, with_helper: Tree) -> None:
    with_helper.write(HELPER, function("is_small(p_number integer default 1)"))
    assert deploy(db_url, with_helper.root) == [f"applied {HELPER}"]
    with_helper.write(HELPER, function("is_small(p_number integer)"))
    assert changes(deploy(db_url, with_helper.root)) == ["re-created handoff_private.is_small(integer)"]


def test_a_function_may_become_a_procedure(db_url: str, with_helper: Tree) -> None:
    with_helper.write(
        HELPER,
        "create or replace procedure handoff_private.is_small(p_number integer)\nlanguage sql\nas $$ select 1 $$;\n",
    )
    assert changes(deploy(db_url, with_helper.root)) == ["re-created handoff_private.is_small(integer)"]
    with_helper.remove(HELPER)
    assert "dropped handoff_private.is_small(integer)" in deploy(db_url, with_helper.root)


def test_a_file_that_moves_and_changes_its_signature_is_recreated(db_url: str, with_helper: Tree) -> None:
    with_helper.remove(HELPER)
    with_helper.write("functions/handoff_private/audit/is_small.sql", function("is_small(p_number bigint)"))
    assert changes(deploy(db_url, with_helper.root)) == [
        f"forgot {HELPER}",
        "re-created handoff_private.is_small(bigint)",
    ]
    assert functions(db_url) == ["handoff_private.is_small(bigint) boolean"]


def test_a_function_that_is_recreated_can_be_called_by_nobody(db_url: str, with_helper: Tree) -> None:
    deploys.execute(db_url, "grant execute on function handoff_private.is_small(integer) to public")
    with_helper.write(HELPER, function("is_small(p_number bigint)"))
    deploy(db_url, with_helper.root)
    with psycopg.connect(db_url) as connection:
        may = connection.execute(
            "select has_function_privilege('public', 'handoff_private.is_small(bigint)', 'execute')"
        )
        assert may.fetchone() == (False,)


def test_a_function_with_another_body_stays_the_one_it_is(db_url: str, with_helper: Tree) -> None:
    before = oid(db_url, "handoff_private.is_small(integer)")
    with_helper.write(HELPER, function("is_small(p_number integer)", body="select false"))
    assert deploy(db_url, with_helper.root) == [f"applied {HELPER}"]
    assert oid(db_url, "handoff_private.is_small(integer)") == before


# In use.


@pytest.mark.parametrize("changed", [None, "is_small(p_number bigint)", "is_small(p_value integer)"])
@pytest.mark.parametrize("use", USES)
def test_what_something_uses_is_refused_by_name_and_nothing_is_changed(
    db_url: str, with_helper: Tree, use: str, changed: str | None
) -> None:
    deploys.execute(db_url, USES[use])
    before, there = deploys.books(db_url), functions(db_url)
    with_helper.touch("functions/handoff_private/audit/begin_act.sql")
    with_helper.remove(HELPER)
    if changed:
        with_helper.write(HELPER, function(changed))
    with pytest.raises(DeployError, match=r"handoff_private\.is_small\(integer\).*the_use"):
        deploy(db_url, with_helper.root)
    assert (deploys.books(db_url), functions(db_url)) == (before, there)


def test_the_function_of_a_trigger_is_refused_by_name(db_url: str, tree: Tree) -> None:
    tree.remove("functions/handoff_private/audit/refuse_change.sql")
    with pytest.raises(DeployError, match=r"trigger \w+ on table handoff\.\w+ .*handoff_private\.refuse_change\(\)"):
        deploy(db_url, tree.root)


def test_a_migration_that_changes_the_use_lets_it_go(db_url: str, with_helper: Tree) -> None:
    deploys.execute(db_url, USES["constraint"])
    with_helper.remove(HELPER)
    with_helper.write("migrations/0099.no_use.sql", "alter table handoff.programs drop constraint the_use;\n")
    assert "dropped handoff_private.is_small(integer)" in deploy(db_url, with_helper.root)


def test_what_is_dropped_is_there_again_when_the_deploy_fails(db_url: str, with_helper: Tree) -> None:
    before = deploys.books(db_url)
    with_helper.write(HELPER, function("is_small(p_number bigint)"))
    with_helper.write("policies/zz_broken.sql", "this is no sql;\n")
    with pytest.raises(DeployError, match=r"db/policies/zz_broken\.sql"):
        deploy(db_url, with_helper.root)
    assert deploys.books(db_url) == before
    assert functions(db_url) == ["handoff_private.is_small(integer) boolean"]


# What the deploy did not make.

# An earlier version noted the files alone.
NOTED_LESS = [
    "update handoff_ops.deployed_files set functions = null",
    "truncate handoff_ops.deployed_facts",
]


def test_what_the_deploy_did_not_make_is_named_and_left(
    db_url: str, tree: Tree, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    deploys.execute(db_url, function("mine(p_number integer)"))
    left = "function handoff_private.mine(integer) is not ours"
    tree.touch(COMPLETE_STEP)
    assert changes(deploy(db_url, tree.root)) == [left]
    assert changes(deploy(db_url, tree.root)) == [left]
    monkeypatch.setenv("DATABASE_URL", db_url)
    assert it.main() == 0
    assert changes(capsys.readouterr().out.splitlines()[-1:]) == [left]
    assert functions(db_url, "mine") == ["handoff_private.mine(integer) boolean"]


@pytest.mark.parametrize("then", ["nothing", "is gone", "has another signature", "was dropped by hand"])
def test_an_overload_made_by_hand_is_left_whatever_becomes_of_ours(db_url: str, with_helper: Tree, then: str) -> None:
    deploys.execute(db_url, function("is_small(p_number text)"))
    if then == "is gone":
        with_helper.remove(HELPER)
    elif then == "has another signature":
        with_helper.write(HELPER, function("is_small(p_number bigint)"))
    elif then == "was dropped by hand":
        deploys.execute(db_url, "drop function handoff_private.is_small(integer)")
    ours = {"is gone": [], "has another signature": ["handoff_private.is_small(bigint) boolean"]}
    assert changes(deploy(db_url, with_helper.root))[-1] == "function handoff_private.is_small(text) is not ours"
    assert functions(db_url) == [
        *ours.get(then, ["handoff_private.is_small(integer) boolean"]),
        "handoff_private.is_small(text) boolean",
    ]


def test_functions_that_were_not_noted_are_known_by_their_file(db_url: str, with_helper: Tree) -> None:
    """A deploy of an earlier version noted the file alone."""
    deploys.execute(db_url, *NOTED_LESS)
    deploys.execute(db_url, function("mine(p_number integer)"))
    with_helper.remove(HELPER)
    assert changes(deploy(db_url, with_helper.root)) == [
        f"forgot {HELPER}",
        "dropped handoff_private.is_small(integer)",
        "function handoff_private.mine(integer) is not ours",
    ]
    assert changes(deploy(db_url, with_helper.root)) == ["function handoff_private.mine(integer) is not ours"]


def test_what_another_role_owns_is_not_taken_for_the_deploys(db_url: str, with_helper: Tree) -> None:
    deploys.execute(db_url, *NOTED_LESS)
    deploys.execute(db_url, function("is_small(p_number text)"))
    with_helper.write(HELPER, function("is_small(p_number bigint)"))
    assert changes(deploy(db_url, with_helper.root)) == [
        "re-created handoff_private.is_small(bigint)",
        "function handoff_private.is_small(text) is not ours",
    ]


def test_of_two_functions_that_were_not_noted_none_is_taken_for_the_deploys(db_url: str, with_helper: Tree) -> None:
    deploys.execute(db_url, *NOTED_LESS)
    deploys.execute(db_url, f"set role handoff_owner; {function('is_small(p_number text)')}")
    with_helper.remove(HELPER)
    assert changes(deploy(db_url, with_helper.root))[1:] == [
        "function handoff_private.is_small(integer) is not ours",
        "function handoff_private.is_small(text) is not ours",
    ]


# Public functions.


def test_a_public_function_keeps_its_result(db_url: str, tree: Tree) -> None:
    before = deploys.books(db_url)
    tree.replace(CLOCK, "returns timestamptz", "returns timestamp")
    with pytest.raises(DeployError, match=rf"db/{CLOCK}: cannot change return type"):
        deploy(db_url, tree.root)
    assert deploys.books(db_url) == before


def test_a_public_function_does_not_become_private_without_a_migration(db_url: str, tree: Tree) -> None:
    tree.write("functions/handoff/session/is_small.sql", function("handoff.is_small()"))
    deploy(db_url, tree.root)
    tree.remove("functions/handoff/session/is_small.sql")
    tree.write(HELPER, function("is_small()"))
    with pytest.raises(DeployError, match=r"handoff\.is_small\(\)"):
        deploy(db_url, tree.root)
    assert functions(db_url) == ["handoff.is_small() boolean"]


# Events at the same time.


def test_a_signature_changes_when_no_event_is_under_way(
    db_url: str, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An event goes on with the functions with which it began, and would call one by arguments that it has no more."""
    monkeypatch.setattr(session, "LOCK_WAITS", (10,))
    monkeypatch.setattr(session, "TRIES", 3)
    tree.lengthen(COMPLETE_STEP)
    with psycopg.connect(db_url) as partner:
        partner.execute(
            "select * from handoff.receive_partner_event('hsi', 'a key', %s)", [body_of("course.completed", "nobody")]
        )
        with pytest.raises(Busy):
            deploy(db_url, tree.root)
    [line] = changes(deploy(db_url, tree.root))
    assert line.startswith("re-created handoff_private.complete_step(integer,")


def test_another_body_waits_for_no_event(db_url: str, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "LOCK_WAITS", (10,))
    monkeypatch.setattr(session, "TRIES", 1)
    tree.touch(COMPLETE_STEP)
    with psycopg.connect(db_url) as partner:
        partner.execute(
            "select * from handoff.receive_partner_event('hsi', 'a key', %s)", [body_of("course.completed", "nobody")]
        )
        assert deploy(db_url, tree.root) == [f"applied {COMPLETE_STEP}"]
