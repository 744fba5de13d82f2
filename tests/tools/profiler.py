"""Which PL/pgSQL statements a database has run, by plpgsql_check's profiler, and which SQL functions it has called.

The profiler counts in the server's memory, for each database, over all its sessions, rolled back or not. A dropped
database takes its counts along, so whoever drops one reads them first: see profiler_plugin.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from app.operate.postgres import embedded
from app.operate.postgres.binaries import major_version
from tests import ROOT
from tests.tools import plpgsql_check

CACHE = ROOT / ".cache" / "plpgsql_check"
SETTINGS = {
    "plpgsql_check.profiler": "on",
    "plpgsql_check.profiler_max_shared_chunks": "100000",  # one for each function in each database; beyond, none counts
    "track_functions": "all",
}
STATEMENTS = """
select f.pronamespace::regnamespace || '.' || f.proname, md5(f.prosrc), s.stmtid, s.lineno, f.prosrc, s.exec_stmts > 0
from pg_catalog.pg_proc as f
join pg_catalog.pg_language as l on l.oid = f.prolang and l.lanname = 'plpgsql'
cross join lateral plpgsql_check.plpgsql_profiler_function_statements_tb(f.oid) as s
where f.pronamespace::regnamespace::text like 'handoff%'
order by 1, 3
"""
SQL_FUNCTIONS = """
select f.pronamespace::regnamespace || '.' || f.proname, coalesce(s.calls, 0) > 0
from pg_catalog.pg_proc as f
join pg_catalog.pg_language as l on l.oid = f.prolang and l.lanname = 'sql'
left join pg_catalog.pg_stat_user_functions as s on s.funcid = f.oid
where f.pronamespace::regnamespace::text like 'handoff%'
order by 1
"""


@dataclass(frozen=True, order=True)
class Statement:
    """A PL/pgSQL statement, or with number -1 an SQL function. `source`: the hash of the body it stands in."""

    function: str
    number: int
    source: str = ""


@dataclass(frozen=True)
class Profile:
    """All there is, with line number and text, and what of it was run."""

    places: dict[Statement, tuple[int, str]]
    ran: set[Statement]


def start(directory: Path, bindir: Path) -> embedded.Server:
    """A fast server with the profiler at work. Raises PostgresError, or DebianError where there is no plpgsql_check."""
    library, _ = plpgsql_check.files(major_version(bindir), CACHE)
    server = embedded.start(directory, fast=True, bindir=bindir)
    settings = SETTINGS | {"shared_preload_libraries": f"plpgsql,{plpgsql_check.copied(library, server.home)}"}
    server.stop()
    with (server.data / "postgresql.auto.conf").open("a") as file:
        file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
    return embedded.start(directory, fast=True, bindir=bindir)


def read(url: str) -> Profile:
    """What the database of a superuser's URL has run so far; nothing of ours stays in it."""
    with psycopg.connect(url) as db, db.transaction(force_rollback=True):
        _, definitions = plpgsql_check.files(db.info.server_version // 10000, CACHE)
        row = db.execute("select split_part(current_setting('shared_preload_libraries'), ',', 2)").fetchone()
        assert row
        plpgsql_check.define(db, Path(row[0].strip(' "')), definitions)
        places, ran = {}, set()
        for function, source, number, line, body, has_run in db.execute(STATEMENTS):
            statement = Statement(function, number, source)
            places[statement] = (line, body.splitlines()[line - 1].strip())
            ran.update([statement] if has_run else [])
        for function, has_run in db.execute(SQL_FUNCTIONS):
            places[Statement(function, -1)] = (0, "")
            ran.update([Statement(function, -1)] if has_run else [])
        return Profile(places, ran)


def note(ran: Iterable[Statement], notes: Path) -> None:
    """Add to the file of notes."""
    with notes.open("a") as file:
        file.writelines(f"{statement.function} {statement.number} {statement.source}\n" for statement in ran)


def noted(notes: Path) -> set[Statement]:
    """What was noted there; nothing when there is no such file."""
    lines = notes.read_text().splitlines() if notes.exists() else []
    return {Statement(function, int(number), source) for function, number, source in (ln.split(" ") for ln in lines)}
