"""Who may do what, read from the catalogue and written as one text that a person can read.

python -m tests.tools.rights [--write]

Deploys to a throw-away server and prints the text; --write puts it into db/tests/rights/expected.txt.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import psycopg

from app.operate.deploy import deploy
from app.operate.postgres import embedded
from tests import DB, ROOT, forget_settings
from tests.world import postgres

EXPECTED = DB / "tests" / "rights" / "expected.txt"

HEAD = """\
Who may do what, as a deployed database says. Everything that is not here can be done by nobody but a superuser.

A test compares this file with the catalogue, so each new table, function or grant needs a line here. After a change on
purpose run `python -m tests.tools.rights --write` and read the difference line by line: it is the decision.
"""

OURS = ("handoff", "handoff_private", "handoff_ops")

# The headings of the columns, and who stands in each: a role, or the logins together.
COLUMNS = """
select case when r.is_login then 'logins' else replace(r.name, 'handoff_', '') end as heading,
  array_agg(r.name order by r.place) as roles
from handoff_ops.roles as r
group by heading
order by min(r.place)
"""

# One row per object and role, with what the role may do there by itself, not after a switch.
SCHEMAS = """
select n.nspname as object, role.name as role,
  array_remove(array[
    case when has_schema_privilege(role.name, n.oid, 'usage') then 'usage' end,
    case when has_schema_privilege(role.name, n.oid, 'create') then 'create' end
  ], null) as rights
from pg_namespace as n
cross join unnest(%(roles)s::text[]) as role (name)
where n.nspname = any (%(ours)s)
"""

TABLES = """
select t.oid::regclass::text as object, role.name as role,
  array(
    select verb.name
    from unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as verb (name)
    where has_table_privilege(role.name, t.oid, verb.name)
  ) || array(
    select verb.name || ' of columns'
    from unnest(array['select', 'insert', 'update', 'references']) as verb (name)
    where has_any_column_privilege(role.name, t.oid, verb.name) and not has_table_privilege(role.name, t.oid, verb.name)
  ) as rights
from pg_class as t
cross join unnest(%(roles)s::text[]) as role (name)
where t.relnamespace::regnamespace::text = any (%(ours)s) and t.relkind in ('r', 'p', 'v', 'm', 'f')
"""

SEQUENCES = """
select s.oid::regclass::text as object, role.name as role,
  array(
    select verb.name
    from unnest(array['usage', 'select', 'update']) as verb (name)
    where has_sequence_privilege(role.name, s.oid, verb.name)
  ) as rights
from pg_class as s
cross join unnest(%(roles)s::text[]) as role (name)
where s.relnamespace::regnamespace::text = any (%(ours)s) and s.relkind = 'S'
"""

TYPES = """
select format_type(t.oid, null) as object, role.name as role,
  array(select 'usage' where has_type_privilege(role.name, t.oid, 'usage')) as rights
from pg_type as t
left join pg_class as c on c.oid = t.typrelid
cross join unnest(%(roles)s::text[]) as role (name)
where t.typnamespace::regnamespace::text = any (%(ours)s)
  and (t.typtype in ('d', 'e', 'r') or (t.typtype = 'c' and c.relkind = 'c'))
"""

# Internal are the constructors of a range type only. They belong to the bootstrap superuser, so the owner can't take
# them from PUBLIC; they are in a schema that nobody else can use.
FUNCTIONS = """
select f.oid::regprocedure || case when f.prosecdef then ' as owner' else '' end as object, role.name as role,
  array(select 'execute' where has_function_privilege(role.name, f.oid, 'execute')) as rights
from pg_proc as f
cross join unnest(%(roles)s::text[]) as role (name)
join pg_language as l on l.oid = f.prolang and l.lanname <> 'internal'
where f.pronamespace::regnamespace::text = any (%(ours)s)
"""

TABLE_COLUMNS = """
select t.oid::regclass || ': ' || role.name || ' ' || verb.name || ' '
  || string_agg(a.attname, ', ' order by a.attname collate "C") as line
from pg_class as t
join pg_attribute as a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
cross join unnest(%(roles)s::text[]) as role (name)
cross join unnest(array['select', 'insert', 'update', 'references']) as verb (name)
where t.relnamespace::regnamespace::text = any (%(ours)s) and t.relkind in ('r', 'p', 'v', 'm', 'f')
  and has_column_privilege(role.name, t.oid, a.attnum, verb.name)
  and not has_table_privilege(role.name, t.oid, verb.name)
group by t.oid, role.name, verb.name
"""

POLICIES = """
select format('%%I.%%I: ', schemaname, tablename) || array_to_string(roles, ', ') || ' ' || lower(cmd)
  || case when permissive = 'RESTRICTIVE' then ' restrictive' else '' end
  || case when qual is null then '' when qual = 'true' then ' all rows' else ' where ' || qual end
  || case when with_check is null then '' when with_check = 'true' then ', writes any'
    else ', writes where ' || with_check end as line
