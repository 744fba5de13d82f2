"""The list of students: by state, program, partner and name, a page at a time; all of it as CSV; several to act on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from psycopg.rows import DictRow

from app import texts
from app.database import Identity, as_person
from app.pages import csv_file
from app.pages.acts.catalogue import ACT
from app.pages.forms import storable
from app.pages.paging import Place
from app.pages.people import words
from app.pages.people.view import bp
from app.pages.school import school
from app.pages.session import require

PAGE = 50
CSV_PAGE = 1000  # rows that are read at a time
LISTED = "select * from handoff.students_listed(%s, %s, %s, %s, %s, %s, %s)"
BEGINNING = ("infinity", "ffffffff-ffff-ffff-ffff-ffffffffffff")


@bp.get("/admin/students")
@require("admin")
def listing(person: Identity) -> ResponseReturnValue:
    """What the address asks for: state, program, partner, q."""
    wanted = _wanted()
    if request.args.get("format") == "csv":
        return csv_file.answer("students.csv", words.COLUMNS, _all(person, wanted))
    place = Place.asked()
    with as_person(person) as db:
        students = db.execute(LISTED, [*wanted.values(), *(place or BEGINNING), PAGE + 1]).fetchall()
        page = {
            "counts": db.execute("select * from handoff.student_counts()").fetchall(),
            "programs": db.execute("select * from handoff.program_rates()").fetchall(),
            "partners": db.execute("select * from handoff.partner_names()").fetchall(),
            "now": db.execute("select handoff.clock() as now").fetchall()[0]["now"],
        }
    last = students[PAGE - 1] if len(students) > PAGE else None
    return render_template(
        "students.html",
        words=words,
        ACT=ACT,
        students=students[:PAGE],
        wanted={name: value for name, value in wanted.items() if value},
        older=str(Place(last["enrolled_at"], last["enrollment_id"])) if last else None,
        first=place is None,
        **page,
    )


def _wanted() -> dict[str, str | None]:
    names = ("state", "program", "partner", "q")
    asked = {name: storable(request.args.get(name, "")).strip() or None for name in names}
    return asked | {"state": asked["state"] if asked["state"] in words.TABS else None}


def _all(person: Identity, wanted: dict[str, str | None]) -> Iterator[list[Any]]:
    place: Any = BEGINNING
    while True:
        with as_person(person) as db:
            rows = db.execute(LISTED, [*wanted.values(), *place, CSV_PAGE]).fetchall()
        yield from map(_cells, rows)
        if len(rows) < CSV_PAGE:
            return
        place = Place(rows[-1]["enrolled_at"], rows[-1]["enrollment_id"])


def _cells(row: DictRow) -> list[Any]:
    steps = ", ".join(f"{step['partner']}: {texts.STEP[step['status']].word.lower()}" for step in row["steps"])
    moments = (row["enrolled_at"], row["since"], row["last_sign_at"])
    dates = [moment and moment.astimezone(school().zone).date() for moment in moments]
    status = texts.ENROLLMENT[row["status"]].word
    late = "yes" if row["is_late"] else "no"
    page = url_for("students.details", profile_id=row["profile_id"])
    return [row["full_name"], row["email"], row["program_name"], status, steps, row["partner_name"], *dates, late, page]
