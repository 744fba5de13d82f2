"""For load balancers and monitors."""

from __future__ import annotations

import psycopg
from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from app.database import DatabaseUnavailable, as_visitor
from app.operate.deploy import fingerprint

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process is up; the database is not asked."""
    return jsonify(ok=True)


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """200 when the database answers and holds the schema of these files, else 503 with the reason."""
    try:
        with as_visitor() as db:
            row = db.execute("select handoff.deployed_fingerprint() as deployed").fetchone()
    except (DatabaseUnavailable, psycopg.OperationalError):
        return jsonify(ready=False, reason="database unreachable"), 503
    except psycopg.Error:
        row = None
    if row is None or row["deployed"] != fingerprint():
        return jsonify(ready=False, reason="schema not current"), 503
    return jsonify(ready=True)
