"""Every rule that a table enforces has a pgTAP test that breaks it, and every policy can be applied again."""

from __future__ import annotations

from typing import Any

import psycopg

from tests import ROOT

MODEL_TESTS = ROOT / "db" / "tests" / "model"
POLICIES = ROOT / "db" / "policies"

Db = psycopg.Connection[dict[str, Any]]


def test_every_constraint_and_unique_index_is_named_in_a_test_of_the_model(db: Db) -> None:
    tests = "\n".join(path.read_text() for path in MODEL_TESTS.rglob("*.sql"))
    rules = db.execute(
        "select c.conname as name from pg_catalog.pg_constraint as c"
        " where c.connamespace = 'handoff'::regnamespace and c.contype in ('c', 'f', 'p', 'u', 'x')"
        # A key that contains the primary key can't be broken alone: it is there for a foreign key to point to.
        " and not (c.contype = 'u' and exists (select from pg_catalog.pg_constraint as p"
        "  where p.conrelid = c.conrelid and p.contype = 'p' and p.conkey <@ c.conkey))"
        " union"
        " select x.relname from pg_catalog.pg_index as i join pg_catalog.pg_class as x on x.oid = i.indexrelid"
        " where x.relnamespace = 'handoff'::regnamespace and i.indisunique"
        " and not exists (select from pg_catalog.pg_constraint as c where c.conindid = i.indexrelid)"
    ).fetchall()
    assert len(rules) > 80
    assert [rule["name"] for rule in rules if rule["name"] not in tests] == []


def test_every_policy_can_be_applied_again_and_changes_nothing(db: Db) -> None:
    def rights() -> list[dict[str, Any]]:
        return db.execute(
            "select relname as name, relacl::text as rights, relrowsecurity, relforcerowsecurity"
            " from pg_catalog.pg_class"
            " where relnamespace = 'handoff'::regnamespace and relkind = 'r'"
            " union all select tablename || '.' || policyname, concat_ws(' ', roles, cmd, qual, with_check), null, null"
            " from pg_catalog.pg_policies order by 1"
        ).fetchall()

    before = rights()
    with db.transaction():
        db.execute("set local role handoff_owner")
        for path in sorted(POLICIES.glob("*.sql")):
            db.execute(path.read_bytes())
    after = rights()
    # Granted anew, the entries of a list may stand in another order.
    assert [{**row, "rights": sorted(row["rights"])} for row in after] == [
        {**row, "rights": sorted(row["rights"])} for row in before
    ]
