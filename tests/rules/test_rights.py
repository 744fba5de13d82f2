"""Who may do what: the catalogue against db/tests/rights/expected.txt, and the logins as they really connect."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests import DB
from tests.tools.rights import EXPECTED, rights
from tests.world.postgres import PgServer

POLICIES = sorted((DB / "policies").glob("*.sql"))


def _apply_policies(db: psycopg.Connection[Any]) -> None:
    with db.transaction():
        db.execute("set local role handoff_owner")
        for path in POLICIES:
            db.execute(path.read_bytes())


def test_every_role_may_do_what_the_file_says_and_nothing_else(db_url: str) -> None:
    hint = "If this is on purpose, run `python -m tests.tools.rights --write` and read the difference."
    assert rights(db_url).splitlines() == EXPECTED.read_text().splitlines(), hint


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ("create table handoff.forgotten (id integer)", "handoff.forgotten"),
        ("create function handoff.forgotten() returns integer language sql as 'select 1'", "handoff.forgotten()"),
        ("grant update (status) on handoff.enrollments to handoff_student", "handoff_student update status"),
        ("grant select on handoff.sessions to handoff_pages_login", "handoff.sessions"),
        ("grant usage on schema handoff_private to handoff_admin", "handoff_private"),
        ("grant select on handoff.profiles to pg_monitor", "handoff.profiles: pg_monitor select"),
        (
            "grant select on handoff.profiles to handoff_admin with grant option",
            "handoff_admin select with grant option",
        ),
        (
            "create policy wider on handoff.profiles for select to handoff_student using (true)",
            "handoff.profiles: handoff_student select all rows",
        ),
    ],
)
def test_what_nobody_decided_shows_up(db: psycopg.Connection[Any], db_url: str, change: str, line: str) -> None:
    db.execute(change)  # type: ignore[call-overload]
    new = set(rights(db_url).splitlines()) - set(EXPECTED.read_text().splitlines())
    assert [found for found in new if line in found]


def test_applying_the_policies_again_leaves_every_right_as_it_was(db: psycopg.Connection[Any], db_url: str) -> None:
    _apply_policies(db)
    assert rights(db_url) == EXPECTED.read_text()


def test_applying_the_policies_again_leaves_every_policy_as_it_was(
    db: psycopg.Connection[Any],
) -> None:
    def stored() -> list[dict[str, Any]]:
        return db.execute(
            "select relname as name, relacl::text as rights, relrowsecurity, relforcerowsecurity"
            " from pg_catalog.pg_class"
            " where relnamespace = 'handoff'::regnamespace and relkind = 'r'"
            " union all select tablename || '.' || policyname, concat_ws(' ', roles, cmd, qual, with_check), null, null"
            " from pg_catalog.pg_policies order by 1"
        ).fetchall()

    before = stored()
    _apply_policies(db)
    after = stored()
    # Granted anew, the entries of a list may stand in another order.
    assert [{**row, "rights": sorted(row["rights"])} for row in after] == [
        {**row, "rights": sorted(row["rights"])} for row in before
    ]


def test_a_grant_that_left_the_files_is_taken_away(db: psycopg.Connection[Any], db_url: str) -> None:
    for stale in (
        "grant all on all tables in schema handoff to handoff_worker, handoff_pages_login, public",
        "grant update (role) on handoff.profiles to handoff_student",
        "grant execute on all functions in schema handoff, handoff_private to handoff_public, handoff_webhook_login",
        "grant usage, create on schema handoff, handoff_private, handoff_ops to handoff_admin, handoff_worker_login",
        "grant usage on all sequences in schema handoff to handoff_webhook",
        "grant usage on type handoff.event_receipt to handoff_student",
    ):
        db.execute(stale)  # type: ignore[call-overload]
    assert rights(db_url) != EXPECTED.read_text()
    _apply_policies(db)
    assert rights(db_url) == EXPECTED.read_text()


def test_a_login_is_nobody_until_it_switches_and_after_it_switched_back(
    db: psycopg.Connection[Any], pg_server: PgServer
) -> None:
    rows = db.execute("select r.name, r.login from handoff_ops.roles as r where r.login is not null").fetchall()
    login_of = {row["name"]: row["login"] for row in rows}
    assert len(set(login_of.values())) == 3
    for login in set(login_of.values()):
        own = [role for role in login_of if login_of[role] == login]
        with psycopg.connect(pg_server.url(db.info.dbname, login), autocommit=True) as connection:
            for role in ["none", *own]:
                connection.execute(f"set role {role}")
                connection.execute("set role none")
                for sql in (
                    "select from handoff.profiles",
                    "select handoff.caller_id()",
                    "select handoff.verify_certificate('x')",
                    "select handoff.receive_partner_event('hsi', 'key', '{}')",
                    "set role handoff_owner",
                    "set session authorization handoff_owner",
                    "create table handoff.mine (id integer)",
                    "create table public.mine (id integer)",
                    *(f"set role {other}" for other in login_of if other not in own),
                ):
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        connection.execute(sql)
