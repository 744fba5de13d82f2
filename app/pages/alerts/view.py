"""The admin's page for alerts: what is wrong, since when, what to do, and who is at it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from psycopg.rows import DictRow

from app import alert_words, texts
from app.database import Identity, as_person
from app.errors import http_status, refusal
from app.pages import formats
from app.pages.alerts import words
from app.pages.forms import typed
from app.pages.school import school
from app.pages.session import require

PAGE = 25
LIST = "select * from handoff.find_alerts(%s, %s, %s, %s, %s, %s)"

bp = Blueprint("alerts", __name__, template_folder=".")


class Place(NamedTuple):
    """Where a page of the list ends; in an address as severity~time~id."""

    severity: str
    at: datetime
    alert_id: UUID

    @classmethod
    def read(cls, text: str) -> Place:
        """Raises ValueError."""
        severity, at, alert_id = text.split("~")
        return cls(severity, datetime.fromisoformat(at), UUID(alert_id))

    def __str__(self) -> str:
        return f"{self.severity}~{self.at.isoformat()}~{self.alert_id}"


@bp.get("/admin/alerts")
@require("admin")
def listing(person: Identity) -> ResponseReturnValue:
    """Alerts of a kind and state, worst and oldest first, a page at a time."""
    return _page(person)


@bp.post("/admin/alerts/<uuid:alert_id>/acknowledge")
@require("admin")
def acknowledge(person: Identity, alert_id: UUID) -> ResponseReturnValue:
    """Somebody knows of it."""

    def act(db: psycopg.Connection[DictRow]) -> str:
        db.execute("select handoff.acknowledge_alert(%s, %s)", [alert_id, typed("reason")])
        return words.ACKNOWLEDGED

    return _acted(person, alert_id, act)


@bp.post("/admin/alerts/<uuid:alert_id>/own")
@require("admin")
def own(person: Identity, alert_id: UUID) -> ResponseReturnValue:
    """Who asks takes it on."""

    def act(db: psycopg.Connection[DictRow]) -> str:
        db.execute("select handoff.own_alert(%s)", [alert_id])
        return words.OWNED

    return _acted(person, alert_id, act)


@bp.post("/admin/alerts/<uuid:alert_id>/snooze")
@require("admin")
def snooze(person: Identity, alert_id: UUID) -> ResponseReturnValue:
    """Leaves it alone until the day that was typed begins, by the school's time."""
    try:
        until = datetime.combine(date.fromisoformat(request.form.get("until", "")), time(), school().zone)
    except (ValueError, OverflowError):
        return _page(person, words.NO_DAY, alert_id), 400

    def act(db: psycopg.Connection[DictRow]) -> str:
        db.execute("select handoff.snooze_alert(%s, %s, %s)", [alert_id, until, typed("reason")])
        return words.snoozed(formats.day(until, school().zone))

    return _acted(person, alert_id, act)


def _wanted() -> dict[str, Any]:
    """Kind and state as asked for; what is none of ours counts as not given."""
    kind, state = request.args.get("kind"), request.args.get("state")
    return {
        "kind": kind if kind in alert_words.KIND else None,
        "state": state if state in words.STATE and state != "new" else None,
    }


def _acted(person: Identity, alert_id: UUID, act: Callable[[psycopg.Connection[DictRow]], str]) -> ResponseReturnValue:
    try:
        with as_person(person) as db:
            done = act(db)
    except psycopg.Error as error:
        return _page(person, texts.unchanged(refusal(error)), alert_id), http_status(error)
    flash(done)
    return redirect(url_for("alerts.listing", **_wanted()), 303)


def _page(person: Identity, error: str = "", failed: UUID | None = None) -> str:
    wanted = _wanted()
    state = wanted["state"] or "new"
    try:
        place = Place.read(request.args["after"]) if "after" in request.args else None
    except ValueError:
        abort(404)
    kinds = [wanted["kind"]] if wanted["kind"] else None
    with as_person(person) as db:
        alerts = db.execute(LIST, [kinds, state, *(place or (None, None, None)), PAGE + 1]).fetchall()
        counts = db.execute("select * from handoff.alert_counts()").fetchall()
    counted: Counter[str] = Counter()
    for row in counts:
        counted[row["kind"]] += row["alerts"]
    more = None
    if len(alerts) > PAGE:
        last = alerts[PAGE - 1]
        more = str(Place(last["severity"], last["closed_at"] or last["opened_at"], last["id"]))
    return render_template(
        "alerts.html",
        words=words,
        alert_words=alert_words,
        alerts=alerts[:PAGE],
        counts=counted,
        wanted=wanted,
        state=state,
        more=more,
        first=place is None,
        error=error,
        failed=failed,
        typed=typed,
        tomorrow=(datetime.now(school().zone) + timedelta(days=1)).date().isoformat(),
    )
