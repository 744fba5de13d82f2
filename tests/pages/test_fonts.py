"""Names in scripts for which no font comes with the project."""

from __future__ import annotations

import pytest

from app.pages.certificates import fonts
from tests.pages.papers import pdf_of, words_of

TIBETAN, CHEROKEE = "བསྟན་འཛིན", "ᏣᎳᎩ"


class Machine:
    """Fonts of a machine with fonts-noto-core."""

    def families(self) -> list[str]:
        """See typst.Fonts."""
        return ["DejaVu Sans", "Noto Serif Tibetan", "Noto Sans Mono", "Noto Sans Cherokee", "Noto Serif CJK JP"]


def test_every_noto_font_of_the_machine_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "fonts", lambda *, system_fonts: Machine())
    asked = fonts.families(TIBETAN, system_fonts=True)
    assert asked[1:3] == ["Noto Sans Cherokee", "Noto Serif Tibetan"]
    assert "Noto Sans Mono" not in asked and "Noto Serif CJK JP" not in asked


@pytest.mark.parametrize("script", [TIBETAN, CHEROKEE, "𠀀"])
def test_what_has_a_font_in_a_name_is_printed_whatever_stands_beside_it(
    script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = fonts.fonts(system_fonts=False)  # as on a machine without any
    monkeypatch.setattr(fonts, "fonts", lambda *, system_fonts: own)
    monkeypatch.setattr("app.pages.certificates.pdf.fonts", lambda *, system_fonts: own)
    assert "This certifies that Mary Ann has completed" in words_of(pdf_of(student_name=f"Mary {script} Ann"))
    assert "The person named on the verification page" in words_of(pdf_of(student_name=script))
