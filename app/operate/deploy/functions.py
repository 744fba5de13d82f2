"""The functions in our schemas: files define them, and `create or replace` alone neither removes nor changes arguments.

Private functions are the deploy's own: it drops those that it made and no file defines, and re-creates those whose
arguments or result changed. Public ones are promised to others: whoever drops or changes one says so in a migration.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

import psycopg
from psycopg.rows import class_row

from app.operate.deploy.files import Files
from app.operate.deploy.record import Record
from app.operate.deploy.session import Connection, DeployError, naming


class TablesNeeded(Exception):
    """A function must be re-created, and the tables are not locked."""


@dataclass(frozen=True)
class Function:
    """A function that is there; its version is another after each `create or replace`."""

    oid: int
    schema: str
    name: str
    signature: str
    is_owners: bool
    is_trigger: bool
    version: str

    @property
    def is_private(self) -> bool:
        """Nobody but the owner can call it."""
        return self.schema == "handoff_private"


def existing(connection: Connection, files: Files) -> list[Function]:
    """Every function in our schemas, in the order of their names."""
    with connection.cursor(row_factory=class_row(Function)) as cursor:
        return cursor.execute(files.sql("deployed_functions.sql")).fetchall()


def is_function(path: str) -> bool:
    """The file is one of those that define functions."""
    return path.startswith("functions/")


def _made(record: Record, functions: list[Function]) -> list[Function]:
    """Those that a deploy made. When a file's functions were not noted, the only one of its name is its own."""
    functions = [function for function in functions if function.is_owners]
    noted = {signature for one in record.values() for signature in one.functions or ()}
    stems = {PurePosixPath(path).stem for path, one in record.items() if is_function(path) and one.functions is None}
    names = [function.name for function in functions]
    return [
        function
        for function in functions
        if function.signature in noted or (function.name in stems and names.count(function.name) == 1)
    ]


def _drop(connection: Connection, functions: list[Function]) -> None:
    if not functions:
        return
    signatures = ", ".join(function.signature for function in functions)
    try:
        connection.execute(f"drop routine {signatures}".encode())
    except psycopg.errors.DependentObjectsStillExist as error:
        uses = "; ".join((error.diag.message_detail or str(error)).splitlines())
        raise DeployError(
            f"The files have no {signatures} as it was, but it is in use: {uses}. Change that use in a migration."
        ) from error


class Functions:
    """The functions while a deploy applies files, in its transaction."""

    def __init__(self, connection: Connection, files: Files, record: Record, *, tables_are_locked: bool) -> None:
        self._connection = connection
        self._files = files
        self._tables_are_locked = tables_are_locked
        self._existing = existing(connection, files)
        self._made = _made(record, self._existing)
        self._recreated: list[str] = []

    def apply(self, path: str) -> frozenset[str]:
        """Applies a file; returns the signatures of what it defines. Raises TablesNeeded."""
        name = PurePosixPath(path).stem
        old = [function for function in self._made if function.is_private and function.name == name]
        with naming(path):
            changed = bool(old) and not self._replaces(path, name)
            if changed and not self._tables_are_locked:
                raise TablesNeeded
            if changed or not old:
                _drop(self._connection, old)
                self._connection.execute(self._files.sql(path))
        before = {(function.oid, function.version) for function in self._existing}
        self._existing = existing(self._connection, self._files)
        defined = frozenset(f.signature for f in self._existing if (f.oid, f.version) not in before)
        if changed:
            self._recreated += sorted(defined)
        return defined

    def _replaces(self, path: str, name: str) -> bool:
        """Applies a file, unless it is another function for PostgreSQL: other arguments, or another result."""
        known = {function.oid for function in self._existing}
        try:
            with self._connection.transaction():
                self._connection.execute(self._files.sql(path))
                now = existing(self._connection, self._files)
                if any(f.is_private and f.name == name and f.oid not in known for f in now):
                    raise psycopg.Rollback
                return True
        except (psycopg.errors.InvalidFunctionDefinition, psycopg.errors.WrongObjectType):
            pass
        return False

    def finish(self, defined: frozenset[str], others: set[str]) -> list[str]:
        """Drops what no file defines any more, refuses what is public and no file defines; returns what it did.

        What else no file defines is put with the `others`.
        """
        now = existing(self._connection, self._files)
        undefined = [function for function in now if function.signature not in defined]
        for function in undefined:
            if not function.is_private:
                raise DeployError(_orphan(function, defined))
        made = {function.oid for function in self._made}
        gone = [function for function in undefined if function.oid in made]
        with naming("functions"):
            _drop(self._connection, gone)
        others.update(function.signature for function in undefined if function not in gone)
        return [
            *(f"dropped {function.signature}" for function in gone),
            *(f"re-created {signature}" for signature in self._recreated),
        ]


def _orphan(function: Function, defined: frozenset[str]) -> str:
    if any(signature.startswith(f"{function.schema}.{function.name}(") for signature in defined):
        name = f"{function.schema}.{function.name}"
        return f"{name} exists with more than one signature. Drop the old one in a migration: {function.signature}"
    return f"No file defines the function {function.signature}. Drop it in a migration, or add its file."
