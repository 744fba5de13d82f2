"""What `make mutate` breaks, and the list of what may stay alive: it names what is there, and says why."""

from __future__ import annotations

from pathlib import Path

import psycopg

from tests import ROOT
from tests.tools import mutants, mutate

FUNCTION = """
create or replace function handoff_private.example(p_status text)
returns boolean
language plpgsql
as $$
begin
  -- A comment.
  if p_status = 'active' and not p_late then
    update handoff.enrollments as e
    set status = 'on_hold'
    where e.status in ('active', 'pending');
  end if;
  v_status := 'on_hold';
  return case when p_late then v_status is distinct from p_status end;
exception
  when others then
    return null;
end;
$$;
comment on function handoff_private.example(text) is 'Only if p_status = ''active''.';
"""


def test_a_mutant_replaces_one_condition_and_no_assignment(tmp_path: Path) -> None:
    path = tmp_path / "example.sql"
    path.write_text(FUNCTION)
    found = {mutant.name.partition(": ")[2]: mutant.sql for mutant in mutants.guards(path, "room")}
    conditions = [
        "p_status = 'active'",
        "p_status = 'active' and not p_late",
        "e.status in ('active', 'pending')",
        "p_late",
        "v_status is distinct from p_status",
    ]
    assert sorted(found) == sorted(f"{condition} -> {value}" for condition in conditions for value in ("true", "false"))
    assert found["p_late -> true"] == FUNCTION.replace("when p_late then", "when (true::boolean) then")


def test_what_may_stay_alive_is_a_mutant_and_has_a_reason(db_url: str) -> None:
    with psycopg.connect(db_url) as db:
        there = [str(mutant) for mutant in mutants.all_of(db)]
    assert len(there) == len(set(there)) > 500
    assert mutate.equivalent().keys() <= set(there)
    assert all(mutate.equivalent().values())


def test_the_files_that_are_run_first_or_left_out_are_there() -> None:
    assert [name for name in (mutate.FIRST, *mutate.UNRELATED) if not (ROOT / name).exists()] == []


def test_every_table_has_mutants_of_its_policies(db_url: str) -> None:
    with psycopg.connect(db_url) as db:
        names = {mutant.name for mutant in mutants.all_of(db) if mutant.kind == "policy"}
        tables = db.execute("select oid::regclass::text from pg_catalog.pg_class where relforcerowsecurity").fetchall()
    assert {f"{table}.owner_all" for (table,) in tables} <= names
