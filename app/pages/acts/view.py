"""A form for an act of the admin's hand on one thing or on several: what will follow, why, and the act itself."""

from __future__ import annotations

from typing import Any, NamedTuple

import psycopg
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from app import texts
from app.database import Identity, as_person
from app.errors import http_status, refusal
from app.pages.acts import catalogue as words
from app.pages.forms import storable, typed
from app.pages.session import own_path, require

MOST = 200  # things that one form acts on

SUBJECT = "select * from handoff.act_subject(%s, %s)"
PREVIEW = "select s as sentence from handoff.preview_act(%s, %s, %s) as s"
PERFORM = "select handoff.perform_act(%s, %s, %s, %s, %s) as result"

bp = Blueprint("acts", __name__, template_folder=".")


class Line(NamedTuple):
    """One thing that is acted on: whom it concerns, what would follow or followed, and what was refused."""

    target: str
    subject: DictRow
    sentences: list[str]
    error: str = ""
    status: int = 200


@bp.get("/admin/acts/<act>")
@require("admin")
def form(person: Identity, act: str) -> ResponseReturnValue:
    """What the act will do to what the address names, and the form for it."""
    return _page(person, _known(act), [_seen(person, act, target, _details(act)) for target in _targets()])


@bp.post("/admin/acts/<act>")
@require("admin")
def perform(person: Identity, act: str) -> ResponseReturnValue:
    """Acts on each thing by itself; says of each what came of it. With `look` it only says what would."""
    _known(act)
    if "look" in request.form:
        return _page(person, act, [_seen(person, act, target, _details(act)) for target in _targets()])
    lines = [_acted(person, act, target) for target in _targets()]
    if len(lines) > 1:
        return render_template("acted.html", words=words, act=act, lines=lines, back=_back(lines))
    if lines[0].error:
        return _page(person, act, lines), lines[0].status
    flash(words.ACT[act].done)
    return redirect(_back(lines), 303)


def _known(act: str) -> str:
    return act if act in words.ACT else abort(404)


def _targets() -> list[str]:
    targets = [storable(target) for target in request.values.getlist("target")]
    if not targets:
        abort(404)
    if len(targets) > MOST:
        abort(413)
    return targets


def _details(act: str) -> dict[str, Any]:
    sent = request.form if request.method == "POST" else request.args
    details: dict[str, Any] = {name: storable(sent[name]).strip() for name in words.ACT[act].asks if sent.get(name)}
    return details | {"again": True} if "again" in details else details


def _seen(person: Identity, act: str, target: str, details: dict[str, Any], error: str = "", status: int = 200) -> Line:
    with as_person(person) as db:
        subject = db.execute(SUBJECT, [act, target]).fetchone() or abort(404)
        if not all(details.get(name) for name in words.NEEDS.get(act, ())):
            return Line(target, subject, [], error, status)
        try:
            with db.transaction():  # so that what was refused leaves the rest of this one alone
                rows = db.execute(PREVIEW, [act, target, Jsonb(details)]).fetchall()
            return Line(target, subject, [row["sentence"] for row in rows], error, status)
        except psycopg.Error as refused:
            return Line(target, subject, [], error or texts.unchanged(refusal(refused)), http_status(refused))


def _acted(person: Identity, act: str, target: str) -> Line:
    details, seen = _details(act), request.form.get("seen", "")
    arguments = [act, target, typed("reason"), Jsonb(details), int(seen) if seen.isascii() and seen.isdigit() else None]
    with as_person(person) as db:
        subject = db.execute(SUBJECT, [act, target]).fetchone() or abort(404)
    try:
        with as_person(person) as db:
            db.execute(PERFORM, arguments)
    except psycopg.Error as error:
        return _seen(person, act, target, details, texts.unchanged(refusal(error)), http_status(error))
    return Line(target, subject, [])


def _page(person: Identity, act: str, lines: list[Line]) -> str:
    choices = {}
    if act in ("enroll", "link", "unlink"):
        with as_person(person) as db:
            choices = {
                "programs": db.execute("select * from handoff.programs_open()").fetchall(),
                "partners": db.execute("select * from handoff.partner_names()").fetchall(),
                "accounts": db.execute(
                    "select * from handoff.person_accounts(%s)", [lines[0].subject["profile_id"]]
                ).fetchall(),
            }
    return render_template(
        "act.html", words=words, act=act, lines=lines, sent=request.values, choices=choices, back=_back(lines)
    )


def _back(lines: list[Line]) -> str:
    own = url_for("students.details", profile_id=lines[0].subject["profile_id"])
    return own_path(request.values.get("next")) or own
