"""A form for one new student: what will follow, and enrolling."""

from __future__ import annotations

import psycopg
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import texts
from app.database import Identity, as_person
from app.errors import http_status, refusal
from app.pages.enrolling import words
from app.pages.forms import typed
from app.pages.session import require

ENROLL = "select * from handoff.enroll_person(%s, %s, %s, nullif(%s, ''))"
PREVIEW = "select s as sentence from handoff.preview_enrolling(%s, %s, %s, nullif(%s, '')) as s"
FIELDS = ("email", "full_name", "program", "cohort")

bp = Blueprint("enroll", __name__, template_folder=".")


@bp.get("/admin/enroll")
@require("admin")
def form(person: Identity) -> ResponseReturnValue:
    """An empty form."""
    return _page(person)


@bp.post("/admin/enroll")
@require("admin")
def enroll(person: Identity) -> ResponseReturnValue:
    """Enrolls; with `look` it only says what would follow."""
    given = [typed(field) for field in FIELDS]
    try:
        with as_person(person) as db:
            if "look" in request.form:
                sentences = [row["sentence"] for row in db.execute(PREVIEW, given).fetchall()]
                return _page(person, sentences)
            made = db.execute(ENROLL, given).fetchall()[0]
    except psycopg.Error as error:
        return _page(person, error=texts.unchanged(refusal(error))), http_status(error)
    flash(words.ENROLLED if made["made_enrollment"] else words.WAS_ENROLLED)
    return redirect(url_for("students.details", profile_id=made["profile_id"]), 303)


def _page(person: Identity, sentences: list[str] | None = None, error: str = "") -> str:
    with as_person(person) as db:
        programs = db.execute("select * from handoff.programs_open()").fetchall()
    return render_template("enroll.html", programs=programs, sent=request.form, sentences=sentences, error=error)
