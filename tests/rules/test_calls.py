"""How many of our functions one event calls: a body is read once, a student is found and locked once."""

from __future__ import annotations

import pytest

from bench import calls

MOST = {
    "plain completion": 10,
    "the same again": 8,
    "unknown student, parked": 12,
    "replay, still on hold": 15,
    "assign, completes": 22,
}
OUTCOMES = {
    "plain completion": "accepted:completed",
    "the same again": "duplicate:accepted:completed",
    "unknown student, parked": "parked:unknown_student",
    "early completion": "accepted:completed_early",
    "link, one event waits": "1",
    "replay, still on hold": "parked:on_hold",
    "assign, completes": "accepted:completed",
}
ONCE = ("read_event", "parse_body", "lock_enrollments_of", "apply_event", "decide_event", "store_event")


@pytest.fixture
def counts(db_url: str) -> dict[str, calls.Count]:
    """What each kind of event needed."""
    return dict(calls.measure(db_url))


def test_an_event_calls_few_functions_and_none_that_reads_or_locks_twice(counts: dict[str, calls.Count]) -> None:
    assert {kind: count.outcome for kind, count in counts.items()} == OUTCOMES
    assert {kind: counts[kind].calls for kind in MOST if counts[kind].calls > MOST[kind]} == {}
    twice = {kind: [name for name in ONCE if count.functions.get(name, 0) > 1] for kind, count in counts.items()}
    assert not any(twice.values()), twice
