"""Which database a command works on."""

from __future__ import annotations

import os
from pathlib import Path

from app.dev import embedded

EMBEDDED_DIRECTORY = Path(__file__).resolve().parents[2] / ".pg"


def database_url() -> str:
    """DATABASE_URL, or the URI of the embedded server in the checkout, which is started when it is not running."""
    return os.environ.get("DATABASE_URL") or embedded.start(EMBEDDED_DIRECTORY).url()


def embedded_settings() -> dict[str, str]:
    """The database settings of the embedded server, started when needed: each part of Handoff with its own login."""
    return logins(embedded.start(EMBEDDED_DIRECTORY))


def logins(server: embedded.Server, dbname: str = embedded.DATABASE) -> dict[str, str]:
    """The database settings for a server of our own, which lets its owner in under every name."""
    return {
        "DATABASE_URL": server.url(dbname),
        "PAGES_DATABASE_URL": server.url(dbname, user="handoff_pages_login"),
        "WEBHOOK_DATABASE_URL": server.url(dbname, user="handoff_webhook_login"),
    }
