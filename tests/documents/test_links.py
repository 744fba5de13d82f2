"""The documents name files that are there."""

import re
from pathlib import Path

import pytest

from tests import ROOT

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
NAMED = re.compile(r"`([\w./-]+\.(?:sql|py|md|csv|txt))`")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(document: Path) -> None:
    targets = [target for target in LINK.findall(document.read_text()) if "://" not in target]
    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_is_named_exists(document: Path) -> None:
    rooms = [ROOT, ROOT / "db" / "tests", ROOT / "tests", ROOT / "db", ROOT / "docs"]
    names = NAMED.findall(document.read_text())
    assert [name for name in names if not any((room / name).exists() for room in rooms)] == []
