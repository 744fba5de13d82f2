"""The one map from the functions' SQLSTATEs to HTTP; docs/reference/errors.md is the catalogue."""

from __future__ import annotations

import psycopg

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
