"""What was deployed: handoff_ops.deployed_files, a row for each file."""

from __future__ import annotations

from dataclasses import dataclass

from app.operate.deploy.files import Files
from app.operate.deploy.session import Connection, as_owner


@dataclass(frozen=True)
class Noted:
    """A file as it was applied; `functions` are the signatures it made, None when that was not noted."""

    sha256: str
    functions: frozenset[str] | None


Record = dict[str, Noted]


def read_record(connection: Connection) -> Record:
    """Every file that was applied, by its path."""
    with as_owner(connection):
        rows = connection.execute("select f.path, f.sha256, f.functions from handoff_ops.deployed_files as f")
        return {path: Noted(sha256, None if made is None else frozenset(made)) for path, sha256, made in rows}


def note(connection: Connection, files: Files, path: str, functions: list[str] | None = None) -> None:
    """The file was applied and made these functions."""
    connection.execute(
        "insert into handoff_ops.deployed_files (path, sha256, functions) values (%s, %s, %s) on conflict (path)"
        " do update set sha256 = excluded.sha256, functions = excluded.functions, applied_at = pg_catalog.now()",
        [path, files.hashes[path], functions],
    )


def forget(connection: Connection, paths: list[str]) -> None:
    """The files are gone."""
    connection.execute("delete from handoff_ops.deployed_files where path = any(%s)", [paths])
