"""The admin's list of people whose address does not work, and the word that one works again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import psycopg
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.database import Identity, as_person
from app.errors import http_status, refusal
from app.pages.session import require
from app.pages.unreachable import words

PAGE = 50
MOST_TYPED = 1000

bp = Blueprint("unreachable", __name__, template_folder=".")


@bp.get("/admin/addresses")
@require("admin")
def listing(person: Identity) -> ResponseReturnValue:
    """Newest first, a page at a time."""
    return _page(person)


@bp.post("/admin/addresses/<uuid:profile>/allow")
@require("admin")
def allow(person: Identity, profile: UUID) -> ResponseReturnValue:
    """The address of this person gets mails again."""
    reason = request.form.get("reason", "").replace("\x00", "")[: MOST_TYPED + 1]
    try:
        with as_person(person) as db:
            row = db.execute("select handoff.allow_mail_again(%s, %s) as is_new", [profile, reason]).fetchone()
    except psycopg.Error as error:
        return _page(person, refusal(error)), http_status(error)
    flash(words.ALLOWED if row and row["is_new"] else words.WAS_ALLOWED)
    return redirect(url_for("unreachable.listing"), 303)


def _page(person: Identity, error: str | None = None) -> str:
    place = request.args.get("before", "")
    try:
        at, _, message = place.partition("~")
        before = [datetime.fromisoformat(at), UUID(message)] if place else []
    except ValueError:
        abort(404)
    statement = "select * from handoff.unreachable_people(p_limit => %s)"
    if before:
        statement = "select * from handoff.unreachable_people(%s, %s, p_limit => %s)"
    with as_person(person) as db:
        people = db.execute(statement, [*before, PAGE + 1]).fetchall()
    last = people[PAGE - 1] if len(people) > PAGE else None
    return render_template(
        "unreachable.html",
        words=words,
        people=people[:PAGE],
        older=f"{last['since'].isoformat()}~{last['message_id']}" if last else None,
        first=not before,
        error=error,
    )
