"""The student's own page: how far each program is, and the one thing to do next."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.database import Identity, as_person
from app.pages.session import HOME, identity, require
from app.pages.student import words

bp = Blueprint("student", __name__, template_folder=".")


@bp.get("/")
def home() -> ResponseReturnValue:
    """To the page of one's role, or to sign in."""
    person = identity()
    return redirect(url_for(HOME[person.role] if person else "sign_in.form"))


@bp.get("/student/progress")
@require("student")
def progress(person: Identity) -> ResponseReturnValue:
    """Every enrollment of the student, newest first, with its steps in order and what partners sent for them."""
    steps: defaultdict[Any, list[dict[str, Any]]] = defaultdict(list)
    evidence: defaultdict[Any, list[dict[str, Any]]] = defaultdict(list)
    ended: defaultdict[Any, list[dict[str, Any]]] = defaultdict(list)
    with as_person(person) as db:
        enrollments = db.execute("select * from handoff.student_enrollments()").fetchall()
        for step in db.execute("select * from handoff.student_steps()"):
            steps[step["enrollment_id"]].append(step)
        for proof in db.execute("select * from handoff.student_evidence()"):
            evidence[proof["step_id"]].append(proof)
        for paper in db.execute("select * from handoff.student_certificates()"):
            if paper["revoked_at"] or paper["replaced_at"]:
                ended[paper["enrollment_id"]].append(paper)
    return render_template(
        "student_progress.html", words=words, enrollments=enrollments, steps=steps, evidence=evidence, ended=ended
    )
