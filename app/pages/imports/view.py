"""The admin's pages for lists of students: hand in, look at each line, apply, keep the result."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

import psycopg
from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from psycopg.rows import DictRow

from app import texts
from app.database import Identity, as_person
from app.errors import http_status, refusal
from app.pages import csv_file
from app.pages.forms import storable, typed
from app.pages.imports import words, work
from app.pages.imports.files import MOST_BYTES, NoList
from app.pages.paging import Place
from app.pages.session import require

PAGE = 50
LINES = 100
WORK_SECONDS = 2.0  # of one request
MOST_FORM = 3 * MOST_BYTES + 64 * 1024  # what is pasted may be sent with escapes; the list itself is measured when read
GOES_ON = "import_goes_on"  # in the session, so that only a press of a button starts it, and no address
CHOOSE = "select handoff.choose_import_lines(%s, %s::integer[], %s::integer[]) as chosen"

bp = Blueprint("imports", __name__, template_folder=".")


@bp.url_value_preprocessor
def _allow_a_file(endpoint: str | None, _: dict[str, Any] | None) -> None:
    """Before the form is read, which the guard against forgery does first."""
    if endpoint == "imports.upload":
        request.max_content_length = request.max_form_memory_size = MOST_FORM


@bp.get("/admin/imports")
@require("admin")
def listing(person: Identity) -> ResponseReturnValue:
    """The form, and the lists that were handed in."""
    return _form(person)


@bp.post("/admin/imports")
@require("admin")
def upload(person: Identity) -> ResponseReturnValue:
    """Stores a list and looks at its lines."""
    file = request.files.get("file")
    pasted = request.form.get("pasted", "").encode()
    name, data = (file.filename, file.read()) if file and file.filename else ("pasted", pasted)
    defaults = {field: typed(field).strip() for field in ("program", "cohort") if typed(field).strip()}
    try:
        import_id = work.stored(_call(person), storable(name), data, defaults)
    except NoList as error:
        return _form(person, work.refused(error)), 413 if error.code == "too_large" else 400
    except psycopg.Error as error:
        return _form(person, work.refused(error)), http_status(error)
    return _worked(person, import_id, work.LOOK)


@bp.get("/admin/imports/<uuid:import_id>")
@require("admin")
def details(person: Identity, import_id: UUID) -> ResponseReturnValue:
    """Each line, and what would come of it or came of it."""
    return _page(person, import_id)


@bp.post("/admin/imports/<uuid:import_id>/choose")
@require("admin")
def choose(person: Identity, import_id: UUID) -> ResponseReturnValue:
    """Takes doubtful lines in, or out again."""
    sent = (request.form.getlist(name) for name in ("shown", "wanted"))
    try:
        _call(person)(CHOOSE, [import_id, *([int(line) for line in lines if _is_line(line)] for lines in sent)])
    except psycopg.Error as error:
        return _page(person, import_id, texts.unchanged(refusal(error))), http_status(error)
    flash(words.CHOSEN)
    return redirect(url_for("imports.details", import_id=import_id), 303)


@bp.post("/admin/imports/<uuid:import_id>/go-on")
@require("admin")
def go_on(person: Identity, import_id: UUID) -> ResponseReturnValue:
    """Looks at lines that nobody looked at, or applies those that are not applied."""
    try:
        held = _call(person)(work.DETAILS, [import_id])
        return _worked(person, import_id, work.LOOK if held["to_judge"] else work.APPLY)
    except psycopg.Error as error:
        return _page(person, import_id, texts.unchanged(refusal(error))), http_status(error)


@bp.get("/admin/imports/<uuid:import_id>/result.csv")
@require("admin")
def result(person: Identity, import_id: UUID) -> ResponseReturnValue:
    """The list with the outcome of each line."""
    header = _call(person)(work.DETAILS, [import_id])["header"]
    with as_person(person) as db:
        lines = db.execute(work.LINES, [import_id]).fetchall()
    return csv_file.answer(f"import-{import_id}.csv", work.result_columns(header), work.result_rows(header, lines))


def _call(person: Identity) -> work.Call:
    def call(statement: str, arguments: list[Any]) -> DictRow:
        with as_person(person) as db:
            return db.execute(statement.encode(), arguments).fetchone() or abort(404)

    return call


def _worked(person: Identity, import_id: UUID, statement: str) -> ResponseReturnValue:
    call, until = _call(person), time.monotonic() + WORK_SECONDS
    while (left := call(statement, [import_id])["left"]) and time.monotonic() < until:
        pass
    session[GOES_ON] = bool(left)
    return redirect(url_for("imports.details", import_id=import_id), 303)


def _is_line(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 8


def _form(person: Identity, error: str = "") -> str:
    place = Place.asked()
    with as_person(person) as db:
        found = [*(place or ("infinity", None)), PAGE + 1]
        imports = db.execute("select * from handoff.find_imports(%s, %s, %s)", found).fetchall()
        programs = db.execute("select * from handoff.programs_open()").fetchall()
    last = imports[PAGE - 1] if len(imports) > PAGE else None
    older = str(Place(last["uploaded_at"], last["import_id"])) if last else None
    shown = {"imports": imports[:PAGE], "programs": programs, "older": older, "first": place is None}
    return render_template("imports.html", error=error, sent=request.form, **shown)


def _page(person: Identity, import_id: UUID, error: str = "") -> str:
    held = _call(person)(work.DETAILS, [import_id])
    asked, after = request.args.get("verdict"), request.args.get("after", "")
    wanted = [asked if asked in words.VERDICT else None, int(after) if _is_line(after) else 0, LINES + 1]
    with as_person(person) as db:
        lines = db.execute("select * from handoff.find_import_lines(%s, %s, %s, %s)", [import_id, *wanted]).fetchall()
    further = lines[LINES - 1]["line"] if len(lines) > LINES else None
    shown = {"lines": lines[:LINES], "further": further, "verdict": wanted[0], "running": session.pop(GOES_ON, False)}
    return render_template("import.html", words=words, held=held, error=error, **shown)
