"""What the shell must know of a partner before it can check a signature; kept for a few seconds."""

from __future__ import annotations

import logging
import threading
import time
from typing import NamedTuple

from flask import current_app

from app.database import DatabaseUnavailable, as_visitor

KEPT_SECONDS = 10.0
RETRY_SECONDS = 1.0
# By name: a later version of the function may return more.
READ = "select d.slug, d.status, d.signature_scheme from handoff.partner_directory() as d"
log = logging.getLogger("handoff.webhooks")


class Partner(NamedTuple):
    """status is active, disabled or retired; signature_scheme one of signatures.SCHEMES."""

    slug: str
    status: str
    signature_scheme: str


class Directory:
    """The partners as last read by this process; one thread reads them anew while the others go by what is known."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._partners: dict[str, Partner] | None = None
        self._due_at = float("-inf")

    def partners(self) -> dict[str, Partner]:
        """By slug. Raises DatabaseUnavailable when they were never read and can't be."""
        with self._lock:
            known = self._partners
            if known is not None:
                if time.monotonic() < self._due_at:
                    return known
                self._due_at = time.monotonic() + RETRY_SECONDS
        try:
            with as_visitor() as db:
                rows = db.execute(READ).fetchall()
        except DatabaseUnavailable as error:
            if known is None:
                raise
            log.warning("the partners can't be read anew, and are taken as they were: %s", error)
            return known
        with self._lock:
            self._partners = {row["slug"]: Partner(**row) for row in rows}
            self._due_at = time.monotonic() + KEPT_SECONDS
            return self._partners


def partner_directory() -> dict[str, Partner]:
    """The partners by slug, at most KEPT_SECONDS old while the database answers. Raises DatabaseUnavailable."""
    directory: Directory = current_app.extensions["handoff_partners"]
    return directory.partners()
