"""How the text of each setting is read. Every reader raises SettingsError, which says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import psycopg
from click import ClickException
from psycopg.conninfo import conninfo_to_dict

from app.partner_secrets import PREFIX, fault_of

SHARED = "PARTNER_WEBHOOK_SECRET"
PER_PARTNER = SHARED + "_"
RETIRED = "PARTNER_RETIRED_SECRET_"
OUTGOING = "PARTNER_OUTGOING_SECRET_"
KEY_LENGTH = 32
LONGEST_LOCAL = 20  # of MAIL_BOUNCES: with an id and a MAC it has 64 letters, and a mail server takes no more
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class SettingsError(ClickException):
    """A setting is missing or malformed. The text names the variable, never the value of a secret.

    A command of `flask --app app` shows it as one line.
    """


def port(text: str) -> int:
    """A number of a port."""
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= 65535:
        raise SettingsError("PORT must be a number from 1 to 65535")
    return int(text)


def database_url(env: Mapping[str, str], name: str) -> str | None:
    """A libpq URI; None when it is not set."""
    url = env.get(name) or None
    if url and not url.startswith(("postgresql://", "postgres://")):
        raise SettingsError(f"{name} must start with postgresql://")
    try:
        conninfo_to_dict(url or "")
    except psycopg.Error:  # its text may quote the password
        raise SettingsError(f"{name} must be like postgresql://user:password@host/database, escaped as a URI") from None
    return url


def base_url(text: str) -> str:
    """Scheme and host, without a path."""
    try:
        url = urlsplit(text)
        good = url.scheme in ("http", "https") and url.port != 0 and re.fullmatch(r"[A-Za-z0-9.:\[\]-]+", url.netloc)
    except ValueError:
        good = None
    if not good or not url.hostname or url.path.strip("/") or url.query or url.fragment:
        raise SettingsError("BASE_URL must be like https://handoff.example, without a path")
    return f"{url.scheme}://{url.netloc}"


def secret_key(text: str) -> str:
    """At least KEY_LENGTH characters, or none."""
    if text and len(text) < KEY_LENGTH:
        raise SettingsError(f"SECRET_KEY must have at least {KEY_LENGTH} characters")
    return text


def metrics_token(text: str) -> str:
    """As RFC 6750 writes a bearer token, so that every monitor can send it."""
    if text and not re.fullmatch(rf"[A-Za-z0-9._~+/-]{{{KEY_LENGTH},}}=*", text):
        raise SettingsError(f"METRICS_TOKEN must be at least {KEY_LENGTH} letters, digits or signs of -._~+/")
    return text


def smtp_url(text: str | None) -> str | None:
    """A mail server, by smtp or smtps."""
    if not text:
        return None
    try:
        url = urlsplit(text)
        good = url.scheme in ("smtp", "smtps") and url.hostname and url.port != 0
    except ValueError:
        good = False
    if not good:
        raise SettingsError("SMTP_URL must be like smtp://user:password@host:587 or smtps://...")
    return text


def mail_from(text: str | None) -> str | None:
    """One address."""
    if text and not re.fullmatch(r"[^@\x00-\x1f\x7f]+@[^@\x00-\x1f\x7f]+", text):
        raise SettingsError("MAIL_FROM must be like handoff@school.example")
    return text or None


def mail_bounces(text: str | None) -> str | None:
    """One address, whose local part leaves room for an id."""
    if text and not re.fullmatch(rf"[A-Za-z0-9_.-]{{1,{LONGEST_LOCAL}}}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", text):
        raise SettingsError(
            f"MAIL_BOUNCES must be like bounces@school.example, in ASCII, at most {LONGEST_LOCAL} letters before the @"
        )
    return text or None


def imap_url(text: str | None) -> str | None:
    """A mailbox, by imaps, or by imap on this machine."""
    if not text:
        return None
    try:
        url = urlsplit(text)
        good = url.hostname and url.port != 0 and url.username and url.password and not url.query
        good = good and (url.scheme == "imaps" or (url.scheme == "imap" and url.hostname in LOOPBACK))
    except ValueError:
        good = False
    if not good:
        raise SettingsError(
            "BOUNCES_IMAP_URL must be like imaps://user:password@host/INBOX, escaped as a URI;"
            " imap:// only to this machine"
        )
    return text


def alert_webhook_url(text: str | None) -> str | None:
    """An address of the web, without a password in it."""
    try:
        url = urlsplit(text or "")
        good = not text or (
            url.scheme in ("http", "https") and url.hostname and url.port != 0 and "@" not in url.netloc
        )
    except ValueError:
        good = False
    if not good or not (text or "").isascii() or re.search(r"[\s\\]", text or ""):
        raise SettingsError("ALERT_WEBHOOK_URL must be like https://chat.example/hooks/123")
    return text or None


def switch(env: Mapping[str, str], name: str) -> bool:
    """1 or 0; 0 when it is not set."""
    if env.get(name, "") not in ("", "0", "1"):
        raise SettingsError(f"{name} must be 1 or 0")
    return env.get(name) == "1"


def one_of(env: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    """The first one is the default."""
    value = env.get(name) or known[0]
    if value not in known:
        raise SettingsError(f"{name} must be {', '.join(known[:-1])} or {known[-1]}")
    return value


def by_partner(
    env: Mapping[str, str], prefix: str, read: Callable[[Mapping[str, str], str], tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """What `read` makes of each variable of this prefix, by the partner's slug as settings write it."""
    found = {}
    for name in env:
        if not env[name] or not f"{name}_".startswith(prefix) or name == SHARED:
            continue
        slug = name.removeprefix(prefix)
        if not re.fullmatch(r"[A-Z0-9_]+", slug) or slug == name:
            raise SettingsError(f"{name}: after {prefix} comes the partner's slug in upper case, - as _")
        found[slug] = read(env, name)
    return found


def split(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Parts of printable ASCII, separated by spaces."""
    parts = tuple(env.get(name, "").split())
    if not all(part.isascii() and part.isprintable() for part in parts):
        raise SettingsError(f"{name} must be printable ASCII; several secrets are separated by spaces")
    return parts


def hosts(env: Mapping[str, str], name: str) -> frozenset[str]:
    """host:port, in lower case; several are separated by spaces."""
    parts = env.get(name, "").lower().split()
    for part in parts:
        if not re.fullmatch(r"([a-z0-9.-]+|\[[0-9a-f:.]+\]):[1-9][0-9]{0,4}", part):
            raise SettingsError(f"{name} must be like localhost:9000; several are separated by spaces")
    return frozenset(parts)


def outgoing_secrets(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """What we send is signed in one scheme only, so what it can't use is refused."""
    parts = secrets(env, name)
    for part in parts:
        if fault := fault_of("standard", part):
            raise SettingsError(f"{name}: a secret {fault}, with or without {PREFIX} before it")
    return parts


def secrets(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """What is wrong in every scheme is refused here; what is wrong in one only, see app.operate.warnings."""
    parts = split(env, name)
    for part in parts:
        if part[0] in "\"'" or part[-1] in "\"'":
            raise SettingsError(f"{name}: leave out the quotation marks around the secret")
        if part.startswith("v1,"):
            raise SettingsError(f"{name}: leave out the v1, before the secret; it belongs to signatures")
        # A secret that says that it is a standard one must be one, whatever the partner's scheme.
        scheme = "standard" if part.startswith(PREFIX) else "hmac-sha256"
        if fault := fault_of(scheme, part):
            raise SettingsError(f"{name}: a secret {fault}" + (f" after {PREFIX}" if scheme == "standard" else ""))
    return parts
