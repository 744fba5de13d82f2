"""Every target of the Makefile can be made: nothing it needs is without a rule."""

import re
import subprocess

import pytest

from tests import ROOT

TARGETS = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_there_are_targets() -> None:
    assert {"demo", "demo-check", "test", "lint", "bench", "migrate", "seed", "serve"} <= set(TARGETS)


@pytest.mark.parametrize("target", TARGETS)
def test_what_a_target_needs_has_a_rule(target: str) -> None:
    done = subprocess.run(["make", "-n", "-C", str(ROOT), target], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
