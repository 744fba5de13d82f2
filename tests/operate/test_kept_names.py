"""A command that meets a person who is there already says that the name stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

from app import create_app
from app.settings import Settings


@pytest.fixture
def run(db_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """run("enroll", ...): the command against this test's database."""
    monkeypatch.setenv("DATABASE_URL", db_url)
    runner = create_app(Settings(database_url=db_url)).test_cli_runner()
    return lambda *words: runner.invoke(args=words)


def test_enroll_says_that_another_name_stays(run: Callable[..., Result]) -> None:
    assert run("enroll", "josé@school.example", "José One", "cna").stderr == ""
    again = run("enroll", "JOSÉ@school.example", "José Renamed", "emt")
    assert again.exit_code == 0
    assert again.stderr == ("This is the address of José One, whose name stays as it is: correct_profile changes it.\n")
    assert "is enrolled in emt" in again.stdout
    assert run("enroll", "josé@school.example", " Jose\u0301 One ", "emt").stderr == ""


def test_create_admin_does_so_too(run: Callable[..., Result]) -> None:
    assert run("create-admin", "ada@school.example", "Ada Admin").stderr == ""
    assert "Ada Admin" in run("create-admin", "ada@school.example", "Eve").stderr


def test_a_command_that_failed_says_its_fault_alone(run: Callable[..., Result]) -> None:
    run("enroll", "jo@school.example", "Jo One", "cna")
    failed = run("enroll", "jo@school.example", "Jo Two", "astronaut")
    assert failed.exit_code == 1 and "Jo One" not in failed.output
