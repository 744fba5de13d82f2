"""What an error of the database is outside: an HTTP status, and a sentence. See docs/reference/errors.md."""

from __future__ import annotations

import psycopg

from app import texts

HTTP_OF_SQLSTATE = {
    "TH400": 400,
    "TH403": 403,
    "TH404": 404,
    "TH405": 405,
    "TH409": 409,
    "TH410": 410,
    "TH413": 413,
    "TH422": 422,
}


def http_status(error: psycopg.Error) -> int:
    """The HTTP status for an error of the database: ours by the map; any other is our own trouble, 503."""
    return HTTP_OF_SQLSTATE.get(error.sqlstate or "", 503)


def refusal(error: psycopg.Error) -> str:
    """What the database refused, in a sentence for a person. An error that is not ours is raised again."""
    if error.sqlstate not in HTTP_OF_SQLSTATE:
        raise error
    return texts.refused(error.sqlstate, error.diag.message_primary or "", error.diag.message_detail or "{}")
