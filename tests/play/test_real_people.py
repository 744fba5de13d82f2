"""simulate leaves a database alone that holds people whom no simulation made, and production does not have it."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from click.testing import Result
from psycopg.rows import DictRow

from app import create_app
from app.play import create_app as create_playing_app
from app.settings import Settings
from tests.world import partners

Db = psycopg.Connection[DictRow]
NOBODY = "http://127.0.0.1:9"  # nothing answers there


@pytest.fixture
def run(db_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Result]:
    """run(): the command on this test's own database, without a server."""
    partners.configure(db_url)
    for name, value in (partners.SETTINGS | {"DATABASE_URL": db_url}).items():
        monkeypatch.setenv(name, value)
    words = ["simulate", "--url", NOBODY, "--events", "1", "--give-up", "1"]
    return lambda: create_playing_app().test_cli_runner().invoke(args=words)


def people(db: Db) -> list[str]:
    """Every address."""
    return sorted(row["email"] for row in db.execute("select p.email from handoff.profiles as p"))


@pytest.mark.parametrize("role", ["student", "admin"])
@pytest.mark.parametrize(
    "email", ["john@school.example", "john@simulation.invalid.example", "john@not-simulation.invalid", "a@invalid"]
)
def test_one_person_whom_no_simulation_made_is_enough(run: Callable[[], Result], db: Db, email: str, role: str) -> None:
    db.execute("select handoff.create_profile('1-0@simulation.invalid', 'Simulated')")
    db.execute("select handoff.create_profile(%s, 'Real', %s)", [email, role])
    before = people(db)
    result = run()
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ") and "@simulation.invalid" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert people(db) == before
    assert db.execute("select from handoff.enrollments").rowcount == 0


def test_people_of_a_simulation_are_no_hindrance(run: Callable[[], Result], db: Db) -> None:
    db.execute("select handoff.create_profile('1-0@simulation.invalid', 'Simulated')")
    assert run().stdout.startswith("run ")
    assert len(people(db)) > 1


def test_production_can_not_simulate() -> None:
    assert "simulate" not in create_app(Settings()).cli.commands
    assert "simulate" in create_playing_app().cli.commands
