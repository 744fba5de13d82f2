"""What a name must have to be seen, against Python's own table of Unicode."""

from __future__ import annotations

import sys
import unicodedata
from unicodedata import category

import psycopg
from psycopg.rows import DictRow

FILLERS = {"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"}  # letters and signs by name, that show nothing
SIGNS = [chr(code) for code in range(1, 0x10000) if not 0xD800 <= code < 0xE000]


def seen(db: psycopg.Connection[DictRow], signs: list[str]) -> set[str]:
    rows = db.execute(
        "select s.sign from unnest(%s::text[]) as s (sign) where handoff_private.is_visible(s.sign)", [signs]
    )
    return {row["sign"] for row in rows}


def test_every_letter_digit_and_symbol_of_the_basic_plane_is_seen(db: psycopg.Connection[DictRow]) -> None:
    old = unicodedata.ucd_3_2_0  # what was there in 2002 is in every table
    letters = [sign for sign in SIGNS if old.category(sign)[0] in "LNPS" and category(sign)[0] in "LNPS"]
    assert len(letters) > 40_000
    assert set(letters) - seen(db, letters) == FILLERS


def test_no_mark_space_control_or_private_sign_is_seen(db: psycopg.Connection[DictRow]) -> None:
    others = [sign for sign in SIGNS if category(sign)[0] in "MZ" or category(sign) in ("Cc", "Cf", "Co")]
    assert len(others) > 7000
    assert seen(db, others) == set()


def test_what_stands_in_the_planes_above_is_seen_but_for_tags_and_private_signs(
    db: psycopg.Connection[DictRow],
) -> None:
    above = [chr(code) for code in range(0x10000, sys.maxunicode, 0x101)]
    assert set(above) - seen(db, above) == {sign for sign in above if ord(sign) >= 0xE0000}
