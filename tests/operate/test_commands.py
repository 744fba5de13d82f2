"""The commands: the first admin, and one student without psql. Every fault is one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests import ROOT
from tests.operate.commands import Db, Run, fault


def people(db: Db) -> list[tuple[str, str, str]]:
    """E-mail, name and role of everybody."""
    rows = db.execute("select p.email, p.full_name, p.role from handoff.profiles as p order by p.email").fetchall()
    return [(row["email"], row["full_name"], row["role"]) for row in rows]


def test_create_admin_makes_an_admin_and_a_second_call_changes_nothing(run: Run, db: Db) -> None:
    first, second = (
        run("create-admin", "Ada@School.example", "Ada Admin"),
        run("create-admin", "ada@school.example", "Eve"),
    )
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.output.split()[-1] == second.output.split()[-1]
    assert people(db) == [("ada@school.example", "Ada Admin", "admin")]


def test_create_admin_promotes_nobody(run: Run, db: Db) -> None:
    run("enroll", "john@school.example", "John Student", "medical-assistant")
    assert "john@school.example" in fault(run("create-admin", "john@school.example", "John Student"))
    assert people(db) == [("john@school.example", "John Student", "student")]


@pytest.mark.parametrize(
    ("email", "name"),
    [("nobody", "A Name"), ("", "A Name"), ("a@b@c", "A Name"), ("a@b", ""), ("a@b", "x" * 201), ("a@b", "a\nb")],
)
def test_details_that_cannot_be_right_make_nobody(run: Run, db: Db, email: str, name: str) -> None:
    fault(run("create-admin", email, name))
    fault(run("enroll", email, name, "medical-assistant"))
    assert people(db) == []


def test_enroll_makes_the_student_and_the_steps_and_says_where_the_student_is(run: Run, db: Db) -> None:
    result = run("enroll", "john@school.example", "John Student", "medical-assistant")
    assert result.exit_code == 0
    assert "active" in result.output
    assert "Health & Safety Institute" in result.output
    assert people(db) == [("john@school.example", "John Student", "student")]
    rows = db.execute(
        "select s.partner_slug, s.status from handoff.enrollment_steps as s order by s.sequence_order"
    ).fetchall()
    steps = [(row["partner_slug"], row["status"]) for row in rows]
    assert steps == [("hsi", "in_progress"), ("certiport", "pending"), ("careersafe", "pending")]


def test_enroll_again_is_the_same_enrollment(run: Run, db: Db) -> None:
    words = ("enroll", "john@school.example", "John Student", "medical-assistant")
    assert run(*words).output == run(*words).output
    assert db.execute("select from handoff.enrollments").rowcount == 1


def test_enroll_in_an_unknown_program_is_one_line_and_makes_nobody(run: Run, db: Db) -> None:
    assert "unknown program" in fault(run("enroll", "john@school.example", "John Student", "astronaut"))
    assert people(db) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Medical Assistant", "medical-assistant"),
        ("MEDICAL-ASSISTANT", "medical-assistant"),
        ("solar", "solar-panel-installation"),
        ("Cna", "cna, cna-wrg"),
    ],
)
def test_a_program_that_may_be_meant_is_named(run: Run, db: Db, typed: str, meant: str) -> None:
    assert fault(run("enroll", "john@school.example", "John Student", typed)).endswith(f"Perhaps {meant}")
    assert people(db) == []


def test_enroll_in_a_program_that_needs_approval_says_so(run: Run, db: Db) -> None:
    db.execute("update handoff.programs set requires_approval = true where slug = 'cna'")
    result = run("enroll", "john@school.example", "John Student", "cna")
    assert result.exit_code == 0
    assert "pending" in result.output
    assert "now at" not in result.output


def test_an_argument_that_is_missing_is_told(run: Run) -> None:
    assert run("enroll", "john@school.example").exit_code == 2
    assert run("create-admin").exit_code == 2


def test_a_database_that_is_away_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:correct-horse@/nothing?host=/nowhere")
    told = fault(run("create-admin", "ada@school.example", "Ada Admin"))
    assert "correct-horse" not in told


def test_a_database_that_was_never_deployed_is_one_line(run: Run, db: Db) -> None:
    db.execute("drop schema handoff cascade")
    fault(run("create-admin", "ada@school.example", "Ada Admin"))


def test_a_malformed_setting_is_one_line() -> None:
    command = [sys.executable, "-m", "flask", "--app", "app", "create-admin", "ada@school.example", "Ada Admin"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PORT": "x"}, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.splitlines() == ["Error: PORT must be a number from 1 to 65535"]


def test_export_prints_all_that_is_known_of_a_person(run: Run, db: Db) -> None:
    run("enroll", "john@school.example", "Jöhn Student", "medical-assistant")
    result = run("export", " JOHN@school.example")
    data = json.loads(result.output)
    assert data["profiles"][0]["full_name"] == "Jöhn Student" and "Jöhn" in result.output
    assert len(data["enrollment_steps"]) == 3
    assert "unknown person" in fault(run("export", "nobody@school.example"))


def test_disable_takes_access_away(run: Run, db: Db) -> None:
    run("enroll", "john@school.example", "John Student", "medical-assistant")
    assert run("disable", "john@school.example", "--reason", "left").exit_code == 0
    assert db.execute("select c.act, c.reason from handoff.acts as c").fetchall() == [
        {"act": "disabled", "reason": "left"}
    ]
    run("create-admin", "ada@school.example", "Ada Admin")
    assert "not possible in this state" in fault(run("disable", "ada@school.example"))


def test_erase_forgets_a_person_and_prints_nothing_of_it(run: Run, db: Db) -> None:
    run("enroll", "john@school.example", "John Student", "medical-assistant")
    result = run("erase", "john@school.example")
    assert result.exit_code == 0 and "john" not in result.output.lower()
    [(email, name, _)] = people(db)
    assert (email.split("@")[1], name) == ("erased.invalid", "Erased")
    assert "unknown person" in fault(run("erase", "john@school.example"))
