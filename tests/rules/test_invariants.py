"""test.violations() sees what it is there to see: for each invariant, a database in which it is broken by hand."""

import re
from typing import Any

import psycopg
import pytest

from tests.world.setup_sql import load

# Three students: one with a completed step, one certified, one on hold with an event that waits; and an event of
# somebody unknown.
GIVEN = """
create table test.given as
select
  test.enroll('medical-assistant', 'ann@test.example') as ann,
  test.enroll('cna', 'ben@test.example') as ben,
  test.enroll('cna', 'cat@test.example') as cat;
select
  test.send('hsi', 'course.completed', test.student('ann@test.example'), '{}', 'done'),
  test.send('hsi', 'course.completed', test.student('ben@test.example'), '{}', 'first'),
  test.send('certiport', 'exam.completed', test.student('ben@test.example'), '{"passed": true}', 'last'),
  handoff.hold_enrollment((select cat from test.given), 'a break'),
  test.send('hsi', 'course.completed', test.student('cat@test.example'), '{}', 'waiting'),
  test.send('hsi', 'course.completed', null, '{"student_id": "nobody"}', 'unknown'),
  test.send('hsi', 'certificate.issued', test.student('ann@test.example'), '{}', 'evidence');
"""
STEP = (
    "update handoff.enrollment_steps as s set {} from test.given as g"
    " where s.enrollment_id = g.{} and s.sequence_order = {}"
)
ENROLLMENT = "update handoff.enrollments as e set {} from test.given as g where e.id = g.{}"
EVENT = "update handoff.partner_events set {} where event_key = '{}'"
UNGUARDED = "alter table handoff.certificates disable trigger append_only"
BROKEN = {
    "no pending step stands before the current one": (
        STEP.format("status = 'pending', started_at = null", "ann", 2),
        STEP.format("status = 'in_progress', started_at = now()", "ann", 3),
    ),
    "at most one step is in progress": (
        "drop index handoff.enrollment_steps_one_in_progress",
        STEP.format("status = 'in_progress', started_at = now()", "ann", 3),
    ),
    "a failed step is the only current one": (
        STEP.format("status = 'failed'", "ann", 2),
        STEP.format("status = 'in_progress', started_at = now()", "ann", 3),
    ),
    "a running enrollment has a step in progress or a failed one": (
        STEP.format("status = 'pending', started_at = null", "ann", 2),
    ),
    "an enrollment that awaits approval has no steps": (
        ENROLLMENT.format("status = 'pending', activated_at = null", "ann"),
    ),
    "an enrollment is completed when its steps are done, and only then": (
        ENROLLMENT.format("status = 'active', completed_at = null", "ben"),
    ),
    "a completed enrollment has a certificate, and no other has a valid one": (
        UNGUARDED,
        "delete from handoff.certificates",
    ),
    "a valid certificate lists the completed steps": (
        UNGUARDED,
        "update handoff.certificates set partners = partners - 0",
    ),
    "a certificate was ended by an act, and by one": ("update handoff.certificates set revoked_at = now()",),
    "every event is decided": (EVENT.format("status = 'received', reason = null, first_outcome = null", "evidence"),),
    "each transition starts where the one before it ended": (
        "insert into handoff.step_transitions (occurred_at, enrollment_id, from_status, to_status, cause, actor_role)"
        " select now(), ann, 'pending', 'active', 'direct', 'postgres' from test.given",
    ),
    "the audit trail replays to the current state": (
        "set session_replication_role = replica",
        STEP.format("status = 'skipped'", "ann", 3),
    ),
    "no event waits for an account that is linked": (
        "update handoff.partner_accounts set student_id = test.student('ann@test.example'), linked_at = now()",
    ),
    "no event waits for an enrollment that is active": (ENROLLMENT.format("status = 'active'", "cat"),),
    "an event that completed a step did so": (
        EVENT.format("reason = 'completed', step_id = (select test.step(ann, 2) from test.given)", "evidence"),
    ),
    "a completed step is credited to the event of which its trail tells": (
        STEP.format("completed_by = null", "ann", 1),
    ),
    "a step is credited to an event that was applied": (EVENT.format("reason = 'evidence'", "done"),),
    "one completion is credited once, but by an admin's hand": (
        "set session_replication_role = replica",
        ENROLLMENT.format("student_id = test.student('ann@test.example')", "ben"),
        EVENT.format("partner_completed_at = now()", "first"),
        EVENT.format("partner_completed_at = now()", "done"),
    ),
    "each start of a step is told to its partner once": (
        "update handoff.partners set enroll_url = 'https://partner.example/'",
        "update handoff.partners set enroll_url_since = '-infinity'",
        "update handoff.trail_readers set began = 0, position = 1000000 where name = 'messages'",
        "update handoff.mailing set began = 1000000",
    ),
    "each change of which a student is told has its mail": (
        "select test.follow_trail()",
        "delete from handoff.outbox where kind = 'enrolled'",
    ),
    "a message tells of a start": (
        "insert into handoff.outbox"
        " (key, kind, partner_slug, enrollment_id, step_id, start_number, made_at, expires_at, due_at)"
        " select 'enroll_at_partner:' || s.id || ':9', 'enroll_at_partner', s.partner_slug, s.enrollment_id, s.id, 9,"
        " now(), now(), now() from handoff.enrollment_steps as s limit 1",
    ),
    "the figures are what is counted": ("insert into handoff.figures values ('pending', 'hsi', 1)",),
    "what is watched is how the enrollments stand": ("update handoff.trail_readers set position = 1000000",),
    "an alert of a student says that something is watched": (
        "insert into handoff.alerts"
        " (kind, severity, enrollment_id, step_id, partner_slug, numbers, opened_at, last_seen_at)"
        " select 'stuck_student', 'notice', s.enrollment_id, s.id, s.partner_slug, '{}', 'infinity', 'infinity'"
        " from handoff.enrollment_steps as s limit 1",
    ),
    "a step counts its failed attempts and its parts": (STEP.format("failed_attempts = 1", "ann", 2),),
}


@pytest.fixture
def given(db_url: str) -> Any:
    """A superuser's connection to the students on their way, in one transaction that is rolled back."""
    with psycopg.connect(db_url) as connection:
        load(connection)
        connection.execute(GIVEN.encode())
        yield connection
        connection.rollback()


def violated(connection: psycopg.Connection[Any]) -> set[str]:
    return {row[0] for row in connection.execute("select v.invariant from test.violations() as v")}


def test_a_sound_database_has_no_violation(given: psycopg.Connection[Any]) -> None:
    assert violated(given) == set()


@pytest.mark.parametrize("invariant", BROKEN)
def test_what_is_broken_by_hand_is_seen(invariant: str, given: psycopg.Connection[Any]) -> None:
    for statement in BROKEN[invariant]:
        given.execute(statement.encode())
    assert invariant in violated(given)


def test_every_invariant_is_broken_here(given: psycopg.Connection[Any]) -> None:
    source = "select string_agg(p.prosrc, chr(10)) from pg_proc as p where p.proname like 'faults_of_%'"
    row = given.execute(source).fetchone()
    assert row
    assert {
        name.replace("''", "'") for name in re.findall(r"^  select '((?:[^']|'')+)'", row[0], re.M)
    } == BROKEN.keys()
