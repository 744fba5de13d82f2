"""`flask --app app sign-in-link`: a link for who has no mail yet, from the terminal of whoever owns the database."""

from __future__ import annotations

import secrets

import click
from flask.cli import with_appcontext

from app.operate.commands.common import connect, settings, value
from app.operate.commands.people import ASKED
from app.pages.session import digest


@click.command("sign-in-link")
@click.argument("email")
@click.option("--reason", default=ASKED, help="Kept in the audit trail.")
@with_appcontext
def sign_in_link(email: str, reason: str) -> None:
    """Print a link with which EMAIL can sign in once, within 15 minutes. Whoever has it is that person."""
    token = secrets.token_urlsafe(32)
    statement = "select handoff_private.make_sign_in_link(%s, %s, %s)"
    with connect("handoff_owner") as db:
        address = value(db, statement, email, digest(token), reason)
    click.echo(f"For {address}, once, within 15 minutes:", err=True)
    click.echo(f"{settings().base_url}/sign-in/{token}")
