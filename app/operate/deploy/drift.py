"""How things were left by the deploys, and what is not so any more.

handoff_private.facts() says how things are. A deploy notes in handoff_ops.deployed_facts what each of its transactions
changed, and no more: what somebody else made is never taken for ours, and what somebody else took away stays missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg.rows import class_row

from app.operate.deploy.files import Files
from app.operate.deploy.session import DEPLOY_WAIT, Connection, as_owner, settle

Fact = tuple[str, str, str]  # kind, name, and how it is


@dataclass(frozen=True)
class Difference:
    """A thing that is not as it was deployed; `heals`: files that are applied anew put it right."""

    kind: str
    name: str
    line: str
    heals: bool


HAS_FACTS = """
select to_regclass('handoff_ops.deployed_facts') is not null and to_regprocedure('handoff_private.facts()') is not null
"""
HAS_TABLE = "select to_regclass('handoff_ops.deployed_facts') is not null"
HAS_NOTES = "select exists (select from handoff_ops.deployed_facts)"
FACTS = "select f.kind, f.name, f.fact from handoff_private.facts() as f"
DRIFT = "select d.kind, d.name, d.line, d.heals from handoff_private.drift() as d"
TRIGGERS = """
select t.names[1], t.names[2], f.fact
from handoff_ops.deployed_facts as f
join handoff_private.drift() as d on d.kind = f.kind and d.name = f.name
cross join regexp_match(f.name, '^(.*)[.]("(?:[^"]|"")+"|[^."]+)$') as t (names)
where f.kind = 'trigger' and d.heals
"""
FIRES = {"always ": "enable always", "for replicas ": "enable replica", "disabled ": "disable"}
NOTE_DEPLOYER = """
insert into handoff_ops.deployers (name)
select r.rolname from pg_catalog.pg_roles as r where r.rolname = session_user and not r.rolsuper
on conflict do nothing
"""
# Whoever was a member before deploying may have been noted as one.
FORGET_DEPLOYERS = """
delete from handoff_ops.deployed_facts as f
using handoff_ops.deployers as d
where f.kind = 'member' and starts_with(f.name, quote_ident(d.name) || ' of ')
"""
FORGET = """
delete from handoff_ops.deployed_facts as f
using unnest(%s::text[], %s::text[]) as g (kind, name)
where f.kind = g.kind and f.name = g.name
"""
NOTE = """
insert into handoff_ops.deployed_facts (kind, name, fact)
select n.kind, n.name, n.fact from unnest(%s::text[], %s::text[], %s::text[]) as n (kind, name, fact)
on conflict (kind, name) do update set fact = excluded.fact
"""


def is_noted(connection: Connection) -> bool:
    """Whether a deploy has noted how it left things."""
    return _is(connection, HAS_FACTS) and _is(connection, HAS_NOTES)


def restore_itself(connection: Connection, files: Files) -> list[str]:
    """Applies the functions that say how things are, when one of them is gone: without it nobody could look."""
    try:
        with connection.transaction():
            settle(connection, DEPLOY_WAIT)
            if _is(connection, HAS_TABLE) and _is(connection, HAS_NOTES):
                connection.execute(DRIFT)
        return []
    except psycopg.errors.InsufficientPrivilege:
        return []
    except psycopg.errors.UndefinedFunction:
        paths = [path for path in files.room("functions") if path.startswith("functions/handoff_private/drift/")]
    with as_owner(connection):
        connection.execute("set local check_function_bodies = off")
        for path in paths:
            connection.execute(files.sql(path))
    return [f"applied {path}" for path in paths]


def found(connection: Connection) -> list[Difference]:
    """What is not as it was deployed; nothing when nothing was noted, or when we may not look.

    Whoever looks is taken for who deploys, and not noted: a deploy that fails makes nobody a deployer.
    """
    try:
        with connection.transaction(force_rollback=True):
            settle(connection, DEPLOY_WAIT)
            if not is_noted(connection):
                return []
            connection.execute(NOTE_DEPLOYER)
            connection.execute(FORGET_DEPLOYERS)
            with connection.cursor(row_factory=class_row(Difference)) as cursor:
                return cursor.execute(DRIFT).fetchall()
    except psycopg.errors.InsufficientPrivilege:
        return []


def compared(before: list[Difference], after: list[Difference]) -> list[str]:
    """What a deploy put right of what it found, and what is left, a line each."""
    left = {(difference.kind, difference.name) for difference in after}
    healed = [difference.line for difference in before if (difference.kind, difference.name) not in left]
    return [f"put right: {line}" for line in healed] + [difference.line for difference in after]


def restore_triggers(connection: Connection) -> None:
    """Makes each trigger as it was deployed that is missing, disabled or another. The tables are locked."""
    for table, trigger, definition in connection.execute(TRIGGERS).fetchall():
        fires, create, rest = definition.partition("CREATE ")
        connection.execute(f"drop trigger if exists {trigger} on {table}".encode())
        connection.execute(f"{create}{rest}".encode())
        if fires:
            connection.execute(f"alter table {table} {FIRES[fires]} trigger {trigger}".encode())


@contextmanager
def noting(connection: Connection, *, first: bool = False) -> Iterator[set[str]]:
    """Notes what the block changes, in its transaction. The `first` block of all notes everything that is there.

    What the block adds to the set are functions of others.
    """
    known = is_noted(connection)
    before = _facts(connection) if known else set()
    left = _left(connection) if known and first else set()
    others: set[str] = set()
    yield others
    if (known or first) and _is(connection, HAS_FACTS):
        connection.execute(NOTE_DEPLOYER)
        connection.execute(FORGET_DEPLOYERS)
        after = {fact for fact in _facts(connection) if fact[:2] not in left}
        after |= {fact for fact in before if fact[:2] in left}
        _note(connection, *(_without(facts, others) for facts in (before, after)))


def _left(connection: Connection) -> set[tuple[str, str]]:
    """What is wrong and no file makes: when it is another after files were applied, a newer facts() has other words."""
    made = ("function", "policy", "trigger")
    return {(kind, name) for kind, name, _, heals in connection.execute(DRIFT) if not heals and kind not in made}


def _facts(connection: Connection) -> set[Fact]:
    return set(connection.execute(FACTS).fetchall())


def _without(facts: set[Fact], functions: set[str]) -> set[Fact]:
    return {
        fact
        for fact in facts
        if not any(fact[1] == function or f" on function {function} of " in fact[1] for function in functions)
    }


def _note(connection: Connection, before: set[Fact], after: set[Fact]) -> None:
    gone = {fact[:2] for fact in before} - {fact[:2] for fact in after}
    new = after - before
    connection.execute(FORGET, [[key[place] for key in gone] for place in range(2)])
    connection.execute(NOTE, [[fact[place] for fact in new] for place in range(3)])


def _is(connection: Connection, query: str) -> bool:
    row = connection.execute(query).fetchone()
    return bool(row and row[0])
