"""`flask --app app explain-signature`: why a delivery was refused."""

from __future__ import annotations

import time
from typing import BinaryIO

import click
from flask.cli import with_appcontext

from app.operate.commands.common import connect, settings
from app.operate.commands.partner import Target, target
from app.partner_secrets import fingerprint
from app.webhooks.explain import Known, explain


@click.command("explain-signature")
@click.argument("slug")
@click.option("--header", "headers", multiple=True, metavar="'NAME: VALUE'", help="As it was sent; once per header.")
@click.option("--body", type=click.File("rb"), required=True, help="A file with the raw body; - reads it from a pipe.")
@click.option("--at", type=float, help="When it was received, in seconds since 1970; by default now.")
@with_appcontext
@click.pass_context
def explain_signature(
    context: click.Context, slug: str, headers: tuple[str, ...], body: BinaryIO, at: float | None
) -> None:
    """Say which of secret, body, timestamp or id of a delivery of the partner SLUG is wrong. No secret is printed."""
    with connect("handoff_admin") as db:
        partner = target(db, slug)
        slugs = [row["slug"] for row in db.execute("select p.slug from handoff.partners as p order by p.slug")]
    pairs = [_pair(header) for header in headers]
    told = explain(partner.scheme, _known(partner, slugs), pairs, body.read(), time.time() if at is None else at)
    click.echo(f"{slug} signs by the scheme {partner.scheme}; secrets: {_prints(partner)}")
    if told.verified:
        click.echo(f"right: signed with the secret {told.verified.secret}, event key {told.verified.key}")
    else:
        click.echo(f"wrong: answered {503 if told.code == 'not_configured' else 401} {told.code}")
    for finding in told.findings:
        click.echo(f"{finding.part}: {finding.text} ({finding.code})")
    context.exit(0 if told.verified else 1)


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
