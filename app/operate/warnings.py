"""What an operator should know at start."""

from __future__ import annotations

from urllib.parse import urlsplit

import psycopg
from psycopg.rows import class_row

from app.partner_secrets import bare
from app.setting_values import LOOPBACK, OUTGOING, PER_PARTNER, SHARED
from app.settings import Settings
from app.webhooks.directory import READ, Partner


def warnings_of_people(settings: Settings) -> list[str]:
    """What an operator should know at start of who can sign in, and who could read that on the way, a line each."""
    told = []
    if settings.smtp_url is None:
        told.append("SMTP_URL is not set: nobody can be mailed; the command sign-in-link prints a link")
    hosts = (settings.host, urlsplit(settings.base_url).hostname)
    if not settings.secure and any(host not in LOOPBACK for host in hosts):
        told.append("BASE_URL is http, and not for this machine alone: links and cookies can be read on the way")
    if settings.print_links:
        told.append("HANDOFF_PRINT_LINKS is 1: without a mail server, whoever reads the output can sign in as anybody")
    return told


def warnings_of_mailing(settings: Settings) -> list[str]:
    """What an operator should know when a worker starts of who is mailed, a line each."""
    told = []
    if settings.smtp_url is None and not settings.print_links:
        told.append("SMTP_URL is not set: nobody is mailed, and mails are cancelled when their time is over")
    if not settings.secret_key:
        told.append("SECRET_KEY is not set: no link to sign in is mailed; give the worker that of the pages")
        if settings.mail_bounces:
            told.append(
                "MAIL_BOUNCES is set without SECRET_KEY: what comes back goes to MAIL_FROM, and nobody reads it"
            )
    return told


def warnings_of_sending(settings: Settings) -> list[str]:
    """What an operator should know at start of what is sent to partners, a line each."""
    hosts = ", ".join(sorted(settings.outgoing_test_hosts))
    told = f"HANDOFF_OUTGOING_TEST_HOSTS is set: messages may go to {hosts} in the clear, or within this network"
    return [told] if hosts else []


def warnings(settings: Settings) -> list[str]:
    """What an operator should know at start of the partners' secrets, a line each.

    A scheme is a row that can change while we run, so a secret that its partner's scheme can't use is no reason not to
    start: it stops that partner only.
    """
    return [*_same_secrets(settings), *_states(settings)]


def _same_secrets(settings: Settings) -> list[str]:
    users: dict[str, set[str]] = {}
    named = [
        (SHARED, settings.shared_secrets),
        *((PER_PARTNER + slug, secrets) for slug, secrets in settings.partner_secrets.items()),
        *((OUTGOING + slug, secrets) for slug, secrets in settings.outgoing_secrets.items()),
    ]
    for name, secrets in named:
        for secret in secrets:
            users.setdefault(bare(secret), set()).add(name)
    same = sorted({" and ".join(sorted(names)) for names in users.values() if len(names) > 1})
    return [
        f"{names} have a secret in common: one could sign as the other. Only own secrets keep partners apart"
        for names in same
    ]


def _states(settings: Settings) -> list[str]:
    url = settings.pages_database_url or settings.database_url or ""
    try:
        with psycopg.connect(url, row_factory=class_row(Partner), connect_timeout=3, prepare_threshold=None) as db:
            db.execute("select set_config('row_security', 'on', true), set_config('role', 'handoff_public', true)")
            partners = db.execute(READ).fetchall()
    except psycopg.Error as error:
        return [f"the partners can't be read, so their secrets are not checked: {type(error).__name__}"]
    told = {
        "missing": "has no secret: its webhooks are answered 503",
        "unusable": "has a secret that its signature scheme can't use: its webhooks are answered 503",
        "shared": f"has no secret of its own and uses {SHARED}, as others may. Only own secrets keep partners apart",
    }
    states = {
        partner.slug: settings.secret_state(partner.slug, partner.signature_scheme)
        for partner in partners
        if partner.status != "retired"
    }
    return [f"partner {slug} {told[state]}" for slug, state in states.items() if state in told]