from pg_policies
where schemaname = any (%(ours)s) and roles <> array['handoff_owner']::name[]
"""

SWITCHES = """
select login.name || ' may switch to ' || string_agg(r.rolname, ', ' order by r.rolname) as line
from unnest(%(roles)s::text[]) as login (name)
join pg_roles as r on r.rolname = any (%(roles)s) and r.rolname <> login.name
where login.name <> 'public' and pg_has_role(login.name, r.oid, 'member')
group by login.name
"""

STRANGERS = """
with acl (object, entries) as (
  select 'schema ' || nspname, nspacl from pg_namespace where nspname = any (%(ours)s)
  union all
  select oid::regclass::text, relacl from pg_class where relnamespace::regnamespace::text = any (%(ours)s)
  union all
  select attrelid::regclass || '.' || attname, attacl
  from pg_attribute join pg_class on pg_class.oid = attrelid
  where relnamespace::regnamespace::text = any (%(ours)s)
  union all
  select f.oid::regprocedure::text, f.proacl
  from pg_proc as f join pg_language as l on l.oid = f.prolang and l.lanname <> 'internal'
  where f.pronamespace::regnamespace::text = any (%(ours)s)
  union all
  select format_type(oid, null), typacl from pg_type where typnamespace::regnamespace::text = any (%(ours)s)
)
select acl.object || ': ' || pg_get_userbyid(entry.grantee) || ' ' || lower(entry.privilege_type)
  || case when entry.is_grantable then ' with grant option' else '' end as line
from acl
cross join aclexplode(acl.entries) as entry
where entry.grantee <> 0 and entry.grantee <> 'handoff_owner'::regrole
  and (entry.is_grantable or pg_get_userbyid(entry.grantee) <> all (%(roles)s))
"""

Columns = dict[str, list[str]]
WHOLE = frozenset(["select", "insert", "update", "delete", "truncate", "references", "trigger"])


def rights(url: str) -> str:
    """The text for the database of a libpq URI, for a superuser or a member of the owner. The same on every version."""
    with psycopg.connect(url, options="-c search_path=pg_catalog") as db:
        return "\n".join([HEAD, *_sections(db)])


def _sections(db: psycopg.Connection[Any]) -> Iterator[str]:
    columns: Columns = dict(db.execute(COLUMNS).fetchall()) | {"PUBLIC": ["public"]}
    roles = [role for together in columns.values() for role in together]
    for title, query in (
        ("Schemas", SCHEMAS),
        ("Tables", TABLES),
        ("Sequences", SEQUENCES),
        ("Types", TYPES),
        ("Functions; as owner: security definer, else with the rights of the caller", FUNCTIONS),
    ):
        yield from _section(title, _matrix(_rows(db, query, roles), columns))
    for title, query in (
        ("Columns, where not all of the table", TABLE_COLUMNS),
        ("Rows; handoff_owner sees and writes all, through its functions", POLICIES),
        ("Switches, by set role", SWITCHES),
        ("Rights of anybody else, and rights that may be passed on", STRANGERS),
    ):
        lines = sorted(" ".join(line.split()) for (line,) in _rows(db, query, roles))
        yield from _section(title, lines or ["none"])


def _rows(db: psycopg.Connection[Any], query: str, roles: list[str]) -> list[Any]:
    return db.execute(query, {"roles": roles, "ours": list(OURS)}).fetchall()


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield from (f"## {title}", "", *lines, "")


def _matrix(rows: Iterable[tuple[str, str, list[str]]], columns: Columns) -> list[str]:
    held: dict[str, dict[str, list[str]]] = {}
    for thing, role, verbs in sorted(rows):
        held.setdefault(thing, {})[role] = verbs
    table = [(*columns, "")]
    for thing, by_role in held.items():
        cells = [" ".join(dict.fromkeys(_cell(by_role[role]) for role in roles)) for roles in columns.values()]
        table.append((*cells, thing))
    widths = [max(len(line[place]) for line in table) for place in range(len(columns))]
    return [
        "  ".join((*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[-1])).rstrip()
        for line in table
    ]


def _cell(verbs: list[str]) -> str:
    return "all" if WHOLE.issubset(verbs) else ", ".join(verbs) or "-"


def main() -> int:
    """The command line. Returns 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.rights", description="Who may do what.")
    parser.add_argument("--write", action="store_true", help=f"write {EXPECTED.relative_to(ROOT)}")
    write = parser.parse_args().write
    forget_settings()
    with postgres.thrown_away(postgres.work_directory()) as server:
        deploy(server.url(embedded.DATABASE))
        text = rights(server.url(embedded.DATABASE))
    if write:
        EXPECTED.write_text(text)
        print(f"wrote {EXPECTED.relative_to(ROOT)}")
    else:
        print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
