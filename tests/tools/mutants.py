"""Ways to break the database on purpose, one at a time, found by rule: each should make some test fail.

- policy: dropped. check, exclusion, foreign key, trigger: dropped.
- unique: the index behind a primary key, a unique constraint or a unique index lets equal rows in; all else stays.
  Not of yoyo's own tables.
- guard: in every function but those of SHOWN, which decide nothing, one condition is replaced by true,
  and by false: every comparison (=, <>, in, is distinct from) of a column or variable whose name ends in status, reason
  or meaning, and every condition of an if, an elsif and the when of a case.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests import DB

FUNCTIONS = DB / "functions"
SHOWN = FUNCTIONS / "handoff" / "pages"
# test_invariants breaks what each line of the books finds, test_check_schema what the facts tell.
UNGUARDED = ("books", "drift")
BODY = re.compile(r"^as \$\$(.*?)\$\$;", re.MULTILINE | re.DOTALL)
OPERAND = r"(?:\b\w+\.\w*|\b[pv]_\w*)(?:status|reason|meaning)\b"
VALUE = r"(?:'[^']*'|[\w.]+)"
COMPARISON = re.compile(
    rf"{OPERAND}\s*(?:(?:=|<>)\s*{VALUE}|is\s+(?:not\s+)?distinct\s+from\s+{VALUE}|(?:not\s+)?in\s*\([^)]*\))"
)
CONDITION = re.compile(r"(?<=if )[^;]+?(?=\s+then$)", re.MULTILINE)
CASE = re.compile(r"(?<=when )[^';][^;]*?(?=\s+then )")  # what comes with it stands in its line, unlike an exception's
FROM_CATALOGUE = """
select 'policy', p.polrelid::regclass || '.' || p.polname,
  format('drop policy %I on %s', p.polname, p.polrelid::regclass),
  array[p.polname::text, c.relname::text]
from pg_catalog.pg_policy as p
join pg_catalog.pg_class as c on c.oid = p.polrelid
where c.relnamespace::regnamespace::text like 'handoff%'
union all
select case o.contype when 'c' then 'check' when 'x' then 'exclusion' else 'foreign key' end,
  o.conrelid::regclass || '.' || o.conname,
  format('alter table %s drop constraint %I', o.conrelid::regclass, o.conname), array[o.conname::text, c.relname::text]
from pg_catalog.pg_constraint as o
join pg_catalog.pg_class as c on c.oid = o.conrelid
where c.relnamespace::regnamespace::text like 'handoff%' and o.contype in ('c', 'f', 'x')
union all
select 'unique', i.indrelid::regclass || '.' || x.relname,
  format('update pg_catalog.pg_index set indisunique = false where indexrelid = %s', x.oid),
  array[x.relname::text, c.relname::text]
from pg_catalog.pg_index as i
join pg_catalog.pg_class as x on x.oid = i.indexrelid
join pg_catalog.pg_class as c on c.oid = i.indrelid
where c.relnamespace::regnamespace::text like 'handoff%' and c.relkind = 'r' and i.indisunique
  and x.relname not like '%yoyo%'
union all
select 'trigger', t.tgrelid::regclass || '.' || t.tgname,
  format('drop trigger %I on %s', t.tgname, t.tgrelid::regclass),
  array[t.tgname::text, c.relname::text]
from pg_catalog.pg_trigger as t
join pg_catalog.pg_class as c on c.oid = t.tgrelid
where c.relnamespace::regnamespace::text like 'handoff%' and not t.tgisinternal
order by 1, 2
"""


@dataclass(frozen=True)
class Mutant:
    """One way to break a deployed database: `sql`, run by a superuser. `words`: what tests that notice it may name."""

    kind: str
    name: str
    sql: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


def all_of(db: psycopg.Connection[Any]) -> list[Mutant]:
    """Every mutant of a deployed database."""
    catalogue = [Mutant(kind, name, sql, tuple(words)) for kind, name, sql, words in db.execute(FROM_CATALOGUE)]
    paths = [path for path in sorted(FUNCTIONS.rglob("*.sql")) if SHOWN not in path.parents]
    return catalogue + [
        mutant
        for path in paths
        if path.parent.name not in UNGUARDED
        for mutant in guards(path, path.relative_to(FUNCTIONS).parent.as_posix())
    ]


def guards(path: Path, room: str) -> Iterator[Mutant]:
    """Every condition of one function of a room, replaced. The same text twice in it is told apart by its number."""
    text = path.read_text()
    body = BODY.search(text)
    assert body, path
    found = {match.span() for rule in (COMPARISON, CONDITION, CASE) for match in rule.finditer(text, *body.span(1))}
    times: Counter[str] = Counter()
    for start, end in sorted(found):
        condition = " ".join(text[start:end].split())
        times[condition] += 1
        number = f" ({times[condition]})" if times[condition] > 1 else ""
        for value in ("true", "false"):
            # In brackets and with its type, since a bare constant is no expression to order by.
            mutated = f"{text[:start]}({value}::boolean){text[end:]}"
            name = f"{room}/{path.stem}: {condition}{number} -> {value}"
            yield Mutant("guard", name, mutated, (path.stem, path.parent.name))
