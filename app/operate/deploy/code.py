"""Functions and policies: those that changed, in one transaction."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from app.operate.deploy import drift
from app.operate.deploy.files import Files
from app.operate.deploy.functions import Functions, TablesNeeded, existing, is_function
from app.operate.deploy.record import Noted, Record, forget, note
from app.operate.deploy.session import Connection, as_owner, giving_way, naming


@dataclass(frozen=True)
class Plan:
    """The files to apply, and those that were applied once and are gone."""

    functions: list[str]
    policies: list[str]
    gone: list[str]
    restores_triggers: bool
    locks_tables: bool


def plan(connection: Connection, files: Files, record: Record, *, after_migration: bool) -> Plan:
    """Functions that changed or are not as they were left; all policies when one is, or when there is something new.

    Before anything was noted, all of it: nobody knows what else is there.
    """
    with as_owner(connection):
        is_trigger = {function.signature: function.is_trigger for function in existing(connection, files)}
        is_noted = drift.is_noted(connection)
    wrong = {(difference.kind, difference.name) for difference in drift.found(connection) if difference.heals}
    kinds = {kind for kind, _ in wrong}
    # A function that was dropped counts as new: by hand, or with a type that a migration replaced.
    known = {path: noted for path, noted in record.items() if not is_function(path) or _is_there(noted, is_trigger)}
    functions, policies = (
        [
            path
            for path in files.room(room)
            if not is_noted
            or path not in known
            or known[path].sha256 != files.hashes[path]
            or any(("function", signature) in wrong for signature in known[path].functions or ())
        ]
        for room in ("functions", "policies")
    )
    gone = [path for path in record if path not in files.hashes]
    something_new = after_migration or any(path not in known for path in functions)
    if policies or gone or something_new or kinds & {"policy", "right", "table"}:
        policies = files.room("policies")
    made = [signature for path in functions if path in known for signature in known[path].functions or ()]
    with_triggers = "trigger" in kinds or any(is_trigger[signature] for signature in made)
    return Plan(functions, policies, gone, "trigger" in kinds, locks_tables=bool(policies) or with_triggers)


def _is_there(noted: Noted, signatures: Collection[str]) -> bool:
    return noted.functions is not None and noted.functions.issubset(signatures)


def apply(connection: Connection, files: Files, record: Record, plan: Plan) -> list[str]:
    """Applies functions and policies in one transaction; returns what was done, a line each."""
    with suppress(TablesNeeded):
        return giving_way(partial(_apply, connection, files, record, plan))
    # With the tables locked no event is half done, so none goes on to call a function by arguments that it has no more.
    plan = replace(plan, policies=files.room("policies"), locks_tables=True)
    return giving_way(partial(_apply, connection, files, record, plan))


def _apply(connection: Connection, files: Files, record: Record, plan: Plan, wait: str) -> list[str]:
    with as_owner(connection, wait):
        connection.execute("set local check_function_bodies = off")
        if plan.locks_tables:
            _lock_tables(connection, files, wait)
        with drift.noting(connection, first=True) as others:
            return _apply_files(connection, files, record, plan, others)


def _apply_files(connection: Connection, files: Files, record: Record, plan: Plan, others: set[str]) -> list[str]:
    functions = Functions(connection, files, record, tables_are_locked=plan.locks_tables)
    defined = {path: record[path].functions or frozenset() for path in files.room("functions") if path in record}
    for path in plan.functions:
        defined[path] = functions.apply(path)
        note(connection, files, path, sorted(defined[path]))
    for path in plan.policies:
        with naming(path):
            connection.execute(files.sql(path))
        note(connection, files, path)
    if plan.restores_triggers:
        drift.restore_triggers(connection)
    forget(connection, plan.gone)
    changes = functions.finish(frozenset().union(*defined.values()), others)
    applied = [f"applied {path}" for path in plan.functions + plan.policies]
    return applied + [f"forgot {path}" for path in plan.gone] + changes


def _lock_tables(connection: Connection, files: Files, wait: str) -> None:
    connection.execute("select set_config('statement_timeout', %s, true)", [wait])
    with naming("lock_tables.sql"):
        connection.execute(files.sql("lock_tables.sql"))
    connection.execute("set local statement_timeout = 0")
