"""A student whom a partner did not take: what it was told, what it answered, and telling it again."""

from __future__ import annotations

from uuid import UUID

import psycopg
from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import texts
from app.database import Identity, as_person
from app.errors import http_status, refusal
from app.pages.dashboard import words
from app.pages.forms import typed, typed_id
from app.pages.session import require

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
    message = typed_id("message")
    if message is None:
        abort(404)
    reason = typed("reason")
    try:
        with as_person(person) as db:
            db.execute("select handoff.send_again(%s, %s)", [message, reason])
    except psycopg.Error as error:
        return _page(person, enrollment, texts.unchanged(refusal(error)), reason), http_status(error)
    flash(words.TOLD_AGAIN)
    return redirect(url_for("dashboard.show"), 303)


def _page(person: Identity, enrollment: UUID, error: str = "", reason: str = "") -> str:
    with as_person(person) as db:
        refused = db.execute("select * from handoff.refused_message(%s)", [enrollment]).fetchone()
    if refused is None and not error:
        abort(404)
    return render_template("refused.html", refused=refused, enrollment=enrollment, error=error, reason=reason)
