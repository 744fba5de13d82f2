"""A list as a CSV file that a spreadsheet opens and that nothing in it can turn into a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response, stream_with_context

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so may be computed
MARK = "\ufeff"  # by it a spreadsheet knows UTF-8


def answer(name: str, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> Response:
    """The rows as a download, read while they are sent."""
    response = Response(stream_with_context(_lines(columns, rows)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def text(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """The whole file."""
    return "".join(_lines(columns, rows))


def harmless(cell: Any) -> str:
    """The cell as a text; one that would be a formula begins with an apostrophe."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def _lines(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    yield MARK + _line(columns)
    for row in rows:
        yield _line(row)


def _line(cells: Iterable[Any]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([harmless(cell) for cell in cells])
    return line.getvalue()
