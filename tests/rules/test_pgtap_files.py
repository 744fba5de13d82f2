"""Where pgTAP files stand, that every public function has one, and that every constraint is broken by one."""

from __future__ import annotations

from typing import Any

import psycopg

from tests import DB
from tests.world.setup_sql import PGTAP_TESTS

MODEL_TESTS = PGTAP_TESTS / "model"
OF_FUNCTIONS = ("handoff", "handoff_private")
FUNCTIONS = {path.relative_to(DB / "functions").with_suffix("") for path in (DB / "functions").rglob("*.sql")}
FILES = [path.relative_to(PGTAP_TESTS) for schema in OF_FUNCTIONS for path in (PGTAP_TESTS / schema).rglob("*.sql")]
TESTED = {path for file in FILES for path in file.parents} & FUNCTIONS

Db = psycopg.Connection[dict[str, Any]]


def test_every_file_is_below_the_path_of_a_function() -> None:
    assert [str(file) for file in FILES if not TESTED.intersection(file.parents)] == []


def test_every_public_function_has_a_file_of_its_own() -> None:
    public = {path for path in FUNCTIONS if path.parts[0] == "handoff"}
    assert len(public) > 40
    assert [str(path) for path in sorted(public - TESTED)] == []


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
