"""The worker's time comes from one place, so that a simulation can move it, and production has nothing to set."""

from __future__ import annotations

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.worker.clock import Clock
from app.worker.delivery import outcome_of
from app.worker.outgoing.post import Answer
from tests import ROOT

WORKER = ROOT / "app" / "worker"
# What the network takes is real time, whatever the clock says; a mail has its date from where it is made.
ELSEWHERE = {"clock.py", "outgoing/deadline.py", "mail.py"}
CLOCKS = {"time.time", "time.monotonic", "time.sleep", "datetime.now", "datetime.utcnow", "formatdate"}


def clocks_of(source: str) -> set[str]:
    """Which clocks a source reads."""
    called = (ast.unparse(node.func) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return {name for name in called if name in CLOCKS}


def test_a_clock_that_is_read_is_seen() -> None:
    source = "def f():\n    return time.time() - datetime.now(UTC).timestamp()"
    assert clocks_of(source) == {"time.time", "datetime.now"}


@pytest.mark.parametrize("path", sorted(WORKER.rglob("*.py")), ids=lambda path: str(path.relative_to(WORKER)))
def test_no_other_module_of_the_worker_reads_a_clock(path: Path) -> None:
    if str(path.relative_to(WORKER)) not in ELSEWHERE:
        assert clocks_of(path.read_text("utf-8")) == set()


def test_nothing_but_a_simulation_makes_another_clock() -> None:
    made = [
        path.relative_to(ROOT / "app").parts[0]
        for path in (ROOT / "app").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and "Clock" in [ast.unparse(base) for base in node.bases]
    ]
    assert set(made) <= {"play"}


def test_it_is_the_real_time() -> None:
    assert abs(Clock().now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_date_in_an_answer_is_seen_from_when_it_came() -> None:
    """The clock's time, not that of the machine: in a simulation the two differ."""
    came = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
    answer = Answer(503, {"retry-after": "Tue, 06 May 2031 07:18:00 GMT"}, b"", True)
    assert outcome_of(answer, came).retry_after == timedelta(minutes=10)
