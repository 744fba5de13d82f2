"""Random histories of students, one operation after the other, each compared with what the model says of it."""

import os
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.races.model import Model
from tests.races.operations import (
    CALLS,
    DELIVER,
    PROGRAMS,
    Delivery,
    Pick,
    Subjects,
    call,
    pick_arguments,
    pick_completion,
    pick_delivery,
)

SOAK_SECONDS = 60 * float(os.environ.get("HANDOFF_SOAK", 0))
SHORT = settings(
    max_examples=100, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
LONG = settings(SHORT, max_examples=500, stateful_step_count=60)
NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PAUSE = timedelta(hours=2)  # between two operations
# Too old, at the start, an hour later, too far ahead.
TIMES = [time.isoformat() for time in (NOON - 3 * DAY, NOON, NOON + DAY / 24, NOON + 40 * DAY)]
STATE = """
select e.id, e.status, array_agg(s.id order by s.sequence_order), array_agg(s.status order by s.sequence_order)
from handoff.enrollments as e
left join handoff.enrollment_steps as s on s.enrollment_id = e.id
group by e.id
"""
OUTCOMES = """
select e.partner_slug, e.event_key, e.repetition, e.receipt, e.status || ':' || e.reason
from handoff.partner_events as e
"""
VIOLATIONS = "select v.invariant, v.detail from test.violations() as v"


class Machine(RuleBasedStateMachine):
    """One history in one transaction, which is rolled back; each operation has a savepoint of its own."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        super().__init__()
        self.connection = connection
        connection.execute("begin")
        self.now = NOON
        self._set_clock()
        students = [self._one("select test.student(%s)", [f"{name}@test.example"]) for name in ("ann", "ben")]
        self.model, self.subjects = Model(students, self.now), Subjects(students, ["account-1", "account-2"])

    def teardown(self) -> None:
        self.connection.execute("rollback")

    @initialize(data=st.data())
    def two_enroll(self, data: st.DataObject) -> None:
        for student in self.subjects.students:
            self._act("enroll", [student, data.draw(st.sampled_from(PROGRAMS)), False])

    @rule(data=st.data())
    def deliver(self, data: st.DataObject) -> None:
        self._deliver(*pick_delivery(self._pick(data), self.subjects, TIMES))

    @rule(data=st.data())
    def deliver_what_fits(self, data: st.DataObject) -> None:
        steps = [(e.student, step) for e in self.model.enrollments if e.status != "withdrawn" for step in e.steps]
        if steps:
            student, step = data.draw(st.sampled_from(steps))
            self._deliver(*pick_completion(self._pick(data), self.subjects, student, step.partner, step.course, TIMES))

    @rule(data=st.data(), name=st.sampled_from(["enroll", "generate", "advance", "approve", "withdraw"]))
    def act_on_an_enrollment(self, data: st.DataObject, name: str) -> None:
        self._act(name, pick_arguments(name, self._pick(data), self.subjects))

    @rule(data=st.data(), name=st.sampled_from(["hold", "resume"]))
    def interrupt(self, data: st.DataObject, name: str) -> None:
        self._act(name, pick_arguments(name, self._pick(data), self.subjects))

    @rule(data=st.data(), name=st.sampled_from(["mark", "skip", "fail", "reopen"]))
    def act_on_a_step(self, data: st.DataObject, name: str) -> None:
        self._act(name, pick_arguments(name, self._pick(data), self.subjects))

    @rule(data=st.data(), name=st.sampled_from(["replay", "assign", "replay_many"]))
    def act_on_an_event(self, data: st.DataObject, name: str) -> None:
        self._act(name, pick_arguments(name, self._pick(data), self.subjects))

    @rule(data=st.data(), name=st.sampled_from(["link", "edit_program", "toggle_partner"]))
    def configure(self, data: st.DataObject, name: str) -> None:
        self._act(name, pick_arguments(name, self._pick(data), self.subjects))

    def _act(self, name: str, arguments: list[Any] | None) -> None:
        if arguments is None:
            return
        self._tick()
        returned = call(self.connection, CALLS[name][0], arguments)
        expected = getattr(self.model, name)(*arguments)
        if name == "enroll" and expected is None:
            self.model.enrollments[-1].id = expected = returned
        self._compare(name, expected, returned)

    def _deliver(self, key: str, delivery: Delivery) -> None:
        self._tick()
        _, outcome = call(self.connection, DELIVER, [delivery.partner, key, delivery.body()])
        self._compare("deliver", self.model.deliver(key, delivery), outcome)

    def _compare(self, name: str, expected: Any, returned: Any) -> None:
        assert returned in expected if isinstance(expected, set) else returned == expected, (name, expected, returned)
        stored = {row[0]: row for row in self.connection.execute(STATE)}
        for enrollment in self.model.enrollments:
            _, status, ids, statuses = stored.pop(enrollment.id)
            assert status == enrollment.status, name
            assert [step.status for step in enrollment.steps] == [status for status in statuses if status], name
            for step, step_id in zip(enrollment.steps, ids, strict=False):
                step.id = step_id
        assert not stored
        outcomes = {row[:3]: row[3:] for row in self.connection.execute(OUTCOMES)}
        assert outcomes.keys() == self.model.events.keys()
        for key, event in self.model.events.items():
            event.receipt, outcome = outcomes[key]
            assert outcome in event.outcomes, (name, key, event.outcomes, outcome)
            event.outcomes = {outcome}
            event.first = event.first or outcome
        assert self.connection.execute(VIOLATIONS).fetchall() == []
        # Thrice those with which something can still be done.
        enrollments = [
            e for e in self.model.enrollments for _ in range(1 if e.status in ("completed", "withdrawn") else 3)
        ]
        events = [e for e in self.model.events.values() for _ in range(3 if e.outcome.startswith("parked") else 1)]
        self.subjects.enrollments = [enrollment.id for enrollment in enrollments if enrollment.id]
        self.subjects.steps = [step.id for enrollment in enrollments for step in enrollment.steps if step.id]
        self.subjects.receipts = [event.receipt for event in events if event.receipt]

    def _pick(self, data: st.DataObject) -> Pick:
        return lambda choices: data.draw(st.sampled_from(choices))

    def _tick(self) -> None:
        self.now += PAUSE
        self._set_clock()
        self.model.now = self.now

    def _set_clock(self) -> None:
        self.connection.execute("select set_config('test.now', %s, true)", [self.now.isoformat()])

    def _one(self, statement: str, arguments: list[Any]) -> Any:
        row = self.connection.execute(statement, arguments).fetchone()
        return row[0] if row else None
