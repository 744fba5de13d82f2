"""Who is signed in: the cookie, the person behind it, and what only that person may see. The database sees digests."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from flask import abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.database import Identity, as_visitor
from app.settings import Settings
from app.worker.mails.links import digest as digest

COOKIE = "handoff_session"  # see Settings.cookie
SESSION_SECONDS = 12 * 3600
HOME = {"student": "student.progress", "admin": "dashboard.show"}
# Printable ASCII without a backslash, and one slash first: a browser reads // and /\ as another site.
OWN_PATH = re.compile(r"/(?!/)[!-\[\]-~]*")

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]
PersonsView = Callable[Concatenate[Identity, P], ResponseReturnValue]


def own_path(target: str | None) -> str | None:
    """The target when it is a path of this site, else None: nobody is sent elsewhere after signing in."""
    return target if target and len(target) <= 500 and OWN_PATH.fullmatch(target) else None


def session_cookie() -> str | None:
    """What this request's browser holds as its session."""
    settings: Settings = current_app.config["HANDOFF"]
    return request.cookies.get(settings.cookie(COOKIE))


def identity() -> Identity | None:
    """The person of this request's cookie, looked up once a request; None: not signed in."""
    if "identity" not in g:
        g.identity = _look_up(session_cookie())
    person: Identity | None = g.identity
    return person


def require(*roles: str) -> Callable[[PersonsView[P]], View[P]]:
    """Give a view the signed-in person of one of these roles; others go to /sign-in or get 403."""

    def decorate(view: PersonsView[P]) -> View[P]:
        @functools.wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            person = identity()
            if person is None:
                return redirect(url_for("sign_in.form", next=own_path(request.path)))
            if person.role not in roles:
                abort(403)
            return view(person, *args, **kwargs)

        return guarded

    return decorate


def _look_up(cookie: str | None) -> Identity | None:
    if not cookie:
        return None
    with as_visitor() as db:
        row = db.execute("select * from handoff.session_profile(%s)", (digest(cookie),)).fetchone()
    return Identity(str(row["profile_id"]), row["role"], row["full_name"], row["email"]) if row else None
