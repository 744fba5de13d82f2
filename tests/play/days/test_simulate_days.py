"""simulate-days: a month of a school and its partners with workers that are killed, on a database of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from typing import Any

import psycopg
import pytest
from click.testing import Result

from app import create_app
from app.play import create_app as create_playing_app
from app.play.days import command
from app.play.days.balance import Balance, Finding
from app.play.days.database import Connection
from app.play.days.deeds import Student
from app.play.days.run import Run
from app.settings import Settings
from tests.world.postgres import PgServer

Spoil = Callable[[Run, Connection], object]
# What is done to a run that went well, and the line of the balance that must tell of it.
SPOILT: tuple[tuple[str, Spoil], ...] = (
    ("enrollments not where they must be", lambda run, _: first(run).deeds.clear()),
    ("messages lost", lambda run, _: run.receiver.effects.clear()),
    (
        "messages lost",
        lambda _, db: db.execute(
            "update handoff.outbox set key = key || '0', start_number = 10 * start_number"
            " where kind = 'enroll_at_partner'"
        ),
    ),
    ("POSTs whose effect doubled", lambda run, _: run.receiver.effects.update(dict.fromkeys(run.receiver.effects, 9))),
    ("mails doubled", lambda run, _: run.mail_server.mails.update(run.mail_server.mails)),
    ("mails lost", lambda run, _: run.mail_server.mails.clear()),
    ("mails lost", lambda _, db: db.execute("delete from handoff.outbox where kind = 'certificate_issued'")),
    (
        "troubles that raised no alert",
        lambda _, db: db.execute("delete from handoff.alerts where kind = 'enrollment_blocked'"),
    ),
    ("alerts without cause", lambda run, _: run.plan.troubles.clear()),
    ("faults in the books, figures among them", lambda _, db: db.execute("delete from handoff.outbox")),
)


def first(run: Run) -> Student:
    """Who comes first."""
    return min(run.plan.students, key=lambda student: student.deeds[0].hour)


class SpoiltBalance(Balance):
    """Reads the balance, and notes which lines are wrong after each of SPOILT was done, one after the other."""

    told: list[set[str]]

    def findings(self) -> Iterator[Finding]:
        """See Balance."""
        good = list(super().findings())
        for _, spoil in SPOILT:
            type(self).told.append(self._wrong_after(spoil))
        yield from good

    def _wrong_after(self, spoil: Spoil) -> set[str]:
        run = self._run
        student = first(run)
        kept = copy(run.receiver.effects), copy(run.mail_server.mails), copy(run.plan.troubles), copy(student.deeds)
        try:
            with self._db.transaction(force_rollback=True):
                self._db.execute("set local role none")
                spoil(run, self._db)
                return {finding.what for finding in super().findings() if finding.wrong}
        finally:
            run.receiver.effects, run.mail_server.mails, run.plan.troubles, student.deeds = kept


def simulate_days(*words: str) -> Result:
    """The command."""
    return create_playing_app().test_cli_runner().invoke(args=["simulate-days", *words])


def databases(db: psycopg.Connection[Any]) -> list[str]:
    """Of the server."""
    return sorted(row["datname"] for row in db.execute("select d.datname from pg_database as d"))


def test_a_month_with_workers_killed_loses_nothing_doubles_nothing_and_sees_all_that_is_wrong(
    pg_server: PgServer, db: psycopg.Connection[Any], db_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", db_url)
    monkeypatch.setenv("DEMO_DATABASE_URL", pg_server.url("postgres"))
    monkeypatch.setattr(SpoiltBalance, "told", [], raising=False)
    monkeypatch.setattr(command, "Balance", SpoiltBalance)
    result = simulate_days(
        "--days", "30", "--students", "100", "--tick", "6", "--workers", "2", "--kill-workers", "4", "--seed", "1"
    )
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1].startswith("OK: ")
    for (line, _), wrong in zip(SPOILT, SpoiltBalance.told, strict=True):
        assert line in wrong
    assert not [name for name in databases(db) if name.startswith("handoff_days_")]
    assert db.execute("select from handoff.profiles").rowcount == 0
    assert db.execute("select to_regnamespace('simulated') as found").fetchone() == {"found": None}


def test_production_can_not_simulate_days() -> None:
    assert "simulate-days" not in create_app(Settings()).cli.commands
    assert "simulate-days" in create_playing_app().cli.commands
