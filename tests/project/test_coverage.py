"""What `make coverage` fails for: a statement that is not run and has no reason, and a reason without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools import coverage
from tests.tools.profiler import Profile, Statement

RUN, NOT_RUN = Statement("handoff.example", 1), Statement("handoff.example", 2)
PROFILE = Profile({RUN: (3, "return 1;"), NOT_RUN: (4, "return 2;")}, {RUN})


@pytest.mark.parametrize(
    ("allowed", "fails"),
    [
        ("# Nothing.\n", True),
        ("handoff.example: return 2; -- never comes\n", False),
        ("handoff.example: return 2; -- never comes\nhandoff.example: return 1; -- is run\n", True),
        ("handoff.example: return 2; -- never comes\nhandoff.gone: return 2; -- is not there\n", True),
        ("handoff.other: return 2; -- is of another\n", True),
        ("handoff.example: return 2; -- \n", True),
    ],
)
def test_only_what_is_not_run_may_stay_so_and_has_a_reason(
    allowed: str, fails: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "allowed.txt"
    path.write_text(allowed)
    monkeypatch.setattr(coverage, "ALLOWED", path)
    assert coverage.leaves_unrun(PROFILE) is fails
