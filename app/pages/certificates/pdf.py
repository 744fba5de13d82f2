"""The certificate as PDF."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst

from app.pages.certificates.fonts import families, fonts, seen, without_missing_signs
from app.pages.formats import day
from app.pages.school import School
from app.pages.zones import zone

TEMPLATE = Path(__file__).with_name("certificate.typ").read_bytes()
PROBE = b"""
#let d = json(bytes(sys.inputs.data))
#set document(title: "probe", date: datetime(year: 2000, month: 1, day: 1))
#set text(font: d.fonts.map(lower), fallback: false)
#d.text
"""
LOGO_PROBE = b"""
#let logo = json(bytes(sys.inputs.logo))
#set document(title: "probe", date: datetime(year: 2000, month: 1, day: 1))
#image(bytes(logo.bytes), format: logo.format, alt: "probe")
"""
NAME_ERASED = "(name erased)"
ENDED = {"revoked_at": "Revoked", "replaced_at": "Replaced"}
FONTS_OF_THE_MACHINE = (False, True)  # asked only when ours lack a sign

Logo = dict[str, Any]  # bytes as numbers, and the format as typst names it

log = logging.getLogger("handoff.certificates")


def certificate_pdf(row: Mapping[str, Any], verify_url: str, school: School) -> bytes:
    """The PDF of a row of certificate_details() on the school's paper; the same row and school give the same bytes.

    A sign that no font on this machine has is left out. Text of which no letter would be left is replaced by a
    reference to the verification page.
    """
    of = zone(row["time_zone"])
    issued = row["issued_at"].astimezone(of)
    data = {
        "number": row["number"],
        "student": seen(row["student_name"] or NAME_ERASED),
        "program": seen(row["program_name"]),
        "completed": day(row["completed_at"], of),
        "issued": day(issued, of),
        "issued_parts": [issued.year, issued.month, issued.day],
        "ended": [f"{word} on {day(row[at], of)}" for at, word in ENDED.items() if row[at]],
        "partners": [
            {"name": seen(part["partner"]), "completed": day(datetime.fromisoformat(part["completed_at"]), of)}
            for part in row["partners"]
        ],
        "school": [seen(text) for text in (row["school_name"], row["school_address"]) if text],
        "signatory": [seen(line) for line in (row["signatory"] or "").splitlines()],
        "paper": school.paper,
        "verify_url": verify_url,
        "qr": segno.make_qr(verify_url, error="m").svg_inline(border=0),
    }
    logo = _usable_logo(school)
    for system_fonts in FONTS_OF_THE_MACHINE:
        try:
            return _compile(TEMPLATE, data, system_fonts=system_fonts, logo=logo)
        except typst.TypstError:
            continue
    log.warning("certificate %s: signs that no font on this machine has are left out", row["number"])
    data["student"] = _printable(data["student"], "The person named on the verification page")
    data["program"] = _printable(data["program"], "The program named on the verification page")
    for part in data["partners"]:
        part["name"] = _printable(part["name"], "A training partner")
    data["school"] = [_printable(text, "The school named on the verification page") for text in data["school"]]
    data["signatory"] = [_printable(line, "") for line in data["signatory"]]
    return _compile(TEMPLATE, data, system_fonts=True, logo=logo)


@lru_cache(maxsize=2)
def _usable_logo(school: School) -> Logo | None:
    """The logo; None without one, and for one that is no picture after all."""
    if school.logo is None:
        return None
    logo: Logo = {"bytes": list(school.logo), "format": "jpg" if school.logo_type == "image/jpeg" else "png"}
    try:
        _compile(LOGO_PROBE, {}, system_fonts=False, logo=logo)
    except typst.TypstError:
        log.warning("the school's logo can't be read as a picture: certificates are printed without it")
        return None
    return logo


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


def _compile(source: bytes, data: dict[str, Any], *, system_fonts: bool, logo: Logo | None = None) -> bytes:
    """An archivable, accessible PDF. Text comes as JSON, so it is never read as markup. Raises typst.TypstError."""
    text = json.dumps(data, ensure_ascii=False)
    data = data | {"fonts": families(text, system_fonts=system_fonts)}
    return typst.compile(
        source,
        sys_inputs={"data": json.dumps(data), "logo": json.dumps(logo)},
        font_paths=fonts(system_fonts=system_fonts),
        # Both refuse a sign that no font has, which would otherwise be printed as an empty box.
        pdf_standards=["a-2a", "ua-1"],
    )
