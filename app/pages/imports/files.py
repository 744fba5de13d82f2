"""A file with a list, as rows of cells: its encoding and its delimiter are found, nothing is read into what it says."""

from __future__ import annotations

import csv
import io

MOST_BYTES = 2 * 1024 * 1024
DELIMITERS = (",", ";", "\t")
LOOKED_AT = 50  # rows, to find the delimiter

Row = tuple[int, list[str]]


class NoList(ValueError):
    """The file is no text with rows. `code` is one of words.FILE."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def rows_of(data: bytes) -> list[Row]:
    """The rows that are not blank, each with the number of the line at which it begins. Raises NoList."""
    if len(data) > MOST_BYTES:
        raise NoList("too_large")
    text = text_of(data)
    delimiter, text, before = _declared(text)
    try:
        rows = _read(text, delimiter or delimiter_of(text), before)
    except csv.Error as error:
        raise NoList("no_text") from error
    if not rows:
        raise NoList("empty")
    return rows


def text_of(data: bytes) -> str:
    """The text in UTF-8, or else as a whole in Windows-1252, as older spreadsheets save it. Raises NoList."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise NoList("no_csv")
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if is_wide else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise NoList("no_text")


def delimiter_of(text: str) -> str:
    """What parts the cells: that which gives the most cells in the first row, and as many in most others.

    csv.Sniffer takes a letter for a delimiter where there is one column, so each of the three is tried with the reader.
    """
    return max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter))


def _fit(text: str, delimiter: str) -> tuple[bool, int, int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [row for row, _ in zip(reader, range(LOOKED_AT), strict=False) if _says_something(row)]
    except csv.Error:
        return (False, 0, 0)
    widths = [len(row) for row in rows]
    if not widths or widths[0] == 1:
        return (False, 0, 0)
    return (True, sum(width == widths[0] for width in widths), widths[0])


def _says_something(cells: list[str]) -> bool:
    return any(cell.strip() for cell in cells)


def _declared(text: str) -> tuple[str | None, str, int]:
    """A first line like `sep=;` names the delimiter for a spreadsheet, and is none of the list."""
    first, _, rest = text.partition("\n")
    named = first.strip().lower()
    if len(named) == 5 and named.startswith("sep=") and named[4] in DELIMITERS:
        return named[4], rest, 1
    return None, text, 0


def _read(text: str, delimiter: str, before: int) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[Row] = []
    begins = before + 1
    for cells in reader:
        if _says_something(cells):
            rows.append((begins, cells))
        begins = before + reader.line_num + 1
    return rows
