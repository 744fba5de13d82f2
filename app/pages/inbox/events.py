"""The admin's pages for partners' events: what needs a person, one event and all about it, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from psycopg.rows import DictRow

from app import texts
from app.database import Identity, as_person
from app.errors import http_status, refusal
from app.pages.formats import escaped
from app.pages.forms import storable, typed, typed_id
from app.pages.inbox import words
from app.pages.session import require

PAGE = 50
MOST_SHOWN = 8 * 1024  # bytes of a body

bp = Blueprint("events", __name__, template_folder=".")


class Place(NamedTuple):
    """Where a page of the list ends; in an address as time~receipt~hash."""

    at: datetime
    receipt: UUID
    sha256: bytes

    @classmethod
    def read(cls, text: str) -> Place:
        """Raises ValueError."""
        at, receipt, sha256 = text.split("~")
        return cls(datetime.fromisoformat(at), UUID(receipt), bytes.fromhex(sha256))

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.receipt}~{self.sha256.hex()}"


@bp.get("/admin/events")
@require("admin")
def listing(person: Identity) -> ResponseReturnValue:
    """Parked, rejected and conflicting events, newest first; filtered, a page at a time."""
    try:
        place = Place.read(request.args["before"]) if "before" in request.args else None
    except ValueError:
        abort(404)
    with as_person(person) as db:
        partners = db.execute("select * from handoff.partner_names()").fetchall()
        wanted = filters(request.args.get, partners)
        statement = "select * from handoff.find_events(%s, %s, %s, p_limit => %s)"
        if place:
            statement = "select * from handoff.find_events(%s, %s, %s, %s, %s, %s, p_limit => %s)"
        events = db.execute(statement, [*wanted.values(), *(place or ()), PAGE + 1]).fetchall()
        counts = db.execute("select * from handoff.attention_counts()").fetchall()
        due = db.execute("select * from handoff.due_events()").fetchall()
    older = str(place_of(events[PAGE - 1])) if len(events) > PAGE else None
    reasons = sorted({(row["status"], row["reason"]) for row in counts})
    return render_template(
        "events.html",
        words=words,
        events=events[:PAGE],
        older=older,
        wanted=wanted,
        partners=partners,
        reasons=reasons,
        first=place is None,
        due=sum(row["events"] for row in due),
    )


@bp.get("/admin/events/<uuid:receipt>")
@require("admin")
def details(person: Identity, receipt: UUID) -> ResponseReturnValue:
    """One event: what was sent, what was read, what was decided, and what can be done."""
    return _page(person, receipt)


@bp.post("/admin/events/<uuid:receipt>/link")
@require("admin")
def link(person: Identity, receipt: UUID) -> ResponseReturnValue:
    """Links the account that the event names to a student; what waited for it applies."""

    def act(db: psycopg.Connection[DictRow]) -> str:
        event = _details(db, receipt)
        account = [event["partner_slug"], event["external_student_id"], typed_id("student")]
        row = db.execute("select handoff.link_partner_account(%s, %s, %s) as applied", account).fetchone()
        return words.linked(row["applied"] if row else 0)

    return _acted(person, receipt, act)


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


def filters(given: Callable[[str], str | None], partners: list[DictRow]) -> dict[str, Any]:
    """partner, status and reason as asked for, in this order; what is none of ours counts as not given."""
    partner, status, reason = given("partner"), given("status"), given("reason")
    return {
        "partner": partner if partner in {row["partner_slug"] for row in partners} else None,
        "status": status if status in texts.EVENT else None,
        "reason": reason if reason in texts.REASON else None,
    }


def place_of(event: DictRow) -> Place:
    """The place of an event in the list."""
    return Place(event["received_at"], event["receipt"], event["other_sha256"])


def readable(body: bytes | None) -> tuple[str, int]:
    """A body as text that shows every byte and does nothing, and how many bytes of it are left out."""
    body = body or b""
    text = body[:MOST_SHOWN].decode("utf-8", "backslashreplace")
    return "\n".join(map(escaped, text.split("\n"))), max(0, len(body) - MOST_SHOWN)


def _acted(person: Identity, receipt: UUID, act: Callable[[psycopg.Connection[DictRow]], str]) -> ResponseReturnValue:
    try:
        with as_person(person) as db:
            said = act(db)
    except psycopg.Error as error:
        return _page(person, receipt, texts.unchanged(refusal(error))), http_status(error)
    flash(said)
    return redirect(url_for("events.details", receipt=receipt), 303)


def _tried(receipt: DictRow | None) -> str:
    return words.tried(receipt) if receipt else ""


def _details(db: psycopg.Connection[DictRow], receipt: UUID) -> DictRow:
    event = db.execute("select * from handoff.event_details(%s)", [receipt]).fetchone()
    if event is None:
        abort(404)
    return event


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
        }
        students = db.execute("select * from handoff.find_students(%s)", [text]).fetchall() if text.strip() else []
    return render_template(
        "event.html",
        words=words,
        event=event,
        students=students,
        find=text,
        error=error,
        readable=readable,
        typed=typed,
        **page,
    )
