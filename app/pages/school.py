"""The school whose pages these are: its name, time zone, logo and paper; kept for a few seconds."""

from __future__ import annotations

import threading
import time
from datetime import tzinfo
from typing import NamedTuple

from flask import Blueprint, Response, abort, current_app, g
from flask.typing import ResponseReturnValue

from app.database import DatabaseUnavailable, as_visitor
from app.pages.zones import zone

KEPT_SECONDS = 10.0
PRODUCT = "Handoff"
JPEG = b"\xff\xd8\xff"

bp = Blueprint("school", __name__)


class School(NamedTuple):
    """The row of school_details(): an IANA time zone, a PNG or JPEG as logo, the paper as typst names it."""

    name: str | None = None
    time_zone: str = "UTC"
    logo: bytes | None = None
    paper: str = "a4"

    @property
    def title(self) -> str:
        """The name that stands on every page and mail."""
        return self.name or PRODUCT

    @property
    def zone(self) -> tzinfo:
        """Makes days."""
        return zone(self.time_zone)

    @property
    def logo_type(self) -> str:
        """The media type of the logo."""
        return "image/jpeg" if self.logo and self.logo.startswith(JPEG) else "image/png"


class SchoolShelf:
    """The school as last read by this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._school = School()
        self._read_at = float("-inf")

    def known(self) -> School:
        """Without a look into the database."""
        return self._school

    def school(self) -> School:
        """At most KEPT_SECONDS old; the last one known while the database is away."""
        with self._lock:
            if time.monotonic() - self._read_at < KEPT_SECONDS:
                return self._school
            self._read_at = time.monotonic()
        try:
            with as_visitor() as db:
                row = db.execute(
                    "select d.name, d.time_zone, d.logo, d.paper from handoff.school_details() as d"
                ).fetchone()
        except DatabaseUnavailable:
            return self._school
        self._school = School(**row) if row else School()
        return self._school


def school() -> School:
    """The school, the same for all of a request."""
    if "school" not in g:
        g.school = _shelf().school()
    held: School = g.school
    return held


def school_of_trouble() -> None:
    """From here on this request does not ask the database for the school: it answers that something is wrong."""
    if "school" not in g:
        g.school = _shelf().known()


def _shelf() -> SchoolShelf:
    shelf: SchoolShelf = current_app.extensions["handoff_school"]
    return shelf


@bp.get("/school-logo")
def logo() -> ResponseReturnValue:
    """The school's logo, for everybody; 404 without one."""
    held = school()
    if held.logo is None:
        abort(404)
    return Response(held.logo, mimetype=held.logo_type)
