"""What the shell must know of a partner before it can check a signature; kept for a few seconds."""

from __future__ import annotations

import threading
import time
from typing import NamedTuple

from flask import current_app

from app.database import as_visitor

KEPT_SECONDS = 10.0


class Partner(NamedTuple):
    """status is active, disabled or retired; signature_scheme one of signatures.SCHEMES."""

    slug: str
    status: str
    signature_scheme: str


class Directory:
    """The partners as last read by this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._partners: dict[str, Partner] = {}
        self._read_at = float("-inf")

    def partners(self) -> dict[str, Partner]:
        """By slug. Raises DatabaseUnavailable when they are due to be read and can't be."""
        with self._lock:
            if time.monotonic() - self._read_at < KEPT_SECONDS:
                return self._partners
        with as_visitor() as db:
            rows = db.execute("select * from handoff.partner_directory()").fetchall()
        with self._lock:
            self._partners = {row["slug"]: Partner(**row) for row in rows}
            self._read_at = time.monotonic()
            return self._partners


def partner_directory() -> dict[str, Partner]:
    """The partners by slug, at most KEPT_SECONDS old. Raises DatabaseUnavailable."""
    directory: Directory = current_app.extensions["handoff_partners"]
    return directory.partners()
