"""docs/operate/settings.md lists every variable that is read, with its real default."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from app.settings import Settings
from tests import FOR_TESTS, ROOT

DOCUMENT = ROOT / "docs" / "operate" / "settings.md"


def documented(heading: str) -> dict[str, list[str]]:
    """The rows of the table under a heading: the other cells by the setting's name."""
    section = DOCUMENT.read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([A-Z_<>]+)` \|(.*)\|$", section, re.MULTILINE)
    return {name: [cell.strip() for cell in cells.split("|")] for name, cells in rows}


def test_the_documents_list_every_setting_of_the_web_application_and_no_other() -> None:
    source = "".join((ROOT / "app" / name).read_text() for name in ("settings.py", "setting_values.py"))
    names = set(re.findall(r'"([A-Z]+(?:_[A-Z]+)*)"', source)) | {
        "PARTNER_WEBHOOK_SECRET_<SLUG>",
        "PARTNER_RETIRED_SECRET_<SLUG>",
        "PARTNER_OUTGOING_SECRET_<SLUG>",
    }
    assert set(documented("The web application")) == names


def test_the_documents_list_every_other_variable_that_is_read() -> None:
    read_elsewhere = set()
    for folder in ("app", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            read_elsewhere |= set(re.findall(r'environ(?:\.get\(|\[)"([A-Z_]+)"', path.read_text()))
    listed = set(documented("The web application")) | set(documented("Development and tests"))
    assert read_elsewhere <= listed


def test_what_is_for_tests_is_kept_from_them_by_nothing() -> None:
    """Tests forget the settings of whoever runs them; what is forgotten of these was set in vain."""
    assert {name for name in documented("Development and tests") if name.startswith("HANDOFF_")} == set(FOR_TESTS)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOST", lambda: Settings.from_environ({}).host),
        ("PORT", lambda: str(Settings.from_environ({}).port)),
        ("BASE_URL", lambda: Settings.from_environ({}).base_url.replace("8000", "<PORT>")),
    ],
)
def test_the_documented_defaults_are_the_real_ones(name: str, value: Callable[[], str]) -> None:
    assert documented("The web application")[name][-1] == f"`{value()}`"
