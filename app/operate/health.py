"""For load balancers and monitors."""

from __future__ import annotations

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue

from app.operate.readiness import Readiness
from app.operate.worker_watch import WorkerWatch

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process is up; the database is not asked."""
    return jsonify(ok=True)


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """200 when an event could be stored now, by what is at most two seconds old; else 503 with the reason.

    A worker that is missed is told of, and stops no event from being stored.
    """
    readiness: Readiness = current_app.extensions["handoff_readiness"]
    watch: WorkerWatch = current_app.extensions["handoff_worker_watch"]
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    reason = readiness.reason(app)
    since = watch.since(app)
    silence = {"worker_silent_since": since.isoformat()} if since else {}
    if reason:
        return jsonify(ready=False, reason=reason, **silence), 503
    return jsonify(ready=True, **silence)
