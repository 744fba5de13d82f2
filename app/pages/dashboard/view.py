"""The admin's page: what needs a person, and how the programs run."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from psycopg.types.json import Jsonb

from app import alert_words
from app.database import Identity, as_person
from app.pages.dashboard import words
from app.pages.dashboard.onboarding import progress
from app.pages.session import require
from app.settings import Settings

OF_STUDENTS = ("stuck_student", "enrollment_blocked")
LATE = "select * from handoff.find_alerts(%s, p_limit => %s)"
LATE_SHOWN = 20

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
        page = {
            "advanced": db.execute("select handoff.auto_advanced_today(%s) as steps", read).fetchall(),
            "alerts": db.execute("select * from handoff.alert_counts()").fetchall(),
            "late": db.execute(LATE, [list(OF_STUDENTS), LATE_SHOWN]).fetchall(),
            "attention": db.execute("select * from handoff.attention_counts()").fetchall(),
            "events": db.execute("select * from handoff.find_events(p_limit => 100)").fetchall(),
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
    far = [progress(row, secrets[row["partner_slug"]]) for row in onboarding]
    return render_template(
        "admin_dashboard.html",
        words=words,
        alert_words=alert_words,
        partners=partners,
        secrets=secrets,
        onboarding=far,
        **page,
    )
