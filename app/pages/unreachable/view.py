"""The admin's list of people whose address does not work, and the word that one works again."""

from __future__ import annotations

from uuid import UUID

import psycopg
from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.database import Identity, as_person
from app.errors import http_status, refusal
from app.pages.forms import typed
from app.pages.paging import Place
from app.pages.session import require
from app.pages.unreachable import words

PAGE = 50

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
    try:
        with as_person(person) as db:
            row = db.execute("select handoff.allow_mail_again(%s, %s) as is_new", [profile, typed("reason")]).fetchone()
    except psycopg.Error as error:
        return _page(person, refusal(error), profile), http_status(error)
    flash(words.ALLOWED if row and row["is_new"] else words.WAS_ALLOWED)
    return redirect(url_for("unreachable.listing"), 303)


def _page(person: Identity, error: str | None = None, failed_for: UUID | None = None) -> str:
    place = Place.asked()
    statement = "select * from handoff.unreachable_people(%s, %s, %s)"
    with as_person(person) as db:
        people = db.execute(statement, [*(place or (None, None)), PAGE + 1]).fetchall()
    last = people[PAGE - 1] if len(people) > PAGE else None
    return render_template(
        "unreachable.html",
        words=words,
        people=people[:PAGE],
        older=str(Place(last["since"], last["message_id"])) if last else None,
        first=place is None,
        error=error,
        failed_for=failed_for,
        typed=typed,
    )
