"""`flask --app app sign`: ready curl commands for a partner's events."""

from __future__ import annotations

import json
import secrets
import shlex
import time
from datetime import UTC, datetime
from typing import Any

import click
from flask.cli import with_appcontext

from app.operate.commands.common import connect, settings
from app.operate.commands.partner import EventType, event_types, require_secret, target
from app.webhooks.signatures import TOLERANCE_SECONDS, sign

MEANINGS = {
    "completion": "completes the student's step",
    "progress": "a part is done; the step stays open",
    "evidence": "kept with the step",
    "acknowledgement": "noted",
    "test": "a test of the connection; changes nothing",
}


@click.command("sign")
@click.argument("slug")
@click.option("--event", "only", help="This event only; without it, all events of the partner.")
@click.option("--student", help="The partner's id of the student, or our own profile id.")
@click.option("--url", help="Where Handoff answers, by default BASE_URL.")
@with_appcontext
def sign_events(slug: str, only: str | None, student: str | None, url: str | None) -> None:
    """Print a ready curl command for each event of the partner SLUG, signed with its newest secret."""
    with connect("handoff_admin") as db:
        partner, types = target(db, slug), event_types(db, slug)
    secret = require_secret(partner)
    chosen = [one for one in types if only in (None, one.event_type)]
    if not chosen:
        known = ", ".join(one.event_type for one in types)
        raise click.ClickException(f"{slug} has no such event; it has: {known or 'none'}")
    if partner.scheme == "shared-secret":
        click.echo(f"warning: {slug} sends its secret itself, so it stands in the commands below", err=True)
    if partner.status == "retired":
        click.echo(f"warning: {slug} is retired; it will be answered 410", err=True)
    address = f"{(url or settings().base_url).rstrip('/')}/api/webhooks/partners/{slug}"
    now = datetime.now(UTC)
    for one in chosen:
        body = json.dumps(sample(one, student or f"{slug}-12345", now.isoformat(timespec="milliseconds")))
        headers = sign(partner.scheme, secret, f"msg_{secrets.token_hex(12)}", int(time.time()), body.encode())
        click.echo(f"# {one.event_type}: {MEANINGS[one.meaning]}")
        click.echo(curl(address, headers, body))
    if partner.scheme == "standard":
        click.echo(f"# These are good for {TOLERANCE_SECONDS // 60} minutes, and each for one event.")


def sample(event: EventType, student: str, completed_at: str, item: str | None = None) -> dict[str, Any]:
    """A good payload of an event, as a partner would send it; `item`: the course, exam or module it is about."""
    body: dict[str, Any] = {"event": event.event_type, "student_id": student}
    if event.item_field:
        body[event.item_field] = item or f"{event.partner_slug}-101"
    if event.pass_field:
        body[event.pass_field] = True
    if event.result_field:
        body[event.result_field] = 95
    return body | {"completed_at": completed_at}


def curl(address: str, headers: dict[str, str], body: str) -> str:
    """The command for a shell."""
    lines = [f"curl -sS {shlex.quote(address)}"]
    for name, text in {"Content-Type": "application/json", **headers}.items():
        lines.append("-H " + shlex.quote(f"{name}: {text}"))
    return " \\\n  ".join([*lines, f"--data-binary {shlex.quote(body)}", "-w '\\n'"])
