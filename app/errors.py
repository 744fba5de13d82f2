"""What an error is outside: an HTTP status, a sentence, a line of the log. See docs/reference/errors.md."""

from __future__ import annotations

import traceback

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


def in_short(error: psycopg.Error) -> str:
    """The SQLSTATE for a log, or the kind of error where there is none."""
    return error.sqlstate or type(error).__name__


def trace(error: BaseException) -> str:
    """Where a fault came through, for a log: places and kinds, and no message, which may quote a secret or a person."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    kind = type(error).__name__
    if isinstance(error, psycopg.Error) and error.sqlstate:
        kind += f" {error.sqlstate}"
    places = "".join(traceback.format_tb(error.__traceback__))
    return (f"{trace(before)}\n" if before else "") + f"Traceback (most recent call last):\n{places}{kind}"
