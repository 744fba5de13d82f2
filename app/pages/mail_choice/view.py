"""Stopping mails of one kind, by whoever has the link of such a mail: nobody has to sign in for it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.database import as_visitor
from app.pages.mail_choice import words
from app.settings import Settings
from app.worker.stopping import message_of

bp = Blueprint("mail_choice", __name__, template_folder=".")


@bp.get("/mail/stop/<token>")
def ask(token: str) -> ResponseReturnValue:
    """A page with a button; it changes nothing, because mail scanners open links."""
    with as_visitor() as db:
        choice = db.execute("select * from handoff.mail_choice(%s)", [_message(token)]).fetchone()
    if choice is None or choice["kind"] is None:
        abort(404)
    return render_template("mail_choice.html", words=words, token=token, **choice)


@bp.post("/mail/stop/<token>")
def stop(token: str) -> ResponseReturnValue:
    """No more mails of this kind. A mail program calls it without a person, a cookie or a form of ours (RFC 8058).

    So it asks for no token against forgery: who has the link may.
    """
    with as_visitor() as db:
        row = db.execute("select handoff.stop_mail(%s) as kind", [_message(token)]).fetchone()
    if row is None or row["kind"] is None:
        abort(404)
    return render_template("mail_choice.html", words=words, token=token, kind=row["kind"], is_stopped=True)


@bp.post("/mail/resume/<token>")
def resume(token: str) -> ResponseReturnValue:
    """The way back, for a person alone."""
    with as_visitor() as db:
        row = db.execute("select handoff.resume_mail(%s) as kind", [_message(token)]).fetchone()
    if row is None or row["kind"] is None:
        abort(404)
    flash(words.RESUMED[row["kind"]])
    return redirect(url_for("mail_choice.ask", token=token), 303)


def _message(token: str) -> UUID:
    """The mail; 404 for a link that is not ours, as for one of a mail that is not there."""
    settings: Settings = current_app.config["HANDOFF"]
    message_id = message_of(settings, token)
    if message_id is None:
        abort(404)
    return message_id
