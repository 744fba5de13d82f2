"""`flask --app app partner-check`: how far a partner is, and what to do next."""

from __future__ import annotations

from typing import Any, NamedTuple

import click
from flask.cli import with_appcontext

from app.operate.commands.common import connect, settings
from app.operate.commands.partner import Target, target
from app.partner_secrets import fingerprint
from app.setting_values import PER_PARTNER
from app.settings import suffix

SECRET = {
    "own": "of its own",
    "shared": "shared with other partners",
    "missing": "missing",
    "unusable": "can't be used in its signature scheme",
}


class Step(NamedTuple):
    """One step of getting a partner going; `needed`: the partner can't send without it."""

    name: str
    is_done: bool
    told: str
    next: str
    needed: bool = True


@click.command("partner-check")
@click.argument("slug")
@with_appcontext
@click.pass_context
def partner_check(context: click.Context, slug: str) -> None:
    """Say how far the partner SLUG is. Exit code 0 when a signed event of it has arrived and more can come."""
    with connect("handoff_admin") as db:
        partner = target(db, slug)
        row = db.execute("select * from handoff.partner_onboarding() as o where o.partner_slug = %s", [slug]).fetchone()
    checked = steps(partner, row or {})
    click.echo(f"{partner.name} ({slug}), scheme {partner.scheme}")
    for step in checked:
        click.echo(f"  {'done' if step.is_done else 'open'}  {step.name}: {step.told}")
    # A student who was moved on shows more than a test event.
    undone = next((step for step in checked if not step.is_done and (step.needed or not checked[-1].is_done)), None)
    click.echo(f"next: {undone.next}" if undone else "next: nothing, students move on by themselves")
    context.exit(0 if all(step.is_done for step in checked if step.needed) else 1)


def steps(partner: Target, seen: dict[str, Any]) -> list[Step]:
    """What is done and what is open, in order; `seen`: the partner's row of handoff.partner_onboarding()."""
    slug, state = partner.slug, settings().secret_state(partner.slug, partner.scheme)
    prints = " ".join(fingerprint(secret) for secret in partner.secrets)
    refused, code = int(seen.get("refusals") or 0), seen.get("last_refusal_code")
    first, last = _day(seen.get("first_event_at")), _day(seen.get("last_event_at"))
    reached = bool(refused or first)
    address = f"/api/webhooks/partners/{slug}"
    return [
        Step(
            "partner active",
            partner.status == "active",
            partner.status,
            f"set its status to active; a {partner.status} partner's events are "
            + ("refused" if partner.status == "retired" else "kept, but not applied"),
        ),
        Step(
            "secret set",
            state in ("own", "shared"),
            SECRET[state] + (f", fingerprint {prints}" if prints else ""),
            f"set {PER_PARTNER}{suffix(slug)} (docs/operate/settings.md says how), restart, give it to the partner",
        ),
        Step(
            "endpoint reached",
            reached,
            (f"{refused} refused, the last time {code}" if refused else "nothing was refused")
            if reached
            else "nothing has arrived",
            f"ask the partner to POST to {address} (docs/partners/webhooks.md), or paste a command of: sign {slug}",
        ),
        Step(
            "signature verified",
            bool(first),
            f"first event {first}, last {last}" if first else "no signed event has arrived",
            "ask the partner for the headers and the body of a refused delivery, and run: explain-signature " + slug,
        ),
        Step(
            "test event seen",
            bool(seen.get("first_test_at")),
            _day(seen.get("first_test_at")) or "none; a partner that has no test events can go on without",
            "ask the partner for a test event, or go on with a student",
            needed=False,
        ),
        Step(
            "first automatic advance seen",
            bool(seen.get("first_advance_at")),
            _day(seen.get("first_advance_at")) or "no event of it has moved a student on yet",
            "enroll a student, link the partner's id of the student, and wait for the first completion",
            needed=False,
        ),
    ]


def _day(moment: Any) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
