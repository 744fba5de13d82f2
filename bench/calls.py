"""The function calls and the statements of one event, by what becomes of it: a count, the same on every machine.

Functions that the planner puts into the statement that calls them are not counted, nor are expressions that PL/pgSQL
evaluates without a statement.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg

from app.operate.postgres import embedded
from bench import database

Db = psycopg.Connection[Any]
MODULE = "pg_stat_statements"
PROGRAM = "medical-assistant"
CALLS = "select f.funcname, f.calls from pg_catalog.pg_stat_xact_user_functions as f where f.schemaname like 'handoff%'"
STATEMENTS = "select coalesce(sum(s.calls), 0) from public.pg_stat_statements as s where not s.toplevel"


def show(server: embedded.Server) -> None:
    """Prints the calls and the statements of each kind. Starts the server anew, with pg_stat_statements in it."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as db:
        for name, value in (("shared_preload_libraries", MODULE), (f"{MODULE}.track", "all")):
            db.execute(f"alter system set {name} = '{value}'".encode())
    server.stop()
    server = embedded.start(server.entry.parent)
    database.create(server, "calls", students=0, history=0)
    with psycopg.connect(server.url("calls"), autocommit=True) as db:
        db.execute(f"create extension {MODULE} schema public".encode())
    print("\ncalls, of functions and of statements within them, by what becomes of an event")
    print(f"{'event':<26} {'functions':>9} {'calls':>6} {'statements':>10}")
    for name, count in measure(server.url("calls")):
        print(f"{name:<26} {len(count.functions):>9} {count.calls:>6} {count.statements:>10}")
    database.drop(server, "calls")


@dataclass(frozen=True)
class Count:
    """What one call needed. `statements`: None where pg_stat_statements is not loaded."""

    functions: dict[str, int]
    statements: int | None
    outcome: str

    @property
    def calls(self) -> int:
        """How many functions were called, each as often as it was."""
        return sum(self.functions.values())


def measure(url: str) -> Iterator[tuple[str, Count]]:
    """Plays each kind of event in a deployed and seeded database, given by a superuser's URL."""
    with psycopg.connect(url, autocommit=True) as db:
        has_statements = bool(
            db.execute(f"select from pg_catalog.pg_extension as e where e.extname = '{MODULE}'").rowcount
        )
        for name, play in KINDS.items():
            yield name, play(_Player(db, url, has_statements, name))


class _Player:
    """One student of its own, and a call that is counted."""

    made = 0

    def __init__(self, db: Db, url: str, has_statements: bool, name: str) -> None:
        _Player.made += 1
        self._db, self._url, self._has_statements = db, url, has_statements
        self._mark = f"{name.replace(',', '').replace(' ', '-')}-{_Player.made}"
        self._now = datetime.now(UTC).isoformat(timespec="seconds")
        self.student = self._one("select handoff.create_profile(%s, 'A Student')", f"{self._mark}@calls.example")

    def enroll(self) -> str:
        """In the program of three partners."""
        return str(self._one("select handoff.enroll_student(%s, %s)", self.student, PROGRAM))

    def link(self) -> None:
        """HSI's id of the student."""
        self._one("select handoff.link_partner_account('hsi', %s, %s)", self._mark, self.student)

    def step(self, partner: str) -> str:
        """The student's step with a partner."""
        return str(
            self._one(
                "select s.id from handoff.enrollment_steps as s join handoff.enrollments as e on e.id = s.enrollment_id"
                " where e.student_id = %s and s.partner_slug = %s",
                self.student,
                partner,
            )
        )

    def receipt(self) -> str:
        """Of the student's last event."""
        return str(
            self._one(
                "select e.receipt from handoff.partner_events as e where e.external_student_id = %s"
                " order by e.position desc limit 1",
                self._mark,
            )
        )

    def send(self, key: str = "first", event: str = "course.completed", partner: str = "hsi", **more: object) -> Any:
        """A delivery, uncounted."""
        return self._one("select handoff.receive_partner_event(%s, %s, %s)", *self._delivery(key, event, partner, more))

    def act(self, statement: str, *arguments: object) -> None:
        """Anything, uncounted."""
        self._one(statement, *arguments)

    def sent(self, key: str = "first", event: str = "course.completed", partner: str = "hsi", **more: object) -> Count:
        """A delivery, counted, on the connection of the webhooks' role."""
        return self.counted(
            "select (r).status || ':' || (r).reason from handoff.receive_partner_event(%s, %s, %s) as r",
            *self._delivery(key, event, partner, more),
            role="handoff_webhook",
        )

    def counted(self, statement: str, *arguments: object, role: str = "handoff_admin") -> Count:
        """One call in a session of its own."""
        if self._has_statements:
            self._db.execute("select public.pg_stat_statements_reset()")
        with psycopg.connect(self._url) as own:
            own.execute("set local track_functions = 'all'")
            own.execute(f"set local role {role}".encode())
            [outcome] = own.execute(statement.encode(), arguments).fetchone() or [None]
            own.execute("reset role")
            functions: dict[str, int] = dict(own.execute(CALLS).fetchall())
        statements = int(self._one(STATEMENTS)) if self._has_statements else None
        return Count(functions, statements, str(outcome))

    def _delivery(self, key: str, event: str, partner: str, more: dict[str, object]) -> list[object]:
        body = {"event": event, "student_id": self._mark, "completed_at": self._now} | more
        return [partner, f"{self._mark}-{key}", json.dumps(body).encode()]

    def _one(self, statement: str, *arguments: object) -> Any:
        row = self._db.execute(statement.encode(), arguments).fetchone()
        return row[0] if row else None


def _plain(at: _Player) -> Count:
    at.enroll()
    at.link()
    return at.sent()


def _duplicate(at: _Player) -> Count:
    at.enroll()
    at.link()
    at.send("same")
    return at.sent("same")


def _parked(at: _Player) -> Count:
    return at.sent()


def _early(at: _Player) -> Count:
    at.enroll()
    at.act("select handoff.link_partner_account('careersafe', %s, %s)", at._mark, at.student)
    return at.sent(event="training.completed", partner="careersafe")


def _link(at: _Player) -> Count:
    at.enroll()
    at.send()
    return at.counted("select handoff.link_partner_account('hsi', %s, %s)", at._mark, at.student)


def _replay(at: _Player) -> Count:
    enrollment = at.enroll()
    at.link()
    at.act("select handoff.hold_enrollment(%s, 'a pause')", enrollment)
    at.send()
    return at.counted("select (r).status || ':' || (r).reason from handoff.replay_partner_event(%s) as r", at.receipt())


def _assign(at: _Player) -> Count:
    enrollment = at.enroll()
    at.link()
    at.act("select handoff.hold_enrollment(%s, 'a pause')", enrollment)
    at.send(enrollment_id=_other_step(at))
    at.act("select handoff.resume_enrollment(%s, 'on again')", enrollment)
    return at.counted(
        "select (r).status || ':' || (r).reason from handoff.assign_partner_event(%s, %s, 'seen') as r",
        at.receipt(),
        at.step("hsi"),
    )


def _other_step(at: _Player) -> str:
    other = _Player(at._db, at._url, False, "other")
    other.enroll()
    return other.step("hsi")


KINDS: dict[str, Callable[[_Player], Count]] = {
    "plain completion": _plain,
    "the same again": _duplicate,
    "unknown student, parked": _parked,
    "early completion": _early,
    "link, one event waits": _link,
    "replay, still on hold": _replay,
    "assign, completes": _assign,
}
