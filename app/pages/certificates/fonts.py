"""The fonts in which certificates are set: text fonts that the project installs, for the scripts of people's names."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import manimgx_fonts
import manimgx_fonts_cjk
import typst

FOLDERS = [Path(str(package.__file__)).parent for package in (manimgx_fonts, manimgx_fonts_cjk)]
HAN, HAN_IN_JAPANESE = "Noto Sans CJK SC", "Noto Sans CJK JP"
NOTO = ("Noto Sans", "Noto Serif")  # some scripts, such as that of Tibet, have Serif alone
KANA = range(0x3041, 0x3100)
# What shows nothing, or turns round what stands beside it: names were stored with such signs before they were refused.
UNSEEN = dict.fromkeys([0xAD, 0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


@cache
def fonts(*, system_fonts: bool) -> typst.Fonts:
    """The installed fonts, with those of this machine where they are asked for."""
    return typst.Fonts(include_system_fonts=system_fonts, font_paths=[str(folder) for folder in FOLDERS])


def families(text: str, *, system_fonts: bool) -> list[str]:
    """The families for this text, first choice first. None is for mathematics, and none is monospaced."""
    noto = [family for family in fonts(system_fonts=system_fonts).families() if family.startswith(NOTO)]
    scripts = sorted(family for family in noto if " CJK " not in family and " Mono" not in family)  # Sans before Serif
    japanese = any(ord(sign) in KANA for sign in text)
    return ["Libertinus Serif", *scripts, HAN_IN_JAPANESE if japanese else HAN, "Noto Emoji"]


def seen(text: str) -> str:
    """The text without signs that show nothing."""
    return text.translate(UNSEEN)


def without_missing_signs(text: str, has_fonts: Callable[[str], bool]) -> str:
    """The text without the signs that no font has."""
    missing = _missing(sorted(set(text)), has_fonts)
    return " ".join("".join(sign for sign in text if sign not in missing).split())


def _missing(signs: list[str], has_fonts: Callable[[str], bool]) -> set[str]:
    """Asked by halves: most names lack one sign at most."""
    if not signs or has_fonts(" ".join(signs)):
        return set()
    if len(signs) == 1:
        return set(signs)
    half = len(signs) // 2
    return _missing(signs[:half], has_fonts) | _missing(signs[half:], has_fonts)
