"""Certificates: the public check of a number, and the PDF for its owner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.database import Identity, as_person, as_visitor
from app.pages.certificates import words
from app.pages.certificates.pdf import certificate_pdf
from app.pages.school import school
from app.pages.session import require

bp = Blueprint("certificates", __name__, template_folder=".")


@bp.get("/verify")
@bp.get("/verify/<number>")
def verify(number: str | None = None) -> ResponseReturnValue:
    """Say in public whether a certificate number is genuine; without a number, ask for one."""
    number = (request.args.get("number", "") if number is None else number).strip()
    if not number:
        return render_template("verify.html", words=words, number="", found=None)
    found: Mapping[str, Any] | None = {"state": "mistyped"}
    if len(number) <= 500 and "\0" not in number:
        with as_visitor() as db:
            found = db.execute("select * from handoff.verify_certificate(%s)", (number,)).fetchone()
    is_ours = found is not None and found["state"] in words.HEADING
    return render_template("verify.html", words=words, number=number, found=found), 200 if is_ours else 404


@bp.get("/student/certificates/<number>.pdf")
@require("student", "admin")
def download(person: Identity, number: str) -> ResponseReturnValue:
    """The certificate as PDF, for the student who owns it and for admins; 404 for everybody else."""
    row = None
    if len(number) <= 64 and number.isprintable():
        with as_person(person) as db:
            row = db.execute("select * from handoff.certificate_details(%s)", (number,)).fetchone()
    if row is None:
        abort(404)
    verify_url = current_app.config["HANDOFF"].base_url + url_for("certificates.verify", number=row["number"])
    pdf = certificate_pdf(row, verify_url, school())
    name = f"attachment; filename=certificate-{row['number']}.pdf"
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": name})
