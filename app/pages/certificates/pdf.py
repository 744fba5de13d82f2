"""The certificate as PDF."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import segno
import typst

from app.pages.certificates.fonts import families, fonts, seen, without_missing_signs
from app.pages.formats import day

TEMPLATE = Path(__file__).with_name("certificate.typ").read_bytes()
PROBE = b"""
#let d = json(bytes(sys.inputs.data))
#set document(title: "probe", date: datetime(year: 2000, month: 1, day: 1))
#set text(font: d.fonts.map(lower), fallback: false)
#d.text
"""
FONTS_OF_THE_MACHINE = (False, True)  # asked only when ours lack a sign

log = logging.getLogger("handoff.certificates")


def certificate_pdf(row: Mapping[str, Any], verify_url: str) -> bytes:
    """The PDF of a row of certificate_details(); the same row gives the same bytes.

    A sign that no font on this machine has is left out. Text of which no letter would be left is replaced by a
    reference to the verification page.
    """
    issued = row["issued_at"].astimezone(UTC)
    data = {
        "number": row["number"],
        "student": seen(row["student_name"]),
        "program": seen(row["program_name"]),
        "completed": day(row["completed_at"]),
        "issued": day(issued),
        "issued_parts": [issued.year, issued.month, issued.day],
        "partners": [
            {"name": seen(part["partner"]), "completed": day(datetime.fromisoformat(part["completed_at"]))}
            for part in row["partners"]
        ],
        "verify_url": verify_url,
        "qr": segno.make_qr(verify_url, error="m").svg_inline(border=0),
    }
    for system_fonts in FONTS_OF_THE_MACHINE:
        try:
            return _compile(TEMPLATE, data, system_fonts=system_fonts)
        except typst.TypstError:
            continue
    log.warning("certificate %s: signs that no font on this machine has are left out", row["number"])
    data["student"] = _printable(data["student"], "The person named on the verification page")
    data["program"] = _printable(data["program"], "The program named on the verification page")
    for part in data["partners"]:
        part["name"] = _printable(part["name"], "A training partner")
    return _compile(TEMPLATE, data, system_fonts=True)


def _printable(text: str, instead: str) -> str:
    """The text without the signs that no font has; `instead` when no letter is left."""
    left = without_missing_signs(text, _has_fonts)
    return left if any(sign.isalnum() for sign in left) and _has_fonts(left) else instead


def _has_fonts(text: str) -> bool:
    try:
        _compile(PROBE, {"text": text}, system_fonts=True)
    except typst.TypstError:
        return False
    return True


def _compile(source: bytes, data: dict[str, Any], *, system_fonts: bool) -> bytes:
    """An archivable, accessible PDF. Text comes as JSON, so it is never read as markup. Raises typst.TypstError."""
    text = json.dumps(data, ensure_ascii=False)
    data = data | {"fonts": families(text, system_fonts=system_fonts)}
    return typst.compile(
        source,
        sys_inputs={"data": json.dumps(data)},
        font_paths=fonts(system_fonts=system_fonts),
        # Both refuse a sign that no font has, which would otherwise be printed as an empty box.
        pdf_standards=["a-2a", "ua-1"],
    )
