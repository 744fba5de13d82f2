"""Today: what needs a person, and below it how the programs run."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from psycopg.types.json import Jsonb

from app import alert_words
from app.database import Identity, as_person
from app.pages.dashboard import pipeline, queue, words
from app.pages.dashboard.onboarding import progress
from app.pages.session import require
from app.settings import Settings

bp = Blueprint("dashboard", __name__, template_folder=".")


@bp.get("/admin/dashboard")
@require("admin")
def show(person: Identity) -> ResponseReturnValue:
    """Everything on one page, read in one transaction."""
    settings: Settings = current_app.config["HANDOFF"]
    with as_person(person) as db:
        [figures] = [row["figures"] for row in db.execute("select handoff.figures_now() as figures")]
        read = [Jsonb(figures)]
        partners = db.execute("select * from handoff.partner_pipeline(%s)", read).fetchall()
        onboarding = db.execute("select * from handoff.partner_onboarding()").fetchall()
        waiting = db.execute("select * from handoff.work_queue()").fetchall()
        pace = db.execute("select * from handoff.partner_pace()").fetchall()
        page = {
            "certified": db.execute("select * from handoff.certified_weeks()").fetchall()[0],
            "advanced": db.execute("select handoff.auto_advanced_today(%s) as steps", read).fetchall(),
            "refusals": db.execute("select * from handoff.recent_refusals()").fetchall(),
            "oddities": db.execute("select * from handoff.stored_oddities()").fetchall(),
            "programs": db.execute("select * from handoff.program_rates(%s)", read).fetchall(),
            "automation": db.execute("select * from handoff.automation_rates(%s)", read).fetchall(),
            "as_of": figures["as_of"] and datetime.fromisoformat(figures["as_of"]),
            "unreachable": db.execute("select * from handoff.unreachable_people(p_limit => 100)").fetchall(),
            "silence": db.execute("select handoff.worker_silence() as since").fetchall(),
            "due": db.execute("select * from handoff.due_events()").fetchall(),
            "changes": db.execute("select * from handoff.recent_changes()").fetchall(),
        }
    secrets = {
        row["partner_slug"]: settings.secret_state(row["partner_slug"], row["signature_scheme"]) for row in partners
    }
    return render_template(
        "admin_dashboard.html",
        words=words,
        capped=alert_words.capped,
        queue=queue.items(waiting),
        kinds=queue.kinds(waiting),
        of=queue.figures(waiting),
        partners=pipeline.joined(partners, pace),
        days=pipeline.days(pace),
        secrets=secrets,
        onboarding=[progress(row, secrets[row["partner_slug"]]) for row in onboarding],
        **page,
    )
