"""The page of one event of a partner: all about it, and what an admin can do with it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import psycopg
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from psycopg.rows import DictRow

from app import texts
from app.database import Identity, as_person
from app.errors import http_status, refusal
from app.pages.forms import storable, typed, typed_id
from app.pages.inbox import words
from app.pages.inbox.bodies import readable
from app.pages.inbox.events import bp
from app.pages.session import require


@bp.get("/admin/events/<uuid:receipt>")
@require("admin")
def details(person: Identity, receipt: UUID) -> ResponseReturnValue:
    """One event: what was sent, what was read, what was decided, and what can be done."""
    return _page(person, receipt)


@bp.post("/admin/events/<uuid:receipt>/link")
@require("admin")
def link(person: Identity, receipt: UUID) -> ResponseReturnValue:
    """Links the account that the event names to a student; what waited for it applies. With `go_on` to the next one."""

    def act(db: psycopg.Connection[DictRow]) -> str:
        event = _details(db, receipt)
        account = [event["partner_slug"], event["external_student_id"], typed_id("student")]
        row = db.execute("select handoff.link_partner_account(%s, %s, %s) as applied", account).fetchone()
        return words.linked(row["applied"] if row else 0)

    return _acted(person, receipt, act, _next if "go_on" in request.form else None)


@bp.post("/admin/events/<uuid:receipt>/assign")
@require("admin")
def assign(person: Identity, receipt: UUID) -> ResponseReturnValue:
    """Applies the event to the step that the admin names."""

    def act(db: psycopg.Connection[DictRow]) -> str:
        statement = "select * from handoff.assign_partner_event(%s, %s, %s)"
        return _tried(db.execute(statement, [receipt, typed_id("step"), typed("reason")]).fetchone())

    return _acted(person, receipt, act)


@bp.post("/admin/events/<uuid:receipt>/replay")
@require("admin")
def replay(person: Identity, receipt: UUID) -> ResponseReturnValue:
    """Tries the event again."""

    def act(db: psycopg.Connection[DictRow]) -> str:
        return _tried(db.execute("select * from handoff.replay_partner_event(%s)", [receipt]).fetchone())

    return _acted(person, receipt, act)


@bp.post("/admin/events/<uuid:receipt>/aside")
@require("admin")
def aside(person: Identity, receipt: UUID) -> ResponseReturnValue:
    """Takes the event off every list of work."""

    def act(db: psycopg.Connection[DictRow]) -> str:
        db.execute("select handoff.set_event_aside(%s, %s)", [receipt, typed("reason")])
        return words.SET_ASIDE

    return _acted(person, receipt, act)


@bp.post("/admin/events/<uuid:receipt>/unlink")
@require("admin")
def unlink(person: Identity, receipt: UUID) -> ResponseReturnValue:
    """Takes the account that the event names from its student, with all that rests on it."""

    def act(db: psycopg.Connection[DictRow]) -> str:
        event = _details(db, receipt)
        account = [event["partner_slug"], event["external_student_id"], typed("reason")]
        row = db.execute("select handoff.unlink_partner_account(%s, %s, %s) as parked", account).fetchone()
        return words.unlinked(row["parked"] if row else 0)

    return _acted(person, receipt, act)


def _acted(
    person: Identity,
    receipt: UUID,
    act: Callable[[psycopg.Connection[DictRow]], str],
    leads_to: Callable[[psycopg.Connection[DictRow]], str] | None = None,
) -> ResponseReturnValue:
    try:
        with as_person(person) as db:
            said = act(db)
            path = leads_to(db) if leads_to else url_for("events.details", receipt=receipt)
    except psycopg.Error as error:
        return _page(person, receipt, texts.unchanged(refusal(error))), http_status(error)
    flash(said)
    return redirect(path, 303)


def _next(db: psycopg.Connection[DictRow]) -> str:
    """The page on which the account that has waited longest is linked; Today when none waits."""
    row = db.execute("select * from handoff.waiting_accounts(1)").fetchone()
    return url_for("events.details", receipt=row["receipt"], _anchor="link") if row else url_for("dashboard.show")


def _tried(receipt: DictRow | None) -> str:
    return words.tried(receipt) if receipt else ""


def _details(db: psycopg.Connection[DictRow], receipt: UUID) -> DictRow:
    return db.execute("select * from handoff.event_details(%s)", [receipt]).fetchone() or abort(404)


def _page(person: Identity, receipt: UUID, error: str = "") -> str:
    text = storable(request.args.get("find", ""))[:200]
    with as_person(person) as db:
        event = _details(db, receipt)
        page = {
            "conflicts": db.execute("select * from handoff.event_conflicts(%s)", [receipt]).fetchall(),
            "candidates": db.execute("select * from handoff.event_candidates(%s)", [receipt]).fetchall(),
            "notes": db.execute("select * from handoff.event_notes(%s)", [receipt]).fetchone(),
            "evidence": db.execute("select * from handoff.event_evidence(%s)", [receipt]).fetchall(),
            "likenesses": db.execute("select * from handoff.event_likenesses(%s)", [receipt]).fetchall(),
            "history": db.execute("select * from handoff.event_history(%s)", [receipt]).fetchall(),
            "students": db.execute("select * from handoff.find_students(%s)", [text]).fetchall()
            if text.strip()
            else [],
            "likely": [] if text else db.execute("select * from handoff.event_students(%s)", [receipt]).fetchall(),
        }
    return render_template(
        "event.html",
        words=words,
        event=event,
        find=text,
        error=error,
        readable=readable,
        typed=typed,
        **page,
    )
