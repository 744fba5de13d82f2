"""docs/reference/commands.md names every target of the Makefile, every command of the application, every script."""

from __future__ import annotations

import re

import click
import pytest

from app import create_app
from app.play.days.command import simulate_days
from app.play.simulation.command import simulate
from app.settings import Settings
from tests import ROOT
from tests.world.server import SECRET_KEY

TEXT = (ROOT / "docs" / "reference" / "commands.md").read_text()


def rows(heading: str) -> dict[str, str]:
    """Each row of the table below a heading, by what stands first in it."""
    section = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return {row[1]: row[0] for row in re.finditer(r"^\| `([^`]+)` \|.*$", section, re.MULTILINE) if row[1][0] != "."}


def test_every_target_of_the_makefile() -> None:
    targets = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert sorted(rows("make")) == sorted(f"make {target}" for target in targets)


@pytest.mark.parametrize(
    ("heading", "commands"),
    [
        ("flask", create_app(Settings(secret_key=SECRET_KEY)).cli.commands),
        ("Playing", {"simulate": simulate, "simulate-days": simulate_days}),
    ],
)
def test_every_command_with_its_options(heading: str, commands: dict[str, click.Command]) -> None:
    told = {usage.split()[0]: row for usage, row in rows(heading).items()}
    assert sorted(told) == sorted(commands)
    for name, row in told.items():
        options = {option for parameter in commands[name].params for option in parameter.opts if option[:2] == "--"}
        assert set(re.findall(r"--[a-z][a-z-]*", row)) - {"--help"} <= options, name


def test_every_script_for_psql() -> None:
    assert sorted(rows("psql")) == sorted(f"seeds/{path.name}" for path in (ROOT / "seeds").glob("*.sql"))
