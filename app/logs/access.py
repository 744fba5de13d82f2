"""One line for each request: the route and not the path, which may be a sign-in link; no query, header or body."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Response, request

from app.logs import about, note

log = logging.getLogger("handoff.access")

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"}


@contextmanager
def request_line() -> Iterator[None]:
    """All lines of this block are about one request; the last one says how it was answered."""
    began = time.monotonic()
    with about():
        try:
            yield
        finally:
            note(milliseconds=round(1000 * (time.monotonic() - began), 1))
            log.info("answered")


def note_answer(response: Response) -> Response:
    """What a line may tell of a request. A method can be any word, so only those that there are are named."""
    receipt = (request.view_args or {}).get("receipt")
    note(
        method=request.method if request.method in METHODS else "other",
        route=request.url_rule.rule if request.url_rule else None,
        http_status=response.status_code,
        **({"receipt": receipt} if receipt else {}),
    )
    return response
