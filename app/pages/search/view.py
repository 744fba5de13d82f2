"""What an admin means who types something: one thing leads there, several are listed."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from psycopg.rows import DictRow

from app.database import Identity, as_person
from app.pages.forms import storable
from app.pages.search import words
from app.pages.session import require

bp = Blueprint("search", __name__, template_folder=".")


@bp.get("/admin/search")
@require("admin")
def show(person: Identity) -> ResponseReturnValue:
    """Leads to the one thing that is meant, or lists what may be."""
    asked = storable(request.args.get("q", "")).strip()
    found: list[DictRow] = []
    if asked:
        with as_person(person) as db:
            found = db.execute("select * from handoff.find_anything(%s)", [asked]).fetchall()
    if len(found) == 1:
        return redirect(path(found[0]), 303)
    return render_template("search.html", words=words, asked=asked, found=found, path=path)


def path(row: DictRow) -> str:
    """Where a row of find_anything leads."""
    if row["kind"] == "event":
        return url_for("events.details", receipt=row["id"])
    return url_for("students.details", profile_id=row["profile_id"])
