"""`flask --app app explain-signature`: why a delivery was refused, or what would become of it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import click
import psycopg
from flask.cli import with_appcontext
from psycopg.types.json import Jsonb

from app.errors import http_status
from app.operate.commands.common import connect, settings
from app.operate.commands.partner import Target, partner_slugs, target
from app.partner_secrets import fingerprint
from app.webhooks.explain import Known, explain
from app.webhooks.explain.delivery import Judged, before_the_database, by_the_database
from app.webhooks.explain.headers import Headers
from app.webhooks.receive import verified_by
from app.webhooks.signatures import Verified


@click.command("explain-signature")
@click.argument("slug")
@click.option(
    "--header",
    "headers",
    multiple=True,
    metavar="'NAME: VALUE'|@FILE",
    help="As it was sent; once per header. A file has one a line.",
)
@click.option("--body", type=click.File("rb"), required=True, help="A file with the raw body; - reads it from a pipe.")
@click.option("--at", type=float, help="When it was received, in seconds since 1970; by default now.")
@with_appcontext
@click.pass_context
def explain_signature(
    context: click.Context, slug: str, headers: tuple[str, ...], body: BinaryIO, at: float | None
) -> None:
    """Say what is wrong with a delivery of the partner SLUG, or what would become of it. No secret is printed.

    It looks at all of it: headers, signature, media type, body, course and student. Nothing is stored.
    """
    with connect("handoff_admin") as db:
        partner = target(db, slug)
        slugs = partner_slugs(db)
    pairs = [_pair(line) for header in headers for line in _lines(header)]
    raw = body.read()
    told = explain(partner.scheme, _known(partner, slugs), pairs, raw, time.time() if at is None else at)
    click.echo(f"{slug} signs by the scheme {partner.scheme}; secrets: {_prints(partner)}")
    if told.verified is None:
        click.echo(f"wrong: answered {503 if told.code == 'not_configured' else 401} {told.code}")
        findings, is_right = told.findings, False
    else:
        row: Mapping[str, Any] = {}
        judged = before_the_database(Headers(pairs).joined, raw)
        if judged is None:
            judged, row = _judged(slug, told.verified, raw, slugs)
        click.echo(("wrong: answered " if judged.is_refused else "right: answered ") + judged.said)
        click.echo(f"signed with the secret {told.verified.secret}, event key {told.verified.key}")
        for line in _read(row):
            click.echo(line)
        findings, is_right = judged.findings, not judged.is_refused
    for finding in findings:
        click.echo(f"{finding.part}: {finding.text} ({finding.code})")
    context.exit(0 if is_right else 1)


def _judged(slug: str, verified: Verified, body: bytes, slugs: list[str]) -> tuple[Judged, Mapping[str, Any]]:
    with connect("handoff_admin") as db:
        try:
            with db.transaction(force_rollback=True):
                statement = "select * from handoff.judge_delivery(%s, %s, %s, %s)"
                context = Jsonb(verified_by(slug, verified, slugs))
                row = db.execute(statement, [slug, verified.key, body, context]).fetchone()
        except psycopg.Error as error:
            if http_status(error) == 410:
                return Judged("410 partner_retired", True, []), {}
            raise click.ClickException(f"the body can't be judged: {error.diag.message_primary}") from error
    return by_the_database(row or {}), row or {}


def _read(row: Mapping[str, Any]) -> list[str]:
    """What was read of the body, a line each."""
    named = (
        ("event", "event_type"),
        ("course", "item_ref"),
        ("student id", "external_student_id"),
        ("student", "student_name"),
        ("program", "program_name"),
        ("came before, and was decided", "known"),
    )
    return [f"{what} {row[name]}" for what, name in named if row.get(name)]


def _lines(header: str) -> list[str]:
    """The headers of an option: itself, or the lines of the file that it names. A secret in one is then in no `ps`."""
    if not header.startswith("@"):
        return [header]
    try:
        return [line for line in Path(header[1:]).read_text(errors="replace").splitlines() if line.strip()]
    except OSError as error:
        raise click.UsageError(f"can't read {header[1:]}: {error.strerror}") from error


def _pair(header: str) -> tuple[str, str]:
    name, colon, text = header.partition(":")
    if not colon or not name.strip():
        raise click.UsageError("a header is written 'name: value'")
    return name, text


def _known(partner: Target, slugs: list[str]) -> Known:
    retired = settings().retired_for(partner.slug)
    known = {*partner.secrets, *retired}
    others = [
        (slug, secret)
        for slug in slugs
        if slug != partner.slug
        for secret in settings().secrets_for(slug)[0] + settings().retired_for(slug)
        if secret not in known
    ]
    return Known(partner.secrets, retired, others)


def _prints(partner: Target) -> str:
    return " ".join(fingerprint(secret) for secret in partner.secrets) or "none"
