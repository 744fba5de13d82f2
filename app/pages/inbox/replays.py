"""Trying many events again: marked by a filter, applied in small batches while a page shows how far it is."""

from __future__ import annotations

import time
from collections.abc import Mapping

import psycopg
from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app import texts
from app.database import Identity, as_person
from app.errors import refusal
from app.pages.inbox import words
from app.pages.inbox.events import filters
from app.pages.session import require

BATCH = 50  # events of one transaction: their students are held for a moment only
WORK_SECONDS = 2.0  # of one request
MOST = 10**12
GOES_ON = "replay_goes_on"  # in the session, so that only a press of a button starts it, and no address

bp = Blueprint("replays", __name__)


@bp.post("/admin/replay/mark")
@require("admin")
def mark(person: Identity) -> ResponseReturnValue:
    """Marks the events of a filter as due, and goes on to try them."""
    try:
        with as_person(person) as db:
            partners = db.execute("select * from handoff.partner_names()").fetchall()
            wanted = filters(request.form.get, partners)
            row = db.execute("select handoff.mark_events_due(%s, %s, %s) as marked", [*wanted.values()]).fetchone()
    except psycopg.Error as error:
        flash(texts.unchanged(refusal(error)))
        return redirect(url_for("events.listing"), 303)
    if not row or not row["marked"]:
        flash(words.NOTHING_TO_TRY)
        return redirect(url_for("events.listing", **wanted), 303)
    session[GOES_ON] = True
    return redirect(url_for("replays.show", total=row["marked"]), 303)


@bp.get("/admin/replay")
@require("admin")
def show(person: Identity) -> ResponseReturnValue:
    """How many are done and how many are left."""
    with as_person(person) as db:
        due = db.execute("select * from handoff.due_events()").fetchall()
    left = sum(row["events"] for row in due)
    total = max(_number(request.args, "total"), left)
    goes_on = session.pop(GOES_ON, False)
    return render_template(
        "replay.html",
        due=due,
        left=left,
        total=total,
        done=total - left,
        applied=min(_number(request.args, "applied"), total - left),
        running=bool(left) and goes_on,
        idle="idle" in request.args,
    )


@bp.post("/admin/replay")
@require("admin")
def go_on(person: Identity) -> ResponseReturnValue:
    """Tries some batches, and shows the page again."""
    until = time.monotonic() + WORK_SECONDS
    tried = applied = 0
    try:
        while True:
            with as_person(person) as db:
                row = db.execute("select * from handoff.apply_due_events(%s)", [BATCH]).fetchone()
            batch = row["tried"] if row else 0
            tried, applied = tried + batch, applied + (row["applied"] if row else 0)
            if batch < BATCH or time.monotonic() > until:
                break
    except psycopg.Error as error:
        flash(texts.unchanged(refusal(error)))
        return redirect(url_for("replays.show"), 303)
    # Nothing could be tried: somebody else is at it, or holds what is left. The page waits a little.
    idle = None if tried else 1
    total, applied = _number(request.form, "total"), _number(request.form, "applied") + applied
    session[GOES_ON] = True
    return redirect(url_for("replays.show", total=total, applied=applied, idle=idle), 303)


@bp.post("/admin/replay/stop")
@require("admin")
def stop(person: Identity) -> ResponseReturnValue:
    """Leaves what is still due as it is."""
    try:
        with as_person(person) as db:
            row = db.execute("select handoff.stop_due_events() as stopped").fetchone()
    except psycopg.Error as error:
        flash(texts.unchanged(refusal(error)))
        return redirect(url_for("replays.show"), 303)
    flash(words.stopped(row["stopped"] if row else 0))
    return redirect(url_for("events.listing"), 303)


def _number(given: Mapping[str, str], name: str) -> int:
    """A count that the page carries along; it is shown and decides nothing."""
    text = given.get(name, "")
    return min(int(text), MOST) if text.isascii() and text.isdigit() and len(text) < 20 else 0
