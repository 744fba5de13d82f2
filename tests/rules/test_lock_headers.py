"""The header of a function that writes says which locks it takes, in the one order: compared with what its body takes.

    -- Lock order: profile, enrollments, event.
    -- The caller holds: profile.

The first line names every lock that the function and those that it calls take, in the order of LOCKS; `none` where it
only adds rows for which nobody waits. The second names what must be held when it is called, and may be taken again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from pglast import ast, parse_plpgsql, parse_sql
from pglast.visitors import Visitor

from tests import ROOT

LOCKS = {
    "home": ("home",),
    "reader": ("trail_readers", "figures"),
    "batch": ("locks",),
    "watch": ("standings", "completion_days"),
    "import": ("imports", "import_lines"),
    "account": ("partner_accounts",),
    "profile": ("profiles",),
    "words": ("search_words",),
    "enrollments": ("enrollments",),
    "event": ("partner_events", "partner_event_conflicts"),
    "steps": ("enrollment_steps",),
    "certificate": ("certificates",),
    "sign-in link": ("sign_in_links",),
    "answer": ("partner_answers",),
    "alert": ("alerts",),
    "message": ("outbox",),
    "queue": ("partner_queues",),
    "reach": ("mail_suppressions", "mail_preferences"),
    "breaker": ("partner_breakers", "mailing"),
    "session": ("sessions",),
    "refusals": ("webhook_refusals",),
}
ONLY_ADDED = ("step_transitions", "acts")
LOCK_OF = {table: lock for lock, tables in LOCKS.items() for table in tables}
OWN_TYPE = re.compile(r"^(\s*v_\w+(?:\s+constant)?)\s+handoff\w*\.\w+", re.MULTILINE)
HEADER = re.compile(r"^-- Lock order: (.+)\.$", re.MULTILINE)
HELD = re.compile(r"^-- The caller holds: (.+)\.$", re.MULTILINE)
PATHS = {path.stem: path for path in sorted((ROOT / "db" / "functions").rglob("*.sql"))}

every_function = pytest.mark.parametrize("name", sorted(PATHS))


class _Uses(Visitor):  # type: ignore[misc]
    """The tables that a statement writes to or locks rows of, and the functions of ours that it calls."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: set[str] = set()
        self.calls: set[str] = set()

    def visit_InsertStmt(self, _: Any, node: ast.InsertStmt) -> None:
        self.tables.add(node.relation.relname)

    visit_UpdateStmt = visit_DeleteStmt = visit_InsertStmt

    def visit_SelectStmt(self, _: Any, node: ast.SelectStmt) -> None:
        for clause in node.lockingClause or ():
            named = {one.relname for one in clause.lockedRels or ()}
            for table in _tables(node.fromClause):
                if not named or (table.alias.aliasname if table.alias else table.relname) in named:
                    self.tables.add(table.relname)

    def visit_FuncCall(self, _: Any, node: ast.FuncCall) -> None:
        if len(node.funcname) == 2 and node.funcname[0].sval.startswith("handoff"):
            self.calls.add(node.funcname[1].sval)


def _tables(nodes: Any) -> Iterator[ast.RangeVar]:
    for node in nodes or ():
        if isinstance(node, ast.RangeVar):
            yield node
        elif isinstance(node, ast.JoinExpr):
            yield from _tables((node.larg, node.rarg))


@cache
def _uses(name: str) -> _Uses:
    text = PATHS[name].read_text()
    uses = _Uses()
    for statement in _statements(text):
        uses(parse_sql(statement))
    return uses


def _statements(text: str) -> Iterator[str]:
    """Every statement and expression of a function's body, as SQL."""
    create = next(raw.stmt for raw in parse_sql(text) if isinstance(raw.stmt, ast.CreateFunctionStmt))
    options = {option.defname: option.arg for option in create.options}
    if options["language"].sval == "sql":
        yield options["as"][0].sval
        return
    for query in _queries(parse_plpgsql(_alone(create, options["as"][0].sval))):
        code = re.sub(r"^[\w.\[\]]+ := ", "", query.strip())
        yield code if re.match(r"(?i)(select|insert|update|delete|with)\b", code) else f"select {code}"


def _alone(create: ast.CreateFunctionStmt, body: str) -> str:
    """The function as the parser takes it, which knows no types of ours and no parameters."""
    body = OWN_TYPE.sub(r"\1 record", body)
    returned = [one.name for one in create.parameters or () if one.mode.name in ("FUNC_PARAM_OUT", "FUNC_PARAM_INOUT")]
    if returned:
        body = f"declare {' '.join(f'{name} text;' for name in returned)} begin {body} end;"
    kind = "trigger" if create.returnType and create.returnType.names[-1].sval == "trigger" else "record"
    if "return query" in body or "return next" in body:
        kind = "setof record"
    elif "return;" in body:
        kind = "void"
    return f"create function alone() returns {kind} language plpgsql as $alone$ {body} $alone$"


def _queries(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "PLpgSQL_expr" in node:
            yield node["PLpgSQL_expr"]["query"]
        for value in node.values():
            yield from _queries(value)
    elif isinstance(node, list):
        for value in node:
            yield from _queries(value)


@cache
def _reached(name: str) -> frozenset[str]:
    """The function and all that it calls, whatever calls whom."""
    found, waiting = set[str](), {name}
    while waiting:
        one = waiting.pop()
        found.add(one)
        waiting |= {called for called in _uses(one).calls if called in PATHS} - found
    return frozenset(found)


def _written(name: str) -> set[str]:
    return set[str]().union(*(_uses(one).tables for one in _reached(name)))


def _listed(pattern: re.Pattern[str], name: str) -> list[str]:
    head = PATHS[name].read_text().partition("create or replace")[0]
    found = pattern.findall(head)
    assert len(found) <= 1, f"{name} says it {len(found)} times"
    return [] if not found or found == ["none"] else str(found[0]).split(", ")


def test_every_table_that_is_written_has_its_lock() -> None:
    written = set[str]().union(*(_uses(name).tables for name in PATHS))
    assert written == LOCK_OF.keys() | set(ONLY_ADDED)


@every_function
def test_a_header_names_the_locks_that_are_taken(name: str) -> None:
    written, held = _written(name), _listed(HELD, name)
    taken = {LOCK_OF[table] for table in written if table in LOCK_OF} - set(held)
    assert _listed(HEADER, name) == [lock for lock in LOCKS if lock in taken]
    assert bool(HEADER.search(PATHS[name].read_text())) == bool(written)
    assert held == [lock for lock in LOCKS if lock in held]


@every_function
def test_who_calls_it_holds_what_it_wants_held(name: str) -> None:
    has = {*_listed(HEADER, name), *_listed(HELD, name)}
    for called in _uses(name).calls & PATHS.keys():
        assert set(_listed(HELD, called)) <= has, f"{called} wants more to be held"
