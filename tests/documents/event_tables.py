"""The tables of docs/reference/events.md, as rows."""

from tests import ROOT

DOCUMENT = ROOT / "docs" / "reference" / "events.md"


def table(title: str) -> list[dict[str, str]]:
    """The rows of the table below a heading, by the names of its columns."""
    section = DOCUMENT.read_text().partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]
    names, rows = lines[0], lines[2:]
    assert all(len(row) == len(names) for row in rows), title
    return [dict(zip(names, row, strict=True)) for row in rows]
