"""What the shell must know of a partner before it can check a signature; kept for a few seconds."""

from __future__ import annotations

import threading
import time
from typing import NamedTuple

import psycopg
from flask import current_app
from psycopg.rows import class_row

from app.database import as_visitor
from app.settings import SHARED, Settings
from app.signatures import standard_key

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


def secret_state(settings: Settings, slug: str, scheme: str) -> str:
    """A partner's webhook secret: own, shared, missing or unusable; never the secret."""
    secrets, shared = settings.secrets_for(slug)
    if not secrets:
        return "missing"
    if scheme == "standard" and not all(map(_is_standard, secrets)):
        return "unusable"
    return "shared" if shared else "own"


def _is_standard(secret: str) -> bool:
    try:
        return bool(standard_key(secret))
    except ValueError:
        return False


def warnings(settings: Settings) -> list[str]:
    """What an operator should know at start of the partners' secrets, a line each."""
    url = settings.pages_database_url or settings.database_url or ""
    try:
        with psycopg.connect(url, row_factory=class_row(Partner), connect_timeout=3) as db:
            db.execute("set role handoff_public")
            partners = db.execute("select * from handoff.partner_directory()").fetchall()
    except psycopg.Error as error:
        return [f"the partners can't be read, so their secrets are not checked: {type(error).__name__}"]
    told = {
        "missing": "has no secret: its webhooks are answered 503",
        "unusable": "has a secret that is not base64: its webhooks are answered 503",
        "shared": f"has no secret of its own and uses {SHARED}, as others may",
    }
    states = {
        partner.slug: secret_state(settings, partner.slug, partner.signature_scheme)
        for partner in partners
        if partner.status != "retired"
    }
    return [f"partner {slug} {told[state]}" for slug, state in states.items() if state in told]
