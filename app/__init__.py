"""Handoff's web application: a thin shell around the functions in PostgreSQL."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable
from types import TracebackType
from typing import TYPE_CHECKING

import psycopg
from flask import Flask, Response, current_app, jsonify, render_template, request
from flask_wtf.csrf import CSRFProtect
from gunicorn.http.errors import NoMoreData, ParseException
from werkzeug.exceptions import (
    BadHost,
    BadRequest,
    HTTPException,
    SecurityError,
    ServiceUnavailable,
    default_exceptions,
)

from app import logs, texts
from app.errors import http_status, in_short, trace
from app.logs import access
from app.pages import formats
from app.pages.headers import HEADERS as HEADERS
from app.pages.school import school_of_trouble
from app.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

RETRY_SECONDS = 30
HTTPS_ONLY = "max-age=31536000"  # a year; of this host alone, the school's others are not ours to decide

log = logging.getLogger("handoff")


class Shell(Flask):
    """Logs a request by its route and a fault by its endpoint: the path may be a sign-in link."""

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """See Flask."""
        with access.request_line():
            return super().wsgi_app(environ, start_response)

    def log_exception(self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None]) -> None:
        """See Flask."""
        fault = exc_info[1]
        log.error("fault in %s\n%s", request.endpoint, trace(fault) if fault else "")


def create_app(settings: Settings | None = None) -> Flask:
    """The application; without settings they are read from the environment. Raises SettingsError."""
    # Imported here, so that `python -m app.<module>` does not load the web application.
    from app.database import DatabaseUnavailable
    from app.database.pools import Pools
    from app.operate import commands, health, metrics
    from app.operate.readiness import Readiness
    from app.operate.worker_watch import WorkerWatch
    from app.pages import school
    from app.pages.acts import view as acts
    from app.pages.alerts import view as alerts
    from app.pages.certificates import view as certificates
    from app.pages.dashboard import refused
    from app.pages.dashboard import view as dashboard
    from app.pages.enrolling import view as enrolling
    from app.pages.imports import view as imports
    from app.pages.inbox import event, replays
    from app.pages.mail_choice import view as mail_choice
    from app.pages.mails import view as mails
    from app.pages.people import listing as people
    from app.pages.search import view as search
    from app.pages.sign_in import view as sign_in
    from app.pages.student import view as student
    from app.pages.unreachable import view as unreachable
    from app.webhooks import receive
    from app.webhooks.directory import Directory
    from app.webhooks.refusals import Refusals

    if settings is None:  # a command
        settings = Settings.from_environ()
        if settings.log_format == "json":
            logs.begin("json", "warning")
    app = Shell(__name__, template_folder="pages/frame", static_folder="pages/static", static_url_path="/static")
    app.config.update(
        HANDOFF=settings,
        # Without one, forms hold only within this process: enough for a command, a server brings its own.
        SECRET_KEY=settings.secret_key or secrets.token_hex(32),
        SESSION_COOKIE_NAME=settings.cookie("handoff_form"),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        MAX_CONTENT_LENGTH=64 * 1024,
        # A form stays good as long as its cookie; with no-referrer there is no Referer to compare.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    app.extensions |= {
        "handoff_pools": Pools(settings),
        "handoff_partners": Directory(),
        "handoff_readiness": Readiness(),
        "handoff_worker_watch": WorkerWatch(),
        "handoff_refusals": Refusals(),
        "handoff_school": school.SchoolShelf(),
    }
    # A sender takes a redirect for a failure.
    app.url_map.merge_slashes = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(texts=texts, count=formats.count, school=school.school)
    app.jinja_env.filters.update(formats.FILTERS)
    csrf = CSRFProtect(app)
    csrf.exempt(receive.bp)  # signed by the partner, no cookie involved
    csrf.exempt(mail_choice.stop)  # signed by us; a mail program has no form of ours
    rooms = (
        receive,
        health,
        metrics,
        sign_in,
        student,
        dashboard,
        alerts,
        refused,
        event,
        replays,
        mails,
        mail_choice,
        unreachable,
        search,
        people,
        acts,
        enrolling,
        imports,
        certificates,
        school,
    )
    for room in rooms:
        app.register_blueprint(room.bp)
    app.register_error_handler(HTTPException, _error)
    for broken in (ParseException, NoMoreData):
        app.register_error_handler(broken, _broken)
    app.register_error_handler(DatabaseUnavailable, _unavailable)
    app.register_error_handler(psycopg.Error, _refused)
    app.after_request(_headers)
    app.after_request(access.note_answer)
    if settings.alert_webhook_url:
        app.before_request(_watch_the_worker)
    commands.register(app)
    return app


def _error(error: HTTPException) -> Response:
    """An HTTP error in plain words; JSON for machines. Headers such as Allow and Retry-After are kept."""
    code = error.code or 500
    school_of_trouble()
    title, text = texts.http(code)
    if request.path.startswith("/api/"):
        response = jsonify(error=title, code=error.name.lower().replace(" ", "_"))
    elif isinstance(error, BadHost | SecurityError):  # without a host, no page can name another
        response = Response(f"{title}. {text}\n", mimetype="text/plain")
    else:
        response = Response(render_template("error.html", title=title, text=text), mimetype="text/html")
    response.status_code = code
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _broken(_: Exception) -> Response:
    """The server met the end, or something that is no HTTP, while the body was read."""
    return _error(BadRequest())


def _unavailable(error: Exception) -> Response:
    log.warning("%s answered 503: %s", request.endpoint, error)
    return _error(ServiceUnavailable(retry_after=RETRY_SECONDS))


def _refused(error: psycopg.Error) -> Response:
    """An error of ours that a page did not expect has its own status; any other is our trouble."""
    if (status := http_status(error)) != ServiceUnavailable.code:
        return _error(default_exceptions[status]())
    log.error("%s answered 503: %s", request.endpoint, in_short(error))
    return _error(ServiceUnavailable(retry_after=RETRY_SECONDS))


def _watch_the_worker() -> None:
    """The first request of a process begins it: a thread does not outlive the fork of a server."""
    current_app.extensions["handoff_worker_watch"].since(current_app._get_current_object())  # type: ignore[attr-defined]


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)  # a page that shows a frame, and what is in it, say more
    if current_app.config["HANDOFF"].secure:
        response.headers["Strict-Transport-Security"] = HTTPS_ONLY
    if request.endpoint != "static" or response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    return response
