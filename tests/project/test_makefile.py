"""Every target of the Makefile can be made: nothing it needs is without a rule, and what it names is there."""

import re
import subprocess
from importlib.util import find_spec

import pytest

from tests import ROOT

MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = re.findall(r"^([a-z-]+):.*##", MAKEFILE, re.MULTILINE)
MODULES = re.findall(r"-m ((?:app|bench|tests)[\w.]*)", MAKEFILE)
PATHS = re.findall(r"\b(?:app|bench|db|docs|seeds|tests)/[\w./*-]+\w", MAKEFILE)


def test_there_are_targets() -> None:
    assert {"demo", "demo-check", "test", "lint", "bench", "migrate", "seed", "serve"} <= set(TARGETS)


@pytest.mark.parametrize("target", TARGETS)
def test_what_a_target_needs_has_a_rule(target: str) -> None:
    done = subprocess.run(["make", "-n", "-C", str(ROOT), target], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", sorted(set(MODULES)))
def test_a_module_that_is_run_is_there(name: str) -> None:
    assert find_spec(name)


@pytest.mark.parametrize("path", sorted(set(PATHS)))
def test_a_path_that_is_named_is_there(path: str) -> None:
    assert list(ROOT.glob(path))


def test_modules_and_paths_are_found() -> None:
    assert {"tests.tools.run", "tests.tools.fuzz", "app.serve", "bench.run"} <= set(MODULES)
    assert {"tests/races/test_state_machine.py", "db/migrations/*.sql"} <= set(PATHS)
