"""The admin's pages for mails: what was sent to whom, what is in doubt, and the words of every kind."""

from __future__ import annotations

from uuid import UUID

import psycopg
from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from psycopg.rows import DictRow

from app import texts
from app.database import Identity, as_person
from app.errors import http_status, refusal
from app.pages.forms import typed
from app.pages.headers import FRAMED, FRAMING
from app.pages.mails import words
from app.pages.paging import Place
from app.pages.school import school
from app.pages.session import require
from app.worker.mails.examples import examples
from app.worker.mails.kinds import KINDS
from app.worker.mails.links import BLANK
from app.worker.mails.writing import Written

PAGE = 50
bp = Blueprint("mails", __name__, template_folder=".")


@bp.get("/admin/mails")
@require("admin")
def listing(person: Identity) -> ResponseReturnValue:
    """Every mail, newest first, a page at a time; those in doubt before all others."""
    status = request.args.get("status")
    wanted = status if status in words.STATUS else None
    place = Place.asked()
    statement = "select * from handoff.find_mails(%s, %s, %s, %s)"
    with as_person(person) as db:
        mails = db.execute(statement, [wanted, *(place or (None, None)), PAGE + 1]).fetchall()
        is_first = place is None and wanted is None
        doubtful = db.execute(statement, ["unknown", None, None, PAGE]).fetchall() if is_first else []
    older = str(Place(mails[PAGE - 1]["made_at"], mails[PAGE - 1]["message_id"])) if len(mails) > PAGE else None
    return render_template(
        "mails.html",
        words=words,
        mails=mails[:PAGE],
        doubtful=doubtful,
        wanted=wanted,
        older=older,
        first=place is None,
    )


@bp.get("/admin/mails/<uuid:message_id>")
@require("admin")
def details(person: Identity, message_id: UUID) -> ResponseReturnValue:
    """One mail as it was written, and what became of it."""
    return _page(person, message_id)


@bp.get("/admin/mails/<uuid:message_id>/html")
@require("admin")
def html(person: Identity, message_id: UUID) -> ResponseReturnValue:
    """What a mail looks like, for the frame on its page."""
    with as_person(person) as db:
        mail = _details(db, message_id)
    if not mail["body"]:
        abort(404)
    return _framed(shown(Written.read(mail["body"])))


@bp.post("/admin/mails/<uuid:message_id>/resend")
@require("admin")
def resend(person: Identity, message_id: UUID) -> ResponseReturnValue:
    """Sends a mail that is in doubt, or was not delivered, once more."""
    try:
        with as_person(person) as db:
            db.execute("select handoff.send_again(%s, %s)", [message_id, typed("reason")])
    except psycopg.Error as error:
        return _page(person, message_id, texts.unchanged(refusal(error))), http_status(error)
    flash(words.SENT_AGAIN)
    return redirect(url_for("mails.details", message_id=message_id), 303)


@bp.get("/admin/mails/kinds")
@require("admin")
def kinds(person: Identity) -> ResponseReturnValue:
    """Every kind of mail."""
    return render_template("mail_kinds.html", words=words)


@bp.get("/admin/mails/kinds/<kind>")
@require("admin")
def kind(person: Identity, kind: str) -> ResponseReturnValue:
    """The words of a kind, in each of its forms, for somebody made up."""
    return _framing(render_template("mail_kind.html", words=words, kind=kind, forms=_examples(kind)))


@bp.get("/admin/mails/kinds/<kind>/<int:form>/html")
@require("admin")
def kind_html(person: Identity, kind: str, form: int) -> ResponseReturnValue:
    """What one form of a kind looks like, for the frame on its page."""
    forms = _examples(kind)
    if form >= len(forms):
        abort(404)
    return _framed(forms[form])


def shown(written: Written) -> Written:
    """A mail whose blank, where a link gives access, says what it is."""
    return Written(
        written.subject,
        written.text.replace(BLANK, words.BLANK),
        written.html.replace(BLANK, "#"),
        written.message_id,
        written.date,
    )


def _examples(kind: str) -> list[Written]:
    if kind not in KINDS:
        abort(404)
    held = school()
    return [shown(one) for one in examples(kind, held.name, held.time_zone, current_app.config["HANDOFF"].base_url)]


def _details(db: psycopg.Connection[DictRow], message_id: UUID) -> DictRow:
    mail = db.execute("select * from handoff.mail_details(%s)", [message_id]).fetchone()
    if mail is None:
        abort(404)
    return mail


def _page(person: Identity, message_id: UUID, error: str = "") -> Response:
    with as_person(person) as db:
        mail = _details(db, message_id)
    written = shown(Written.read(mail["body"])) if mail["body"] else None
    may_resend = mail["status"] in ("unknown", "dead") and mail["kind"] != "sign_in_link"
    page = render_template(
        "mail.html",
        words=words,
        mail=mail,
        written=written,
        may_resend=may_resend,
        error=error,
        reason=typed("reason"),
    )
    return _framing(page)


def _framing(page: str) -> Response:
    response = make_response(page)
    response.headers["Content-Security-Policy"] = FRAMING
    return response


def _framed(written: Written) -> Response:
    response = Response(written.html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = FRAMED
    return response
