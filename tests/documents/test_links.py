"""Documents name files and headings that are there, sources name documents that are there, the index names them all."""

import re
from pathlib import Path

import pytest

from tests import ROOT

DOCS = ROOT / "docs"
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md")), ROOT / "tests" / "README.md"]
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)")
NAMED = re.compile(r"`([\w./-]+\.(?:sql|py|md|csv|txt|yaml|html|css))`")
IN_SOURCE = re.compile(r"\bdocs/[\w/.-]+\.(?:md|yaml)\b")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


def links(document: Path) -> list[tuple[Path, str]]:
    """(file, anchor) of every link of a document to a file of ours; a link without a file means the document itself."""
    found = LINK.findall(CODE.sub("", document.read_text()))
    return [(document.parent / target if target else document, anchor) for target, anchor in found if ":" not in target]


def anchors(document: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    headings = HEADING.findall(CODE.sub("", document.read_text()))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@each_document
def test_every_link_leads_to_a_file(document: Path) -> None:
    assert [str(target) for target, _ in links(document) if not target.exists()] == []


@each_document
def test_every_anchor_is_a_heading(document: Path) -> None:
    named = [(target, anchor) for target, anchor in links(document) if anchor and target.suffix == ".md"]
    assert [f"{target}#{anchor}" for target, anchor in named if anchor not in anchors(target)] == []


@each_document
def test_every_file_that_is_named_exists(document: Path) -> None:
    rooms = [ROOT, ROOT / "db" / "tests", ROOT / "tests", ROOT / "db", DOCS]
    names = NAMED.findall(document.read_text())
    assert [name for name in names if not any((room / name).exists() for room in rooms)] == []


def test_the_index_names_every_document() -> None:
    listed = {target.resolve() for target, _ in links(DOCS / "README.md")}
    documents = {path for path in DOCS.rglob("*") if path.suffix in (".md", ".yaml")} - {DOCS / "README.md"}
    assert sorted(documents - listed) == []


def test_every_document_that_a_source_names_exists() -> None:
    """Applied migrations are never edited, so they may name a document by the place that it had then."""
    sources = [ROOT / "Makefile", ROOT / "pyproject.toml"]
    for room in ("app", "bench", "db/functions", "db/policies", "db/tests", "seeds", "tests"):
        sources += [path for path in (ROOT / room).rglob("*") if path.suffix in (".py", ".sql", ".html", ".spec")]
    dumps = ROOT / "tests" / "deploy" / "landed"
    named = {
        (str(source.relative_to(ROOT)), name)
        for source in sources
        if dumps not in source.parents
        for name in IN_SOURCE.findall(source.read_text())
    }
    assert sorted((source, name) for source, name in named if not (ROOT / name).exists()) == []
