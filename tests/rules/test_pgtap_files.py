"""Every rule that a table enforces has a pgTAP test that breaks it."""

from __future__ import annotations

from typing import Any

import psycopg

from tests import DB

MODEL_TESTS = DB / "tests" / "model"

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
