"""docs/reference/events.md is the specification: its tables are read here and played against the database."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from flask import Flask
from psycopg.rows import DictRow

from app.webhooks import receive as webhooks
from tests.documents.event_case import ACTS, Case
from tests.documents.event_situations import SITUATIONS
from tests.documents.event_tables import table

ENROLLMENTS = ("active", "on_hold", "completed", "withdrawn")
STEPS = ("in_progress", "pending", "failed", "completed", "skipped")
DONE = ("completed", "skipped")
# What each column means, as an event of certiport; it has no progress, so the test gives it a row.
EVENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "completes": ("exam.completed", {"passed": True}),
    "not passed": ("exam.completed", {"passed": False}),
    "progress": ("lesson.completed", {"lesson_id": "one"}),
    "evidence": ("certification.issued", {}),
    "acknowledgement": ("enrollment.created", {}),
}


def by_state() -> Iterator[tuple[str, str, dict[str, str]]]:
    """(enrollment, step, outcome by event): every state that the second table names, lists taken apart."""
    for row in table("By the state of the step"):
        outcomes = {event: row[event] for event in EVENTS}
        for enrollment, step in itertools.product(row["enrollment"].split(", "), row["step"].split(", ")):
            yield enrollment, step, outcomes


@pytest.fixture
def case(db: psycopg.Connection[DictRow]) -> Case:
    """John, in a configured database."""
    return Case(db)


# The states of the second table.


def enrollment_in(case: Case, enrollment: str, step: str) -> UUID | None:
    """Brings certiport's step, the second of three, and its enrollment to these states; its id, if it has one."""
    if enrollment == "pending":
        case.value("update handoff.programs set requires_approval = true where slug = 'medical-assistant'")
        case.enroll("medical-assistant")
        return None
    whole = case.enroll("medical-assistant")
    ours = case.step(whole, 2)
    if step != "pending":
        case.send("hsi", "course.completed")
    if step == "failed":
        case.act("fail_step", ours)
    elif step == "completed":
        case.exam()
    elif step == "skipped":
        case.act("skip_step", ours)
    if enrollment == "completed":
        case.send("careersafe", "training.completed")
    elif enrollment != "active":
        case.act({"on_hold": "hold_enrollment", "withdrawn": "withdraw_enrollment"}[enrollment], whole)
    assert case.status(ours) == step
    assert case.value("select e.status from handoff.enrollments as e where e.id = %s", whole) == enrollment
    return ours


def test_every_state_has_its_row_and_only_one() -> None:
    possible = [(enrollment, step) for enrollment in ENROLLMENTS for step in STEPS]
    possible = [(enrollment, step) for enrollment, step in possible if enrollment != "completed" or step in DONE]
    assert sorted((enrollment, step) for enrollment, step, _ in by_state()) == sorted(
        [*possible, ("pending", "none yet")]
    )


@pytest.mark.parametrize(
    ("enrollment", "step", "outcomes"),
    [pytest.param(*state, id=f"{state[0]}, {state[1]}") for state in by_state()],
)
def test_what_an_event_does_in_each_state(case: Case, enrollment: str, step: str, outcomes: dict[str, str]) -> None:
    case.value(
        "insert into handoff.partner_event_types (partner_slug, event_type, meaning, item_field)"
        " values ('certiport', 'lesson.completed', 'progress', 'lesson_id')"
    )
    ours = enrollment_in(case, enrollment, step)
    for column, outcome in outcomes.items():
        event, fields = EVENTS[column]
        with case.db.transaction(force_rollback=True):
            assert (column, case.send("certiport", event, **fields)) == (column, outcome)
            if ours:
                completed = outcome in ("accepted:completed", "accepted:completed_early")
                assert (column, case.status(ours)) == (column, "completed" if completed else step)


# The third table.


@pytest.mark.parametrize(
    "row", table("By what else there is"), ids=lambda row: f"{row['what there is']}: {row['the event']}"
)
def test_what_an_event_does_with_what_else_there_is(case: Case, row: dict[str, str]) -> None:
    assert SITUATIONS[row["what there is"], row["the event"]](case) == row["outcome"]
    if row["and then"]:
        acts, _, outcome = row["and then"].partition(": ")
        for act in acts.split(", "):
            assert case.outcome() != outcome
            ACTS[act](case)
        assert case.outcome() == outcome


def test_every_situation_is_in_the_document() -> None:
    rows = [(row["what there is"], row["the event"]) for row in table("By what else there is")]
    assert sorted(rows) == sorted(SITUATIONS)


# The first table.


def test_the_outcomes_are_those_that_the_inbox_can_hold(db: psycopg.Connection[DictRow]) -> None:
    row = db.execute(
        "select pg_get_constraintdef(c.oid) as rule from pg_catalog.pg_constraint as c"
        " where c.conname = 'partner_events_outcome_known'"
    ).fetchone()
    assert row
    known = set()
    for status, rest in re.findall(r"WHEN '(\w+)'::text THEN (.*?)(?=WHEN|ELSE)", row["rule"], re.DOTALL):
        known |= {(status, reason) for reason in re.findall(r"'(\w+)'::text", rest)}
    rows = [(row["status"], row["reason"]) for row in table("Outcomes")]
    assert sorted(rows) == sorted([*known, ("conflict", "key_reused")])


@pytest.mark.parametrize("row", table("Outcomes"), ids=lambda row: f"{row['status']}:{row['reason']}")
def test_the_answers_have_the_status_of_the_document(row: dict[str, str]) -> None:
    with Flask(__name__).app_context():
        assert webhooks._answer(row["status"], row["reason"], str(uuid4())).status_code == int(row["HTTP"])
