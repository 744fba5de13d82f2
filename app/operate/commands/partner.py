"""A partner to sign for or to look at, and what it can send."""

from __future__ import annotations

from typing import NamedTuple

import click
from psycopg.rows import class_row

from app.operate.commands.common import Db, settings
from app.partner_secrets import fault_of
from app.setting_values import PER_PARTNER
from app.settings import suffix


class EventType(NamedTuple):
    """A row of handoff.partner_event_types."""

    partner_slug: str
    event_type: str
    meaning: str
    item_field: str | None
    pass_field: str | None
    result_field: str | None
    progress_total: int | None


class Target(NamedTuple):
    """A partner to sign for: its scheme and the secrets that are good, the newest last."""

    slug: str
    name: str
    status: str
    scheme: str
    secrets: tuple[str, ...]


def partner_slugs(db: Db) -> list[str]:
    """Every partner, in order."""
    return [row["slug"] for row in db.execute("select p.slug from handoff.partners as p order by p.slug")]


def target(db: Db, slug: str) -> Target:
    """A partner by its slug, with or without secrets. Raises ClickException when there is none."""
    row = db.execute(
        "select p.name, p.status, p.signature_scheme from handoff.partners as p where p.slug = %s", [slug]
    ).fetchone()
    if row is None:
        known = ", ".join(partner_slugs(db)) or "none"
        raise click.ClickException(f"there is no partner {slug}; there are: {known}")
    return Target(slug, row["name"], row["status"], row["signature_scheme"], settings().secrets_for(slug)[0])


def require_secret(partner: Target) -> str:
    """The partner's newest secret. Raises ClickException, without the secret, when there is none that can be used."""
    if not partner.secrets:
        raise click.ClickException(f"{partner.slug} has no secret: set {PER_PARTNER}{suffix(partner.slug)}")
    for secret in partner.secrets:
        if fault := fault_of(partner.scheme, secret):
            raise click.ClickException(f"{partner.slug}: a secret {fault}, which its scheme {partner.scheme} needs")
    return partner.secrets[-1]


def event_types(db: Db, slug: str) -> list[EventType]:
    """What a partner can send: completions first, then by name."""
    with db.transaction(), db.cursor(row_factory=class_row(EventType)) as cursor:
        return cursor.execute(
            "select t.partner_slug, t.event_type, t.meaning, t.item_field, t.pass_field, t.result_field,"
            " t.progress_total from handoff.partner_event_types as t where t.partner_slug = %s"
            " order by t.meaning <> 'completion', t.meaning = 'test', t.event_type",
            [slug],
        ).fetchall()
