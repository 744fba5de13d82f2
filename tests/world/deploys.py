"""What the tests of the deploy lean on: a copy of db/ to edit, a deploy to kill, a database as pg_dump sees it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import DictRow, dict_row

from app.operate import deploy
from tests.world.postgres import PgServer

PATIENCE = 30  # seconds for something to come about
DEPLOY = "import sys, pathlib, app.operate.deploy as it; it.deploy(sys.argv[1], pathlib.Path(sys.argv[2]))"


@dataclass(frozen=True)
class Tree:
    """A copy of the files under db/ that a test may spoil."""

    root: Path

    @classmethod
    def copy(cls, directory: Path) -> Tree:
        """The files as they are now."""
        shutil.copytree(deploy.ROOT, directory / "db", ignore=shutil.ignore_patterns("tests"))
        return cls(directory / "db")

    def write(self, path: str, text: str) -> None:
        """A file with this text."""
        (self.root / path).write_text(text, encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        """The file with another text in one place."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{path} has {old!r} {text.count(old)} times"
        self.write(path, text.replace(old, new))

    def touch(self, path: str) -> None:
        """The file changed in a way that means nothing."""
        with (self.root / path).open("a", encoding="utf-8") as file:
            file.write("\n-- Touched.\n")

    def lengthen(self, *changed: str) -> None:
        """The functions of these files with one argument more: in their definitions, their comments and all calls."""
        name = rf"handoff_private\.(?:{'|'.join(Path(path).stem for path in changed)})\((?=(\s*\))?)"
        for path in self.paths("functions"):
            before = text = (self.root / path).read_text(encoding="utf-8")
            parameter = f"p_more_{text.count('p_more_')} integer"
            text = _with(text, rf"(?<!function ){name}", "0")
            text = _with(text, rf"(?<=on function ){name}", "integer")
            text = _with(text, rf"(?<=replace function ){name}", parameter)
            if text != before:
                self.write(path, text)

    def remove(self, path: str) -> None:
        """The file is gone."""
        (self.root / path).unlink()

    def paths(self, *rooms: str) -> list[str]:
        """The files of these rooms, in order, as the deploy names them."""
        return [
            path.relative_to(self.root).as_posix()
            for room in rooms
            for path in sorted((self.root / room).rglob("*.sql"))
        ]


def _with(text: str, place: str, argument: str) -> str:
    return re.sub(place, lambda found: found[0] + argument + ("" if found[1] else ", "), text)


@contextmanager
def database(server: PgServer, name: str, owner: str = "postgres") -> Iterator[str]:
    """An empty database, until the block ends; yields its name."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        drop = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
        connection.execute(drop)
        create = sql.SQL("create database {} owner {} encoding 'UTF8' template template0")
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(owner)))
        try:
            yield name
        finally:
            connection.execute(drop)


def connect(url: str) -> psycopg.Connection[DictRow]:
    """A connection, rows as dictionaries, each statement its own commit."""
    return psycopg.connect(url, autocommit=True, row_factory=dict_row)


def execute(url: str, *statements: str) -> None:
    """Statements on a connection of their own, each its own commit."""
    with connect(url) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def value(url: str, statement: str) -> Any:
    """The one value that a statement returns on a connection of its own."""
    with connect(url) as connection:
        row = connection.execute(statement.encode()).fetchone()
    assert row is not None
    [found] = row.values()
    return found


def books(url: str) -> list[DictRow]:
    """What the deploys of a database have noted about its files."""
    with connect(url) as connection:
        return connection.execute("select * from handoff_ops.deployed_files as f order by f.path").fetchall()


def start(url: str, root: Path = deploy.ROOT) -> subprocess.Popen[bytes]:
    """A deploy in a process of its own."""
    return subprocess.Popen([sys.executable, "-c", DEPLOY, url, str(root)], stderr=subprocess.PIPE)


def until(condition: Callable[[], bool], what: str) -> None:
    """Returns when the condition holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"waited {PATIENCE} s in vain: {what}"
        time.sleep(0.01)


def waiting_deploys(connection: psycopg.Connection[DictRow]) -> int:
    """How many deploys wait for a lock, in the database of this connection."""
    return connection.execute(
        "select from pg_catalog.pg_stat_activity as a where a.datname = current_database()"
        " and a.application_name in ('handoff deploy', 'handoff migration') and a.wait_event_type = 'Lock'"
    ).rowcount


def dump(server: PgServer, dbname: str) -> str:
    """The schema of a database with its owners, rights and settings, as text that is equal when they are."""
    text = _said(server, "pg_dump", "--schema-only", "--create", server.url(dbname)).replace(dbname, "the_database")
    # pg_dump asks for the roles' settings without an order.
    settings = sorted(line for line in text.splitlines() if line.startswith("ALTER ROLE"))
    return "\n".join([*settings, *(line for line in text.splitlines() if not line.startswith("ALTER ROLE"))])


def settled(server: PgServer, dbname: str) -> str:
    """`dump`, of a copy made by dump and restore: PostgreSQL writes a chain of AND another way once it was restored."""
    settings = [line for line in dump(server, dbname).splitlines() if line.startswith(("ALTER DATABASE", "ALTER ROLE"))]
    schema = _said(server, "pg_dump", "--schema-only", server.url(dbname))
    with database(server, f"{dbname}_settled") as copy:
        with psycopg.connect(server.url(copy)) as connection:
            connection.execute(schema.encode())
        return "\n".join([*settings, _said(server, "pg_dump", "--schema-only", server.url(copy))])


def roles(server: PgServer) -> str:
    """The roles of the cluster, and who is a member of whom."""
    return _said(server, "pg_dumpall", "--roles-only", "--no-role-passwords", "-d", server.url("postgres"))


def _said(server: PgServer, program: str, *arguments: str) -> str:
    if server.bindir is None:
        pytest.skip(f"TEST_PG_BINDIR does not say where {program} is")
    said = subprocess.run([server.bindir / program, *arguments], capture_output=True, text=True, check=True).stdout
    # Newer versions put a random word into these lines.
    return "\n".join(line for line in said.splitlines() if not line.startswith(("\\restrict", "\\unrestrict")))
