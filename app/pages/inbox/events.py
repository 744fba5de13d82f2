"""The admin's list of partners' events that need a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from psycopg.rows import DictRow

from app import texts
from app.database import Identity, as_person
from app.pages.inbox import words
from app.pages.session import require

PAGE = 50

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
