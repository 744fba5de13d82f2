"""Signing in by a link sent by e-mail, and signing out. The database sees digests only."""

from __future__ import annotations

import re
import secrets
from uuid import uuid4

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.database import as_visitor
from app.pages.session import COOKIE, HOME, SESSION_SECONDS, own_path, session_cookie
from app.pages.sign_in import words
from app.settings import Settings
from app.worker.mails.links import digest, sign_in_token

EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+")

bp = Blueprint("sign_in", __name__, template_folder=".")


@bp.get("/sign-in")
def form() -> ResponseReturnValue:
    """Ask for the e-mail address."""
    return render_template("sign_in.html", next=own_path(request.args.get("next")))


@bp.post("/sign-in")
def send_link() -> ResponseReturnValue:
    """Have a link mailed when the address is known; the answer is the same when it is not: we are not told."""
    typed = request.form.get("email", "")
    email = typed.strip().lower()
    following = own_path(request.form.get("next"))
    if len(email) > 254 or not EMAIL.fullmatch(email):
        return render_template("sign_in.html", next=following, email=email, error=words.NO_ADDRESS), 422
    link = uuid4()
    token = sign_in_token(current_app.config["SECRET_KEY"], link)
    with as_visitor() as db:
        db.execute("select handoff.mail_sign_in_link(%s, %s, %s, %s)", (typed, link, digest(token), following))
    return render_template("sign_in_sent.html", email=email)


@bp.get("/sign-in/<token>")
def confirm(token: str) -> ResponseReturnValue:
    """A page with a button; it changes nothing, because mail scanners open links."""
    return render_template("sign_in_confirm.html", token=token, next=own_path(request.args.get("next")))


@bp.post("/sign-in/<token>")
def use_link(token: str) -> ResponseReturnValue:
    """Use up the link and start a session."""
    following = own_path(request.form.get("next"))
    cookie = secrets.token_urlsafe(32)
    with as_visitor() as db:
        row = db.execute("select * from handoff.complete_sign_in(%s, %s)", (digest(token), digest(cookie))).fetchone()
    if row is None:
        return render_template("sign_in.html", next=following, error=words.OLD_LINK), 410
    session.clear()
    response = redirect(following or url_for(HOME[row["role"]]), 303)
    settings: Settings = current_app.config["HANDOFF"]
    response.set_cookie(
        settings.cookie(COOKIE), cookie, max_age=SESSION_SECONDS, httponly=True, samesite="Lax", secure=settings.secure
    )
    return response


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session here and in the database, or everywhere."""
    if cookie := session_cookie():
        end = "end_all_sessions" if request.form.get("everywhere") else "end_session"
        with as_visitor() as db:
            db.execute(f"select handoff.{end}(%s)".encode(), (digest(cookie),))
    session.clear()
    response = redirect(url_for("sign_in.form"), 303)
    settings: Settings = current_app.config["HANDOFF"]
    response.delete_cookie(settings.cookie(COOKIE), httponly=True, samesite="Lax", secure=settings.secure)
    return response
