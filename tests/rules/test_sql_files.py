"""The files under db/, read with PostgreSQL's own parser: no server is needed to see that a rule is broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pglast import ast, parse_sql
from pglast.parser import ParseError
from pglast.visitors import Visitor
from psycopg.rows import DictRow

from tests import DB
from tests.world.psql import SEEDS

PINNED = ("pg_catalog", "pg_temp")
# The planner inlines these, which a pinned path forbids; every name in them is qualified instead.
INLINED = ("clock",)
SAFE_LITERAL = re.compile(r"--[^\n]*|\$re\$.*?\$re\$|\bE'(?:[^']|'')*'(?:\s*\n\s*'(?:[^']|'')*')*", re.DOTALL)
PSQL_COMMAND = re.compile(r"^ *\\[a-z][^\n]*|\\gset", re.MULTILINE)
STRING_OR_COMMENT = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)

every_sql_file = pytest.mark.parametrize("path", sorted(DB.rglob("*.sql")), ids=lambda path: str(path.relative_to(DB)))
every_function_file = pytest.mark.parametrize(
    "path", sorted((DB / "functions").rglob("*.sql")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
every_file_of_any_session = pytest.mark.parametrize(
    "path", [*sorted((DB / "functions").rglob("*.sql")), *sorted(SEEDS.glob("*.sql"))], ids=lambda path: path.stem
)
every_product_file = pytest.mark.parametrize(
    "path",
    [DB / "bootstrap.sql", *sorted((DB / "migrations").glob("*.sql")), *sorted((DB / "policies").glob("*.sql"))],
    ids=lambda path: str(path.relative_to(DB)),
)


@cache
def _statements(path: Path) -> tuple[Any, ...]:
    return tuple(raw.stmt for raw in parse_sql(path.read_text()))


def _function(path: Path) -> ast.CreateFunctionStmt:
    (function,) = [stmt for stmt in _statements(path) if isinstance(stmt, ast.CreateFunctionStmt)]
    return function


def _options(function: ast.CreateFunctionStmt) -> dict[str, Any]:
    return {option.defname: option.arg for option in function.options}


def _name(function: ast.CreateFunctionStmt) -> list[str]:
    return [part.sval for part in function.funcname]


def _body(function: ast.CreateFunctionStmt) -> str:
    return str(_options(function)["as"][0].sval)


def _search_path(function: ast.CreateFunctionStmt) -> tuple[str, ...] | None:
    for option in function.options:
        if option.defname == "set" and option.arg.name == "search_path":
            return tuple(part.val.sval for part in option.arg.args)
    return None


class _Names(Visitor):  # type: ignore[misc]
    """Collects the tables, types, functions and operators that are named without a schema."""

    def __init__(self) -> None:
        super().__init__()
        self.common: set[str] = set()
        self.tables: set[str] = set()
        self.others: set[str] = set()

    def visit_CommonTableExpr(self, _: Any, node: ast.CommonTableExpr) -> None:
        self.common.add(node.ctename)

    def visit_RangeVar(self, _: Any, node: ast.RangeVar) -> None:
        if not node.schemaname:
            self.tables.add(node.relname)

    def visit_FuncCall(self, _: Any, node: ast.FuncCall) -> None:
        self._note(node.funcname)

    def visit_TypeName(self, _: Any, node: ast.TypeName) -> None:
        self._note(node.names)

    def visit_A_Expr(self, _: Any, node: ast.A_Expr) -> None:
        self._note(node.name)

    def _note(self, name: Any) -> None:
        if name and len(name) == 1:
            self.others.add(name[0].sval)


def _names(statements: Any) -> _Names:
    names = _Names()
    names(tuple(statements))
    return names


@every_sql_file
def test_every_file_is_sql_that_postgresql_can_parse(path: Path) -> None:
    try:
        assert _statements(path)
    except ParseError as error:
        pytest.fail(str(error))


@every_function_file
def test_a_file_has_one_function_of_its_name_its_comment_and_its_triggers(path: Path) -> None:
    function, *rest = _statements(path)
    assert isinstance(function, ast.CreateFunctionStmt)
    assert function.replace, "create or replace: a deploy runs it again"
    schema, name = _name(function)
    assert schema in ("handoff", "handoff_private")
    assert name == path.stem
    comments = [stmt for stmt in rest if isinstance(stmt, ast.CommentStmt)]
    assert [[part.sval for part in stmt.object.objname] for stmt in comments] == [[schema, name]]
    assert comments[0].comment.endswith(".")
    triggers = [stmt for stmt in rest if isinstance(stmt, ast.CreateTrigStmt)]
    assert all([part.sval for part in stmt.funcname] == [schema, name] and stmt.replace for stmt in triggers)
    always = [stmt for stmt in rest if isinstance(stmt, ast.AlterTableStmt)]
    assert {command.name for stmt in always for command in stmt.cmds} <= {stmt.trigname for stmt in triggers}
    assert len(rest) == len(comments) + len(triggers) + len(always)


@pytest.mark.parametrize("room", ["functions", "policies"])
def test_lines_are_short_and_comments_are_as_short_as_those_of_python(room: str) -> None:
    lines = [line for path in sorted((DB / room).rglob("*.sql")) for line in path.read_text().splitlines()]
    assert [line for line in lines if len(line) > (120 if re.match(r"\s*--|  '.*';?$|comment on", line) else 130)] == []


@every_function_file
def test_a_function_says_its_language_and_its_volatility(path: Path) -> None:
    options = _options(_function(path))
    assert options["language"].sval in ("sql", "plpgsql")
    assert options["volatility"].sval in ("volatile", "stable", "immutable")
    assert not {"leakproof", "cost", "rows", "parallel"} & set(options)


@every_function_file
def test_a_function_that_others_can_reach_pins_its_search_path(path: Path) -> None:
    function = _function(path)
    schema, name = _name(function)
    is_trigger = function.returnType is not None and function.returnType.names[-1].sval == "trigger"
    if name in INLINED:
        names = _names(parse_sql(_body(function)))
        assert not names.others | names.tables
        assert "security" not in _options(function)
    elif schema == "handoff" or is_trigger:
        assert _search_path(function) == PINNED
    else:
        # Reached only through a function that pins it.
        assert _search_path(function) in (None, PINNED)


@every_function_file
def test_a_private_function_never_runs_with_the_rights_of_its_owner(path: Path) -> None:
    function = _function(path)
    if _name(function)[0] == "handoff_private":
        assert "security" not in _options(function)


@every_function_file
def test_a_function_builds_no_sql_at_run_time(path: Path) -> None:
    code = STRING_OR_COMMENT.sub("", _body(_function(path)))
    assert not re.search(r"\bexecute\b|\bformat\s*\(|\bdblink|\bcopy\b", code, re.IGNORECASE)


@every_file_of_any_session
def test_no_literal_is_read_by_a_setting(path: Path) -> None:
    """A setting says what a backslash in '...' means; in $re$...$re$ and E'...' it is always the same."""
    code = PSQL_COMMAND.sub("", SAFE_LITERAL.sub("", path.read_text()))
    assert "\\" not in code and "U&'" not in code


@every_function_file
def test_parameters_and_variables_can_not_be_taken_for_columns(path: Path) -> None:
    function = _function(path)
    for parameter in function.parameters or ():
        if parameter.mode.name in ("FUNC_PARAM_IN", "FUNC_PARAM_DEFAULT", "FUNC_PARAM_INOUT"):
            assert parameter.name.startswith("p_")
    declared = re.search(r"\bdeclare\b(.*?)\bbegin\b", _body(function), re.DOTALL)
    if declared and _options(function)["language"].sval == "plpgsql":
        names = re.findall(r"^\s{2}(\w+)\s", declared[1], re.MULTILINE)
        assert [name for name in names if not name.startswith("v_")] == []


@every_function_file
def test_a_function_in_sql_names_the_schema_of_every_table(path: Path) -> None:
    function = _function(path)
    if _options(function)["language"].sval == "sql":
        names = _names(parse_sql(_body(function)))
        assert names.tables <= names.common


@every_product_file
def test_migrations_and_policies_name_the_schema_of_every_table(path: Path) -> None:
    names = _names(_statements(path))
    assert names.tables <= names.common


def _code_files() -> Iterator[Path]:
    for room in ("functions", "policies"):
        yield from sorted((DB / room).rglob("*.sql"))


def test_every_body_is_valid_where_it_is_deployed(db: psycopg.Connection[DictRow]) -> None:
    """A deploy does not look into bodies, since functions may name each other in any order; here they are all there."""
    with db.transaction(force_rollback=True):
        db.execute("set local role handoff_owner")
        db.execute("set local check_function_bodies = on")
        for path in _code_files():
            db.execute(path.read_bytes())
