"""What is installed is what was tried: each file of requirements/ pins, with hashes, what pyproject.toml wants."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
WANTED: dict[str, list[str]] = (
    {"base": [], "all": [line for extra in EXTRAS.values() for line in extra]} | EXTRAS  # each has the base as well
)
PIN = re.compile(r"^([a-z0-9-]+)==([^ ]+) (?:; .*)?\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)
OWN = "postgresql://deployer@db.example/handoff"


def text(name: str) -> str:
    """A file of requirements/, without its comments."""
    return re.sub(r"^ *#.*\n", "", Path(ROOT / "requirements" / f"{name}.txt").read_text(), flags=re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    """The version of each package that a file pins."""
    return {package: version for package, version, _ in PIN.findall(text(name))}


def recipe(target: str, **variables: str) -> str:
    """What make would do, had it done nothing yet."""
    environ = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
    command = ["make", "-nB", "-C", str(ROOT), target]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environ | variables).stdout


@pytest.mark.parametrize("name", WANTED)
def test_all_that_is_wanted_is_pinned_within_its_bounds(name: str) -> None:
    wanted = [Requirement(line) for line in PROJECT["dependencies"] + WANTED[name]]
    pinned = pins(name)
    assert [str(one) for one in wanted if pinned.get(canonicalize_name(one.name), "0") not in one.specifier] == []


@pytest.mark.parametrize("name", WANTED)
def test_every_line_is_a_pin_with_its_hashes(name: str) -> None:
    assert PIN.sub("", text(name)) == ""


@pytest.mark.parametrize("name", WANTED)
def test_what_two_files_pin_is_the_same(name: str) -> None:
    assert pins(name).items() <= pins("all").items()


def test_no_other_file_is_there() -> None:
    assert {path.name for path in (ROOT / "requirements").iterdir()} == {f"{name}.txt" for name in WANTED}


@pytest.mark.parametrize("target", ["demo", "demo-check", "test", "lint", "bench", "migrate", "serve"])
def test_nothing_is_installed_without_a_hash(target: str) -> None:
    installs = [line for line in recipe(target).splitlines() if "pip install" in line]
    assert installs and all(re.search(r" --require-hashes -r requirements/[a-z]+\.txt$", line) for line in installs)


@pytest.mark.parametrize("target", ["migrate", "seed", "serve"])
def test_who_names_a_database_gets_no_postgresql(target: str) -> None:
    assert "embedded.txt" not in recipe(target, DATABASE_URL=OWN)
    assert "embedded.txt" in recipe(target)


def test_who_names_a_database_for_each_part_gets_no_postgresql() -> None:
    assert "embedded.txt" not in recipe("serve", PAGES_DATABASE_URL=OWN, WEBHOOK_DATABASE_URL=OWN)
