"""The dashboard's figures are what a count in the same snapshot says: after each act, and at all times under load."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import psycopg
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from app.worker.trail import MARK
from tests.races import histories
from tests.races.clients import Clients
from tests.races.operations import PROGRAMS, Pick, Subjects
from tests.races.plain_figures import as_of, counted, shown

CLIENTS = 3
SECONDS = 6.0  # of load; the rest waits for conditions
COMPARED = 15  # snapshots at least that were exact
ZONES = ("UTC", "Asia/Kathmandu", "America/New_York", "Pacific/Auckland")
FOLLOW = "select handoff.follow_figures(%s, %s, %s)"
# What nobody but a DBA does, and what takes back what rests on an account.
UNLINK = (
    "select handoff.unlink_partner_account(a.partner_slug, a.external_student_id, 'by mistake')"
    " from handoff.partner_accounts as a where a.student_id is not null order by random() limit 1"
)
DIRECT = (
    "update handoff.enrollments set status = 'on_hold' where id ="
    " (select e.id from handoff.enrollments as e where e.status = 'active' order by random() limit 1)",
    "update handoff.enrollment_steps set status = 'skipped', started_at = null where id ="
    " (select s.id from handoff.enrollment_steps as s where s.status = 'pending' order by random() limit 1)",
    "update handoff.enrollment_steps set status = 'failed' where id ="
    " (select s.id from handoff.enrollment_steps as s where s.status = 'in_progress' order by random() limit 1)",
)
RENAME = (
    "update handoff.partners set slug = case slug when 'jri' then 'jri-new' else 'jri' end where slug like 'jri%'",
    "update handoff.programs set slug = case slug when 'emt' then 'emt-new' else 'emt' end where slug like 'emt%'",
)


class Counted(histories.Machine):
    """The histories of the state machine, with a worker who follows, and what the model does not know of."""

    @rule(data=st.data())
    def follow(self, data: st.DataObject) -> None:
        batch = data.draw(st.sampled_from([1, 3, 1000]))
        mark = self.connection.execute(MARK.encode()).fetchone()
        assert mark
        self.connection.execute(FOLLOW.encode(), [mark[0], "3", batch])
        self._are_counted()

    @rule(zone=st.sampled_from(ZONES))
    def move_the_school(self, zone: str) -> None:
        self.connection.execute("update handoff.school set time_zone = %s", [zone])
        self._are_counted()

    @rule(data=st.data())
    def begin_and_give_up(self, data: st.DataObject) -> None:
        with self.connection.transaction(force_rollback=True):
            student, program = data.draw(st.sampled_from(self.subjects.students)), data.draw(st.sampled_from(PROGRAMS))
            try:
                self.connection.execute("select handoff.enroll_student(%s, %s)", [student, program])
            except psycopg.Error as error:
                assert (error.sqlstate or "").startswith("TH")
            else:
                self._are_counted()
        self._are_counted()

    def _compare(self, name: str, expected: Any, returned: Any) -> None:
        super()._compare(name, expected, returned)
        self._are_counted()

    def _are_counted(self) -> None:
        assert as_of(self.connection) is None
        assert shown(self.connection) == counted(self.connection)


def test_after_each_act_they_are_what_is_counted(school: psycopg.Connection[Any]) -> None:
    few = settings(histories.SHORT, max_examples=25, stateful_step_count=30)
    run_state_machine_as_test(lambda: Counted(school), settings=histories.LONG if histories.SOAK_SECONDS else few)


class Renamed(Clients):
    """Clients to whom it happens that a slug is another one when they have just read it, or one they don't know."""

    def _one_act(self, connection: psycopg.Connection[Any], pick: Pick, subjects: Subjects) -> None:
        try:
            super()._one_act(connection, pick, subjects)
        except (psycopg.errors.ForeignKeyViolation, StopIteration):
            self._note("renamed")


