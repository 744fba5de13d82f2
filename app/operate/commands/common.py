"""What several commands need: a connection as an admin, values of functions, a partner with its secrets."""

from __future__ import annotations

from typing import Any, NamedTuple

import click
import psycopg
from flask import current_app
from psycopg.rows import class_row, dict_row

from app.operate.postgres.binaries import PostgresError
from app.operate.which_database import database_url
from app.partner_secrets import fault_of
from app.settings import PER_PARTNER, Settings, suffix

Db = psycopg.Connection[dict[str, Any]]


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


def connect(role: str) -> Db:
    """The database of DATABASE_URL in a role, each statement its own commit. Raises ClickException."""
    try:
        connection = psycopg.connect(
            database_url(),
            autocommit=True,
            application_name="handoff command",
            connect_timeout=10,
            row_factory=dict_row,
        )
        connection.execute(f"set role {role}".encode())
    except (psycopg.Error, PostgresError) as error:
        raise click.ClickException(f"no database to work on: {str(error).splitlines()[0]}") from error
    return connection


def value(db: Db, sql: str, *arguments: object) -> Any:
    """The one value of a statement, None without a row; an error of ours becomes one clear line."""
    try:
        row = db.execute(sql.encode(), arguments).fetchone()
    except psycopg.Error as error:
        hint = error.diag.message_hint
        raise click.ClickException(f"{error.diag.message_primary}. {hint or ''}".strip()) from error
    return next(iter(row.values())) if row else None


def settings() -> Settings:
    """The settings of the current application."""
    held: Settings = current_app.config["HANDOFF"]
    return held


def target(db: Db, slug: str) -> Target:
    """A partner by its slug, with or without secrets. Raises ClickException when there is none."""
    row = db.execute(
        "select p.name, p.status, p.signature_scheme from handoff.partners as p where p.slug = %s", [slug]
    ).fetchone()
    if row is None:
        slugs = db.execute("select p.slug from handoff.partners as p order by p.slug").fetchall()
        known = ", ".join(partner["slug"] for partner in slugs)
        raise click.ClickException(f"there is no partner {slug}; there are: {known or 'none'}")
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
    with db.cursor(row_factory=class_row(EventType)) as cursor:
        return cursor.execute(
            "select t.* from handoff.partner_event_types as t where t.partner_slug = %s"
            " order by t.meaning <> 'completion', t.event_type",
            [slug],
        ).fetchall()
