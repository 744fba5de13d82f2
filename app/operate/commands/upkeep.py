"""`flask --app app apply-due`, `drop-old-bodies DAYS` and `drop-outdated`: what cron does from time to time."""

from __future__ import annotations

import click

from app.operate.commands.common import connect, value

BATCH = 100  # events of one transaction
ROWS = 1000  # of one transaction


@click.command("apply-due")
def apply_due() -> None:
    """Try every event that is due again, after looking for those that slipped. It can be repeated and killed."""
    tried = applied = 0
    with connect("handoff_worker") as db:
        slipped = value(db, "select handoff.sweep_parked_events()")
        statement = "select array[a.tried, a.applied] from handoff.apply_due_events(%s) as a where a.tried > 0"
        while batch := value(db, statement, BATCH):
            tried, applied = tried + batch[0], applied + batch[1]
    click.echo(f"{tried} events tried, {applied} applied; {slipped} had slipped")


@click.command("drop-old-bodies")
@click.argument("days", type=click.IntRange(1))
def drop_old_bodies(days: int) -> None:
    """Drop the raw bodies of events that are done and older than DAYS, 30 at least. Hashes and outcomes stay."""
    dropped = 0
    with connect("handoff_worker") as db:
        while batch := value(db, "select handoff.drop_old_bodies(make_interval(days => %s), %s)", days, ROWS):
            dropped += batch
    click.echo(f"{dropped} bodies dropped")


@click.command("drop-outdated")
def drop_outdated() -> None:
    """Drop what is older than it is kept: bodies of events and conflicts, ended sessions and links, lists."""
    bodies = sessions = lists = 0
    with connect("handoff_worker") as db:
        while batch := value(db, "select handoff.drop_outdated_bodies(%s)", ROWS):
            bodies += batch
        while batch := value(db, "select handoff.drop_ended_sessions(%s)", ROWS):
            sessions += batch
        while batch := value(db, "select handoff.drop_old_imports(10)"):
            lists += batch
    click.echo(f"{bodies} bodies dropped, {sessions} ended sessions and links, names in {lists} lists")
