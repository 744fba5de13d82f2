"""Settings from the environment. Every name that the web application reads is here."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import psycopg
from click import ClickException
from psycopg.conninfo import conninfo_to_dict

from app.logs import FORMATS, LEVELS
from app.partner_secrets import PREFIX, bare, fault_of, fingerprint

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


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the environment says. `repr` shows no secret and no database URL (it may hold a password)."""

    database_url: str | None = field(default=None, repr=False)
    pages_database_url: str | None = field(default=None, repr=False)
    webhook_database_url: str | None = field(default=None, repr=False)
    worker_database_url: str | None = field(default=None, repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str = "http://127.0.0.1:8000"
    secret_key: str = field(default="", repr=False)
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str | None = None
    mail_bounces: str | None = None
    bounces_imap_url: str | None = field(default=None, repr=False)
    print_links: bool = False
    metrics_token: str = field(default="", repr=False)
    log_format: str = "text"
    log_level: str = "info"
    partner_secrets: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    shared_secrets: tuple[str, ...] = field(default=(), repr=False)
    retired_secrets: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    outgoing_secrets: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    outgoing_test_hosts: frozenset[str] = frozenset()
    alert_webhook_url: str | None = field(default=None, repr=False)

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the environment; an empty variable counts as unset. Raises SettingsError."""
        env = {name: value.strip() for name, value in (os.environ if environ is None else environ).items()}
        port = _port(env.get("PORT") or "8000")
        database_url = _database_url(env, "DATABASE_URL")
        smtp_url = _smtp_url(env.get("SMTP_URL"))
        mail_from = _mail_from(env.get("MAIL_FROM"))
        if smtp_url and not mail_from:
            raise SettingsError("MAIL_FROM is required when SMTP_URL is set: the sender's address")
        mail_bounces = _mail_bounces(env.get("MAIL_BOUNCES"))
        bounces_imap_url = _imap_url(env.get("BOUNCES_IMAP_URL"))
        if bounces_imap_url and not mail_bounces:
            raise SettingsError("MAIL_BOUNCES is required when BOUNCES_IMAP_URL is set: where bounces come to")
        settings = cls(
            database_url=database_url,
            pages_database_url=_database_url(env, "PAGES_DATABASE_URL"),
            webhook_database_url=_database_url(env, "WEBHOOK_DATABASE_URL"),
            worker_database_url=_database_url(env, "WORKER_DATABASE_URL"),
            host=env.get("HOST") or "127.0.0.1",
            port=port,
            base_url=_base_url(env.get("BASE_URL") or f"http://127.0.0.1:{port}"),
            secret_key=_secret_key(env.get("SECRET_KEY", "")),
            smtp_url=smtp_url,
            mail_from=mail_from,
            mail_bounces=mail_bounces,
            bounces_imap_url=bounces_imap_url,
            print_links=_switch(env, "HANDOFF_PRINT_LINKS"),
            metrics_token=_metrics_token(env.get("METRICS_TOKEN", "")),
            log_format=_one_of(env, "LOG_FORMAT", FORMATS),
            log_level=_one_of(env, "LOG_LEVEL", LEVELS),
            partner_secrets=_by_partner(env, PER_PARTNER, _secrets),
            shared_secrets=_secrets(env, SHARED),
            retired_secrets=_by_partner(env, RETIRED, _split),
            outgoing_secrets=_by_partner(env, OUTGOING, _outgoing_secrets),
            outgoing_test_hosts=_hosts(env, "HANDOFF_OUTGOING_TEST_HOSTS"),
            alert_webhook_url=_alert_webhook_url(env.get("ALERT_WEBHOOK_URL")),
        )
        settings._refuse_retired_in_use()
        return settings

    def secrets_for(self, slug: str) -> tuple[tuple[str, ...], bool]:
        """The webhook secrets of a partner, newest last, and whether partners share them; none: ((), False)."""
        own = self.partner_secrets.get(suffix(slug), ())
        return (own, False) if own else (self.shared_secrets, bool(self.shared_secrets))

    def sharing(self, slug: str, mark: str, slugs: Iterable[str]) -> list[str]:
        """Who of the partners `slugs` has that secret of a partner as well; `mark`: its fingerprint."""
        shared = {bare(secret) for secret in self.secrets_for(slug)[0] if fingerprint(secret) == mark}
        return [
            other for other in slugs if other != slug and shared & {bare(one) for one in self.secrets_for(other)[0]}
        ]

    def secret_state(self, slug: str, scheme: str) -> str:
        """A partner's webhook secret: own, shared, missing or unusable; never the secret."""
        secrets, shared = self.secrets_for(slug)
        if not secrets:
            return "missing"
        if any(fault_of(scheme, secret) for secret in secrets):
            return "unusable"
        return "shared" if shared else "own"

    def retired_for(self, slug: str) -> tuple[str, ...]:
        """The secrets that a partner must not use any more."""
        return self.retired_secrets.get(suffix(slug), ())

    def outgoing_secrets_for(self, slug: str) -> tuple[str, ...]:
        """The secrets by which a partner knows what we send, newest last; none: it can't be told anything."""
        return self.outgoing_secrets.get(suffix(slug), ())

    def _refuse_retired_in_use(self) -> None:
        for slug, retired in self.retired_secrets.items():
            in_use = {bare(secret) for secret in self.secrets_for(slug)[0]}
            if in_use & {bare(secret) for secret in retired}:
                raise SettingsError(f"{RETIRED}{slug} has a secret that is still in use for this partner")

    def require_for_serving(self) -> None:
        """A server needs a key that all its processes share and that outlives them, and a database for each part.

        Raises SettingsError.
        """
        if not self.secret_key:
            raise SettingsError(f"SECRET_KEY is not set: give it at least {KEY_LENGTH} random characters")
        if not self.database_url and not (self.pages_database_url and self.webhook_database_url):
            raise SettingsError(
                "DATABASE_URL is not set: without it, PAGES_DATABASE_URL and WEBHOOK_DATABASE_URL must be"
            )

    @property
    def names_no_database(self) -> bool:
        """Whether the embedded server is meant."""
        return not (self.database_url or self.pages_database_url or self.webhook_database_url)

    @property
    def secure(self) -> bool:
        """Whether people reach the pages over https."""
        return self.base_url.startswith("https://")

    def cookie(self, name: str) -> str:
        """A cookie's name as browsers are given it: over https with the prefix by which no other host can plant one."""
        return f"__Host-{name}" if self.secure else name


def suffix(slug: str) -> str:
    """How a partner's slug is written in the name of a setting."""
    return slug.upper().replace("-", "_")


def _port(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= 65535:
        raise SettingsError("PORT must be a number from 1 to 65535")
    return int(text)


def _database_url(env: Mapping[str, str], name: str) -> str | None:
    url = env.get(name) or None
    if url and not url.startswith(("postgresql://", "postgres://")):
        raise SettingsError(f"{name} must start with postgresql://")
    try:
        conninfo_to_dict(url or "")
    except psycopg.Error:  # its text may quote the password
        raise SettingsError(f"{name} must be like postgresql://user:password@host/database, escaped as a URI") from None
    return url


def _base_url(text: str) -> str:
    try:
        url = urlsplit(text)
        good = url.scheme in ("http", "https") and url.port != 0 and re.fullmatch(r"[A-Za-z0-9.:\[\]-]+", url.netloc)
    except ValueError:
        good = None
    if not good or not url.hostname or url.path.strip("/") or url.query or url.fragment:
        raise SettingsError("BASE_URL must be like https://handoff.example, without a path")
    return f"{url.scheme}://{url.netloc}"


def _secret_key(text: str) -> str:
    if text and len(text) < KEY_LENGTH:
        raise SettingsError(f"SECRET_KEY must have at least {KEY_LENGTH} characters")
    return text


def _metrics_token(text: str) -> str:
    """As RFC 6750 writes a bearer token, so that every monitor can send it."""
    if text and not re.fullmatch(rf"[A-Za-z0-9._~+/-]{{{KEY_LENGTH},}}=*", text):
        raise SettingsError(f"METRICS_TOKEN must be at least {KEY_LENGTH} letters, digits or signs of -._~+/")
    return text


def _smtp_url(text: str | None) -> str | None:
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


def _mail_from(text: str | None) -> str | None:
    if text and not re.fullmatch(r"[^@\x00-\x1f\x7f]+@[^@\x00-\x1f\x7f]+", text):
        raise SettingsError("MAIL_FROM must be like handoff@school.example")
    return text or None


def _mail_bounces(text: str | None) -> str | None:
    if text and not re.fullmatch(rf"[A-Za-z0-9_.-]{{1,{LONGEST_LOCAL}}}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", text):
        raise SettingsError(
            f"MAIL_BOUNCES must be like bounces@school.example, in ASCII, at most {LONGEST_LOCAL} letters before the @"
        )
    return text or None


def _imap_url(text: str | None) -> str | None:
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


def _alert_webhook_url(text: str | None) -> str | None:
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


def _switch(env: Mapping[str, str], name: str) -> bool:
    if env.get(name, "") not in ("", "0", "1"):
        raise SettingsError(f"{name} must be 1 or 0")
    return env.get(name) == "1"


def _one_of(env: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    """The first one is the default."""
    value = env.get(name) or known[0]
    if value not in known:
        raise SettingsError(f"{name} must be {', '.join(known[:-1])} or {known[-1]}")
    return value


def _by_partner(
    env: Mapping[str, str], prefix: str, read: Callable[[Mapping[str, str], str], tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    found = {}
    for name in env:
        if not env[name] or not f"{name}_".startswith(prefix) or name == SHARED:
            continue
        slug = name.removeprefix(prefix)
        if not re.fullmatch(r"[A-Z0-9_]+", slug) or slug == name:
            raise SettingsError(f"{name}: after {prefix} comes the partner's slug in upper case, - as _")
        found[slug] = read(env, name)
    return found


def _split(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    parts = tuple(env.get(name, "").split())
    if not all(part.isascii() and part.isprintable() for part in parts):
        raise SettingsError(f"{name} must be printable ASCII; several secrets are separated by spaces")
    return parts


def _hosts(env: Mapping[str, str], name: str) -> frozenset[str]:
    parts = env.get(name, "").lower().split()
    for part in parts:
        if not re.fullmatch(r"([a-z0-9.-]+|\[[0-9a-f:.]+\]):[1-9][0-9]{0,4}", part):
            raise SettingsError(f"{name} must be like localhost:9000; several are separated by spaces")
    return frozenset(parts)


def _outgoing_secrets(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """What we send is signed in one scheme only, so what it can't use is refused."""
    parts = _secrets(env, name)
    for part in parts:
        if fault := fault_of("standard", part):
            raise SettingsError(f"{name}: a secret {fault}, with or without {PREFIX} before it")
    return parts


def _secrets(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """What is wrong in every scheme is refused here; what is wrong in one only, see app.operate.warnings."""
    parts = _split(env, name)
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
