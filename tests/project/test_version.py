"""Who we say that we are is who we are."""

from __future__ import annotations

import re
import tomllib

from app.version import VERSION
from tests import ROOT


def test_the_version_is_the_one_of_the_project_and_in_the_changelog() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION
    assert VERSION in re.findall(r"^## (\S+)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
