"""docs/reference/functions.md and the catalogue have the same functions: arguments, results, who may call, codes."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import psycopg
import pytest
from psycopg.rows import DictRow

from tests import ROOT

DOCUMENT = ROOT / "docs" / "reference" / "functions.md"
ROW = re.compile(r"^\| `(\w+)\((.*?)\)` \| `(.+?)` \| ([\w, ]+) \| (.+) \|$", re.MULTILINE)
CODE = re.compile(r"\bTH\d{3}\b")
CALL = re.compile(r"\b(handoff(?:_private)?\.\w+)\s*\(")

FUNCTIONS = """
select f.proname as name, pg_get_function_arguments(f.oid) as arguments, pg_get_function_result(f.oid) as result,
  obj_description(f.oid, 'pg_proc') as comment,
  array(
    select replace(r.name, 'handoff_', '')
    from unnest(array[
      'handoff_student', 'handoff_admin', 'handoff_public', 'handoff_metrics', 'handoff_webhook', 'handoff_worker'
    ]) with ordinality as r (name, place)
    where has_function_privilege(r.name, f.oid, 'execute')
    order by r.place
  ) as roles
from pg_proc as f
where f.pronamespace = 'handoff'::regnamespace
order by f.proname
"""
COLUMNS = """
select string_agg(format('`%s %s`', a.attname, format_type(a.atttypid, null)), ', ' order by a.attnum) as columns
from pg_attribute as a
where a.attrelid = 'handoff.event_receipt'::regclass and a.attnum > 0
"""


class Function(NamedTuple):
    """What a caller must know to call it."""

    name: str
    arguments: str
    result: str
    roles: str


def documented() -> list[tuple[Function, str]]:
    """Every function of the document, with what is said of it."""
    return [(Function(*row[:4]), row[4]) for row in ROW.findall(DOCUMENT.read_text())]


def in_words(catalogue: str) -> str:
    """Types and defaults as the document writes them."""
    words = re.sub(r"::[a-z ]+(\[\])?", "", catalogue).replace("timestamp with time zone", "timestamptz")
    return (
        words.replace("TABLE(", "table (").replace("DEFAULT", "default").replace("NULL", "null").replace("OUT ", "out ")
    )


def deployed(db: psycopg.Connection[DictRow]) -> list[Function]:
    """Every function of the schema handoff, by name."""
    return [
        Function(row["name"], in_words(row["arguments"]), in_words(row["result"]), ", ".join(row["roles"]))
        for row in db.execute(FUNCTIONS)
    ]


def test_the_document_has_every_function_as_it_is(db: psycopg.Connection[DictRow]) -> None:
    hint = "Outsiders call these: a change is a decision, and stands in docs/reference/functions.md and CHANGELOG.md."
    assert sorted(function for function, _ in documented()) == deployed(db), hint


@pytest.mark.parametrize(
    "change",
    [
        "create function handoff.forgotten() returns integer language sql as 'select 1'",
        "drop function handoff.fail_step(uuid, text)",
        "alter function handoff.skip_step(uuid, text) rename to waive_step",
        "create function handoff.skip_step(p_step_id uuid) returns text language sql as 'select null::text'",
        "grant execute on function handoff.skip_step(uuid, text) to handoff_worker",
        "revoke execute on function handoff.skip_step(uuid, text) from handoff_admin",
    ],
)
def test_a_function_that_was_added_changed_or_granted_is_seen(db: psycopg.Connection[DictRow], change: str) -> None:
    db.execute(change)  # type: ignore[call-overload]
    assert sorted(function for function, _ in documented()) != deployed(db)


def test_it_names_the_codes_that_the_function_says_and_none_that_it_can_not_raise(
    db: psycopg.Connection[DictRow],
) -> None:
    said = {row["name"]: set(CODE.findall(row["comment"])) for row in db.execute(FUNCTIONS)}
    for function, text in documented():
        codes = set(CODE.findall(text))
        assert said[function.name] <= codes, function.name
        assert codes <= raised(f"handoff.{function.name}"), function.name


def test_it_has_the_columns_of_a_receipt(db: psycopg.Connection[DictRow]) -> None:
    row = db.execute(COLUMNS).fetchone()
    assert row and row["columns"] in DOCUMENT.read_text()


@cache
def _sources() -> dict[str, str]:
    files = (ROOT / "db" / "functions").rglob("*.sql")
    return {f"{path.relative_to(ROOT / 'db' / 'functions').parts[0]}.{path.stem}": path.read_text() for path in files}


def raised(name: str) -> set[str]:
    """The codes that a function raises, or one that it calls, however deep."""
    reached, waiting = set(), [name]
    while waiting:
        if (one := waiting.pop()) not in reached and one in _sources():
            reached.add(one)
            waiting += CALL.findall(_sources()[one])
    return {code for one in reached for code in CODE.findall(re.sub(r"comment on .*", "", _sources()[one], flags=re.S))}
