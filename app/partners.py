"""What the shell must know of a partner before it can check a signature; kept for a few seconds."""

from __future__ import annotations

import threading
import time
from typing import NamedTuple

import psycopg
from flask import current_app
from psycopg.rows import class_row

from app.database import as_visitor
from app.settings import PER_PARTNER, SHARED, Settings, bare
from app.signatures import fault_of

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
    if any(fault_of(scheme, secret) for secret in secrets):
        return "unusable"
    return "shared" if shared else "own"


def warnings(settings: Settings) -> list[str]:
    """What an operator should know at start of the partners' secrets, a line each.

    A scheme is a row that can change while we run, so a secret that its partner's scheme can't use is no reason not to
    start: it stops that partner only.
    """
    return [*_same_secrets(settings), *_states(settings)]


def _same_secrets(settings: Settings) -> list[str]:
    users: dict[str, set[str]] = {}
    for slug, secrets in [*settings.partner_secrets.items(), ("", settings.shared_secrets)]:
        for secret in secrets:
            users.setdefault(bare(secret), set()).add(PER_PARTNER + slug if slug else SHARED)
    same = sorted({" and ".join(sorted(names)) for names in users.values() if len(names) > 1})
    return [f"{names} have a secret in common: one of these partners could sign as the other" for names in same]


def _states(settings: Settings) -> list[str]:
    url = settings.pages_database_url or settings.database_url or ""
    try:
        with psycopg.connect(url, row_factory=class_row(Partner), connect_timeout=3) as db:
            db.execute("set role handoff_public")
            partners = db.execute("select * from handoff.partner_directory()").fetchall()
    except psycopg.Error as error:
        return [f"the partners can't be read, so their secrets are not checked: {type(error).__name__}"]
    told = {
        "missing": "has no secret: its webhooks are answered 503",
        "unusable": "has a secret that its signature scheme can't use: its webhooks are answered 503",
        "shared": f"has no secret of its own and uses {SHARED}, as others may",
    }
    states = {
        partner.slug: secret_state(settings, partner.slug, partner.signature_scheme)
        for partner in partners
        if partner.status != "retired"
    }
    return [f"partner {slug} {told[state]}" for slug, state in states.items() if state in told]
