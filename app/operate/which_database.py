"""Which database a command works on."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from app.operate.postgres import embedded
from app.settings import SettingsError

EMBEDDED_DIRECTORY = Path(__file__).resolve().parents[2] / ".pg"


def database_url() -> str:
    """DATABASE_URL, or the URI of the embedded server in the checkout, which is started when it is not running.

    Raises SettingsError, PostgresError.
    """
    return own_database_url() or embedded.start(EMBEDDED_DIRECTORY).url()


def own_database_url(name: str = "DATABASE_URL") -> str | None:
    """The setting when it is set. Raises SettingsError when it can't be read, without showing the password in it."""
    url = os.environ.get(name, "").strip()
    try:
        conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        url = "?"
    if url and not url.startswith(("postgresql://", "postgres://")):
        raise SettingsError(
            f"{name} must be like postgresql://user:password@host/database;"
            " in a password, write / @ # % as %2F %40 %23 %25"
        )
    return url or None


def embedded_settings(secret_key: str) -> dict[str, str]:
    """The settings for the embedded server, which is started when needed: each part of Handoff with its own login.

    `secret_key`: as it is set; where it is not, the pages and the worker have one of the checkout in common.
    """
    settings = logins(embedded.start(EMBEDDED_DIRECTORY))
    return settings | {"SECRET_KEY": secret_key or kept_secret_key(EMBEDDED_DIRECTORY / "secret_key")}


def logins(server: embedded.Server, dbname: str = embedded.DATABASE) -> dict[str, str]:
    """The database settings for a server of our own, which lets its owner in under every name."""
    return {
        "DATABASE_URL": server.url(dbname),
        "PAGES_DATABASE_URL": server.url(dbname, user="handoff_pages_login"),
        "WEBHOOK_DATABASE_URL": server.url(dbname, user="handoff_webhook_login"),
        "WORKER_DATABASE_URL": server.url(dbname, user="handoff_worker_login"),
    }


def kept_secret_key(path: Path) -> str:
    """A key of this checkout, made on first use, so that a restart ends no forms and no links.

    Of two processes that make it at once, both get the one that was there first.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as made:  # its owner alone can read it
            made.write(secrets.token_hex(32))
            made.flush()
            with contextlib.suppress(FileExistsError):
                os.link(made.name, path)
    return path.read_text()
