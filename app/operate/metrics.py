"""GET /metrics: what a monitor counts, in the text format of Prometheus. PostgreSQL computes it all."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator

from flask import Blueprint, Response, abort, current_app, request
from psycopg.rows import DictRow

from app.database import as_monitor
from app.settings import Settings

bp = Blueprint("metrics", __name__)

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@bp.get("/metrics")
def metrics() -> Response:
    """404 where no METRICS_TOKEN is set, 401 for who does not bring it."""
    settings: Settings = current_app.config["HANDOFF"]
    if not settings.metrics_token:
        abort(404)
    if not _brings(settings.metrics_token):
        refused = Response("a bearer token is needed\n", 401, content_type="text/plain; charset=utf-8")
        refused.headers["WWW-Authenticate"] = 'Bearer realm="metrics"'
        return refused
    with as_monitor() as db:
        rows = db.execute("select * from handoff.metrics()").fetchall()
    return Response("".join(f"{line}\n" for line in lines_of(rows)), content_type=CONTENT_TYPE)


def _brings(token: str) -> bool:
    scheme, _, told = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(told.strip().encode(), token.encode())


def lines_of(rows: Iterable[DictRow]) -> Iterator[str]:
    """Rows of handoff.metrics(), in its order, as exposition text: HELP and TYPE once for each name."""
    told = None
    for row in rows:
        if row["name"] != told:
            told = row["name"]
            yield f"# HELP {told} {_escaped(row['help'])}"
            yield f"# TYPE {told} {row['type']}"
        if row["value"] is not None:
            labels = ",".join(f'{name}="{_escaped(value, quote=True)}"' for name, value in row["labels"].items())
            yield f"{told}{{{labels}}} {row['value']}" if labels else f"{told} {row['value']}"


def _escaped(text: str, *, quote: bool = False) -> str:
    text = text.replace("\\", "\\\\").replace("\n", "\\n")
    return text.replace('"', '\\"') if quote else text
