"""A student's page for the office: who, what can be done, how far, and all that happened."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from psycopg.rows import DictRow

from app.database import Identity, as_person
from app.pages.acts.catalogue import ACT
from app.pages.mails import catalogue as mails
from app.pages.paging import Place
from app.pages.people import words
from app.pages.session import require

PAGE = 50
TIMELINE = "select * from handoff.person_timeline(%s, %s, %s, %s)"

bp = Blueprint("students", __name__, template_folder=".")


@bp.get("/admin/students/<uuid:profile_id>")
@require("admin")
def details(person: Identity, profile_id: UUID) -> ResponseReturnValue:
    """Everything about one person; of one who was merged, that of who stays."""
    place = Place.asked(str)
    before = place or ("infinity", "~")
    with as_person(person) as db:
        who = db.execute("select * from handoff.person_details(%s)", [profile_id]).fetchone()
        if who is None:
            abort(404)
        if who["merged_into"]:
            return redirect(url_for("students.details", profile_id=who["merged_into"]))
        page = {
            "enrollments": db.execute("select * from handoff.person_enrollments(%s)", [profile_id]).fetchall(),
            "accounts": db.execute("select * from handoff.person_accounts(%s)", [profile_id]).fetchall(),
            "certificates": db.execute("select * from handoff.person_certificates(%s)", [profile_id]).fetchall(),
        }
        steps = db.execute("select * from handoff.person_steps(%s)", [profile_id]).fetchall()
        acts = db.execute("select * from handoff.possible_acts(%s)", [profile_id]).fetchall()
        history = db.execute(TIMELINE, [profile_id, *before, PAGE + 1]).fetchall()
    last = history[PAGE - 1] if len(history) > PAGE else None
    return render_template(
        "person.html",
        words=words,
        mails=mails,
        ACT=ACT,
        who=who,
        steps=_grouped(steps, "enrollment_id"),
        acts=acts,
        main=_main(acts, steps),
        history=history[:PAGE],
        older=str(Place(last["at"], last["id"])) if last else None,
        first=place is None,
        **page,
    )


def _grouped(rows: list[DictRow], by: str) -> dict[object, list[DictRow]]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[row[by]].append(row)
    return grouped


def _main(acts: list[DictRow], steps: list[DictRow]) -> DictRow | None:
    """The one act that waits for the office; None: none does."""
    failed = {step["step_id"] for step in steps if step["status"] == "failed"}
    is_open = any(row["act"] in ("approve", "hold", "resume") for row in acts)
    waiting = {
        "approve": acts,
        "reopen": [row for row in acts if row["step_id"] in failed],
        "resume": acts,
        "enroll": [] if is_open else acts,
    }
    return next((row for act, rows in waiting.items() for row in rows if row["act"] == act), None)
