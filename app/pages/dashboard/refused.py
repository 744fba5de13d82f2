"""A student whom a partner did not take: what it was told, what it answered, and telling it again."""

from __future__ import annotations

from uuid import UUID

import psycopg
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.database import Identity, as_person
from app.errors import http_status, refusal
from app.pages.dashboard import words
from app.pages.session import require

MOST_TYPED = 1000

bp = Blueprint("refused", __name__, template_folder=".")


@bp.get("/admin/enrollments/<uuid:enrollment>/refused")
@require("admin")
def show(person: Identity, enrollment: UUID) -> ResponseReturnValue:
    """What was refused, and the form; 404 when nothing is."""
    return _page(person, enrollment)


@bp.post("/admin/enrollments/<uuid:enrollment>/refused")
@require("admin")
def tell_again(person: Identity, enrollment: UUID) -> ResponseReturnValue:
    """Sends the message that the page showed once more."""
    try:
        message = UUID(request.form.get("message", ""))
    except ValueError:
        abort(404)
    reason = request.form.get("reason", "").replace("\x00", "")[: MOST_TYPED + 1]
    try:
        with as_person(person) as db:
            db.execute("select handoff.send_again(%s, %s)", [message, reason])
    except psycopg.Error as error:
        return _page(person, enrollment, words.unchanged(refusal(error)), reason), http_status(error)
    flash(words.TOLD_AGAIN)
    return redirect(url_for("dashboard.show"), 303)


def _page(person: Identity, enrollment: UUID, error: str = "", reason: str = "") -> str:
    with as_person(person) as db:
        refused = db.execute("select * from handoff.refused_message(%s)", [enrollment]).fetchone()
    if refused is None and not error:
        abort(404)
    return render_template("refused.html", refused=refused, enrollment=enrollment, error=error, reason=reason)
