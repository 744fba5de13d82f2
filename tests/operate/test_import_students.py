"""import-students: what would come of each line, then the same once, and a result."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.operate.commands import Db, Run, fault


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A list of three lines."""
    path = tmp_path / "list.csv"
    path.write_text("Name;E-mail\nZoë Lee;zoe@x.example\nLee, Zoe;z2@x.example\n;x@x.example\n")
    return path


def enrolled(db: Db) -> list[tuple[str, str]]:
    """Address and cohort of who is enrolled."""
    rows = db.execute(
        "select p.email, e.cohort from handoff.enrollments as e join handoff.profiles as p on p.id = e.student_id"
        " order by p.email"
    ).fetchall()
    return [(row["email"], row["cohort"]) for row in rows]


def test_a_dry_run_says_what_would_come_and_enrolls_nobody(run: Run, db: Db, file: Path) -> None:
    result = run("import-students", str(file), "--dry-run", "--program", "cna")
    assert result.exit_code == 0
    assert result.output.splitlines()[:3] == [
        "line 2: zoe@x.example: New.",
        "line 3: z2@x.example: Doubtful. Line 2 has the same name, and another address.",
        "line 4: x@x.example: Refused. There is no name.",
    ]
    assert result.output.splitlines()[3].startswith("1 new, 1 doubtful, 1 refused. Import ")
    assert enrolled(db) == []


def test_it_enrolls_once(run: Run, db: Db, file: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out.csv")
    words = ("import-students", str(file), "--program", "CNA", "--cohort", "Fall", "--result", out)
    assert "1 enrolled, 1 left out, 1 refused." in run(*words).output
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as result:
        assert [row[3] for row in csv.reader(result)][:2] == ["Outcome", "Enrolled."]
    assert "1 was enrolled already, 1 left out, 1 refused." in run(*words).output
    assert enrolled(db) == [("zoe@x.example", "Fall")]
    run(*words, "--doubtful")
    assert enrolled(db) == [("z2@x.example", "Fall"), ("zoe@x.example", "Fall")]


@pytest.mark.parametrize("text", ["", "Name,Program\nA,cna\n", "Name,E-mail,Program\n"])
def test_what_is_no_list_is_one_line(run: Run, tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text)
    fault(run("import-students", str(path)))
