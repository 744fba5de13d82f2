"""Settings from the environment. Every name that the web application reads is here."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app import setting_values as values
from app.logs import FORMATS, LEVELS
from app.partner_secrets import bare, fault_of, fingerprint
from app.setting_values import KEY_LENGTH, OUTGOING, PER_PARTNER, RETIRED, SHARED
from app.setting_values import SettingsError as SettingsError


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
        port = values.port(env.get("PORT") or "8000")
        database_url = values.database_url(env, "DATABASE_URL")
        smtp_url = values.smtp_url(env.get("SMTP_URL"))
        mail_from = values.mail_from(env.get("MAIL_FROM"))
        if smtp_url and not mail_from:
            raise SettingsError("MAIL_FROM is required when SMTP_URL is set: the sender's address")
        mail_bounces = values.mail_bounces(env.get("MAIL_BOUNCES"))
        bounces_imap_url = values.imap_url(env.get("BOUNCES_IMAP_URL"))
        if bounces_imap_url and not mail_bounces:
            raise SettingsError("MAIL_BOUNCES is required when BOUNCES_IMAP_URL is set: where bounces come to")
        settings = cls(
            database_url=database_url,
            pages_database_url=values.database_url(env, "PAGES_DATABASE_URL"),
            webhook_database_url=values.database_url(env, "WEBHOOK_DATABASE_URL"),
            worker_database_url=values.database_url(env, "WORKER_DATABASE_URL"),
            host=env.get("HOST") or "127.0.0.1",
            port=port,
            base_url=values.base_url(env.get("BASE_URL") or f"http://127.0.0.1:{port}"),
            secret_key=values.secret_key(env.get("SECRET_KEY", "")),
            smtp_url=smtp_url,
            mail_from=mail_from,
            mail_bounces=mail_bounces,
            bounces_imap_url=bounces_imap_url,
            print_links=values.switch(env, "HANDOFF_PRINT_LINKS"),
            metrics_token=values.metrics_token(env.get("METRICS_TOKEN", "")),
            log_format=values.one_of(env, "LOG_FORMAT", FORMATS),
            log_level=values.one_of(env, "LOG_LEVEL", LEVELS),
            partner_secrets=values.by_partner(env, PER_PARTNER, values.secrets),
            shared_secrets=values.secrets(env, SHARED),
            retired_secrets=values.by_partner(env, RETIRED, values.split),
            outgoing_secrets=values.by_partner(env, OUTGOING, values.outgoing_secrets),
            outgoing_test_hosts=values.hosts(env, "HANDOFF_OUTGOING_TEST_HOSTS"),
            alert_webhook_url=values.alert_webhook_url(env.get("ALERT_WEBHOOK_URL")),
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
