"""Several clients that do all operations at once, on the same few students."""

import random
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg

from tests.races.operations import CALLS, DELIVER, Pick, Subjects, call, pick_arguments, pick_completion, pick_delivery

# What there is of the present students.
MINE = """
with mine as (select e.id from handoff.enrollments as e where e.student_id = any (%(students)s::uuid[]))
select
  array(select m.id from mine as m),
  array(select s.id from handoff.enrollment_steps as s join mine as m on m.id = s.enrollment_id),
  array(
    select e.receipt from handoff.partner_events as e
    where e.student_id = any (%(students)s::uuid[]) or e.event_key like %(prefix)s
  )
"""
STEP = """
select e.student_id, s.partner_slug, s.course_ref
from handoff.enrollment_steps as s
join handoff.enrollments as e on e.id = s.enrollment_id
where s.id = %s
"""


class Clients:
    """What they share: whom they act on, what was answered, and when to stop."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.lock = threading.Lock()
        self.answers: Counter[str] = Counter()
        self.faults: list[str] = []
        self.stop = threading.Event()
        self.number = 0
        self.students: list[UUID] = []
        # Too old, now, soon, too far ahead.
        self.times = [(datetime.now(UTC) + timedelta(hours=hours)).isoformat() for hours in (-72, 0, 1, 960)]

    def new_students(self, connection: psycopg.Connection[Any]) -> None:
        """From now on, act on three others: nobody has done anything yet, so everything can be done."""
        emails = [f"student-{self.number}-{number}@test.example" for number in range(3)]
        students = [
            row[0] for row in connection.execute("select test.student(e) from unnest(%s::text[]) as e", [emails])
        ]
        with self.lock:
            self.number, self.students = self.number + 1, students

    def subjects(self, connection: psycopg.Connection[Any]) -> Subjects:
        """The present students, with what there is of theirs."""
        with self.lock:
            number, students = self.number, self.students
        subjects = Subjects(students, [f"account-{number}-1", f"account-{number}-2"], f"{number}-", limits=[5])
        row = connection.execute(MINE, {"students": students, "prefix": subjects.prefix + "%"}).fetchone()
        subjects.enrollments, subjects.steps, subjects.receipts = row or ([], [], [])
        return subjects

    def act(self, seed: int) -> None:
        """One client: picks and calls until the end. What goes wrong is kept, and counted by its code."""
        pick = random.Random(seed).choice
        try:
            with psycopg.connect(self.url, autocommit=True) as connection:
                while not self.stop.is_set():
                    subjects = self.subjects(connection)
                    for _ in range(10):
                        try:
                            self._one_act(connection, pick, subjects)
                        except (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure) as error:
                            self._note(error.sqlstate or "")
        except Exception as error:
            self.faults.append(repr(error))

    def _one_act(self, connection: psycopg.Connection[Any], pick: Pick, subjects: Subjects) -> None:
        name = pick(["deliver", "deliver what fits", "deliver what fits", *CALLS])
        if name in CALLS:
            arguments = pick_arguments(name, pick, subjects)
            if arguments is not None:
                call(connection, CALLS[name][0], arguments)
            return
        step = pick(subjects.steps) if subjects.steps and name == "deliver what fits" else None
        if row := connection.execute(STEP, [step]).fetchone():
            student, partner, course = row
            key, delivery = pick_completion(pick, subjects, student, partner, course, self.times)
        else:
            key, delivery = pick_delivery(pick, subjects, self.times)
        returned = call(connection, DELIVER, [delivery.partner, key, delivery.body()])
        if isinstance(returned, str):
            self._note(returned)
            return
        self._note("conflict" if returned[1].startswith("conflict") else "delivered")

    def _note(self, what: str) -> None:
        with self.lock:
            self.answers[what] += 1
