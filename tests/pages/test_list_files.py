"""The bytes of a list: encodings, delimiters and line numbers, as spreadsheets write them."""

from __future__ import annotations

import pytest

from app.pages.imports.files import NoList, rows_of

ROWS = [(1, ["Name", "E-mail"]), (2, ["Zoë", "z@x"])]


@pytest.mark.parametrize(
    "data",
    [
        "Name,E-mail\nZoë,z@x\n".encode(),
        "\ufeffName,E-mail\r\nZoë,z@x\r\n".encode(),
        "Name;E-mail\rZoë;z@x".encode(),
        "Name\tE-mail\nZoë\tz@x".encode("cp1252"),
        "Name\tE-mail\nZoë\tz@x".encode("utf-16"),
        '"Name";"E-mail"\n"Zoë";"z@x"\n\n;\n'.encode(),
    ],
)
def test_one_list_in_many_forms(data: bytes) -> None:
    assert rows_of(data) == ROWS


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("sep=;\nName;E-mail\nA;b", [(2, ["Name", "E-mail"]), (3, ["A", "b"])]),
        ("Name\nanybody", [(1, ["Name"]), (2, ["anybody"])]),
        ("Name;Note\nA;a, b, c, d\nB;e, f", [(1, ["Name", "Note"]), (2, ["A", "a, b, c, d"]), (3, ["B", "e, f"])]),
        ('N,M\n"a\nb",c\n\nd,e', [(1, ["N", "M"]), (2, ["a\nb", "c"]), (5, ["d", "e"])]),
        ('N,M\n"Lee, Ann",x', [(1, ["N", "M"]), (2, ["Lee, Ann", "x"])]),
    ],
)
def test_delimiters_and_lines(text: str, rows: list[tuple[int, list[str]]]) -> None:
    assert rows_of(text.encode()) == rows


def test_one_odd_byte_makes_the_whole_file_windows() -> None:
    assert rows_of("Zoë".encode() + b"\n\xe9")[0] == (1, ["ZoÃ«"])


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty"), (b" \n,,\n", "empty"), (b"%PDF-1.7", "no_csv"), (b"a\x00", "no_text"), (b"\x81", "no_text")],
)
def test_what_is_no_list(data: bytes, code: str) -> None:
    with pytest.raises(NoList) as refused:
        rows_of(data)
    assert refused.value.code == code
