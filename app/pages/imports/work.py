"""A list from its bytes to its result, in batches of the database; for the page and for the terminal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import psycopg
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from app import texts
from app.errors import refusal
from app.pages.imports import words
from app.pages.imports.files import NoList, rows_of

READ = "select handoff.read_import('students', %s, %s, %s) as id"
LOOK = "select handoff.preview_import(%s, 200) as left"
APPLY = "select handoff.apply_import(%s, 50) as left"
DETAILS = "select * from handoff.import_details(%s)"
LINES = "select * from handoff.find_import_lines(%s)"

Call = Callable[[str, list[Any]], DictRow]  # one row of a statement, in a transaction of its own


def stored(call: Call, file_name: str, data: bytes, defaults: dict[str, str]) -> Any:
    """The id of the list, once it is stored. Raises NoList, and psycopg.Error where the database refuses it."""
    rows = [[number, [cell.replace("\x00", "") for cell in cells]] for number, cells in rows_of(data)]
    return call(READ, [file_name, Jsonb(rows), Jsonb(defaults)])["id"]


def refused(error: psycopg.Error | NoList) -> str:
    """Why a list as a whole is not taken, in a sentence. An error of the database that is not ours is raised again."""
    if isinstance(error, NoList):
        return words.FILE[error.code]
    if error.diag.message_primary == "columns are missing":
        return words.missing(json.loads(error.diag.message_detail or "{}").get("missing", []))
    return texts.unchanged(refusal(error))


def said(line: DictRow) -> str:
    """A line of the list, for the terminal."""
    return f"line {line['line']}: {line['email'] or 'no address'}: {words.outcome(line)}"


def summary(held: DictRow) -> str:
    """How many lines are what, or what came of them."""
    return words.summary(held)


def result_columns(header: list[str]) -> list[str]:
    """The names of the columns of a result: those of the list, between the line and what came of it."""
    return ["Line", *header, "Outcome", "Program", "Student", "Enrollment"]


def result_rows(header: list[str], lines: Iterable[DictRow]) -> Iterator[list[Any]]:
    """Each line as it stood in the list, with what came of it."""
    width = len(header)
    for line in lines:
        cells = [*(line["cells"] or []), *[""] * width][:width]
        found = [line["program_name"], line["profile_id"], line["enrollment_id"]]
        yield [line["line"], *cells, words.outcome(line), *found]