class Others:
    """What goes on beside the clients, each in a thread of its own until the end; what goes wrong is kept."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.stop = threading.Event()
        self.done: Counter[str] = Counter()
        self.faults: list[str] = []

    def go_on(self, act: Callable[[psycopg.Connection[Any], random.Random], None], seed: int) -> None:
        """Acts again and again; a deadlock or a refusal of ours is no fault, the act did not happen."""
        chance = random.Random(seed)
        try:
            with psycopg.connect(self.url, autocommit=True) as db:
                while not self.stop.is_set():
                    try:
                        act(db, chance)
                    except (psycopg.errors.DeadlockDetected, psycopg.errors.IntegrityError):
                        self.done["refused"] += 1
                    except psycopg.Error as error:
                        if not (error.sqlstate or "").startswith("TH"):
                            raise
        except Exception as error:
            self.faults.append(repr(error))

    def follow(self, db: psycopg.Connection[Any], chance: random.Random) -> None:
        """The worker, in batches of any size."""
        mark = db.execute(MARK.encode()).fetchone()
        assert mark
        row = db.execute(FOLLOW.encode(), [*mark, chance.choice([1, 7, 100, 100_000])]).fetchone()
        self.done["followed"] += bool(row and row[0])

    def disturb(self, db: psycopg.Connection[Any], chance: random.Random) -> None:
        """A DBA: plain SQL, some of it given up, and another zone."""
        statement = chance.choice([*DIRECT, *DIRECT, UNLINK])
        with db.transaction(force_rollback=chance.random() < 0.3):
            with db.transaction(force_rollback=chance.random() < 0.3):
                db.execute(statement.encode())
            db.execute("update handoff.school set time_zone = %s", [chance.choice(ZONES)])
        self.done["disturbed"] += 1

    def rename(self, db: psycopg.Connection[Any], chance: random.Random) -> None:
        """A partner or a program gets another slug; not all the time, since all is counted anew then."""
        db.execute(chance.choice(RENAME).encode())
        self.done["renamed"] += 1
        self.stop.wait(0.5)

    def compare(self, db: psycopg.Connection[Any], _: random.Random) -> None:
        """One look, in one snapshot."""
        with db.transaction():
            db.execute("set transaction isolation level repeatable read")
            if as_of(db) is not None:
                self.done["as of"] += 1
                return
            there, right = shown(db), counted(db)
            self.done["compared"] += 1
            if there != right:
                wrong = {name: (there[name], right[name]) for name in there if there[name] != right[name]}
                self.faults.append(f"not what is counted: {wrong}")
                self.stop.set()


def test_at_every_moment_under_load_they_are_what_is_counted(school: psycopg.Connection[Any], db_url: str) -> None:
    clients, others = Renamed(db_url), Others(db_url)
    clients.new_students(school)
    threads = [threading.Thread(target=clients.act, args=[seed]) for seed in range(CLIENTS)]
    acts = (others.follow, others.disturb, others.rename, others.compare, others.compare)
    threads += [threading.Thread(target=others.go_on, args=[act, seed]) for seed, act in enumerate(acts)]
    seconds = max(SECONDS, histories.SOAK_SECONDS / 2)
    until = time.monotonic() + seconds
    for thread in threads:
        thread.start()
    try:
        while time.monotonic() < until or not _enough(others.done):
            assert not clients.faults + others.faults
            assert time.monotonic() < until + 20 * seconds, others.done
            time.sleep(0.5)
            clients.new_students(school)
    finally:
        clients.stop.set()
        others.stop.set()
        for thread in threads:
            thread.join()
    assert clients.faults + others.faults == []
    _follow_to_the_end(school)
    assert as_of(school) is None
    assert shown(school) == counted(school)
    assert school.execute("select f.detail from handoff_private.faults_of_figures() as f").fetchall() == []


def _enough(done: Counter[str]) -> bool:
    return done["compared"] >= COMPARED and all(done[what] for what in ("followed", "disturbed", "renamed", "as of"))


def _follow_to_the_end(db: psycopg.Connection[Any]) -> None:
    """What other databases of the server do may keep the trail undecided for a moment."""
    for _ in range(200):
        mark = db.execute(MARK.encode()).fetchone()
        assert mark
        went = db.execute(FOLLOW.encode(), [*mark, 100_000]).fetchone()
        if went == (0,):
            return
        time.sleep(0.05)
    raise AssertionError("the trail was never decided")
