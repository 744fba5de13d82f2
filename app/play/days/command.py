"""`flask --app app.play simulate-days`: a school and all its partners for so many days, in minutes, with a balance."""

from __future__ import annotations

import random
import secrets
import signal
import sys
import time

import click
import psycopg

from app.operate.deploy import DeployError
from app.operate.postgres.binaries import PostgresError
from app.play.days.balance import Balance, printed
from app.play.days.database import connect, throw_away_database
from app.play.days.partners import DAY
from app.play.days.plan import Plan
from app.play.days.run import Options, Run
from app.play.processes import NotStarted
from app.settings import SettingsError

TELL_SECONDS = 20.0


@click.command("simulate-days")
@click.option("--days", type=click.IntRange(20), default=60, show_default=True, help="Days that are lived through.")
@click.option("--students", type=click.IntRange(100), default=10_000, show_default=True, help="Who enrolls in them.")
@click.option("--workers", type=click.IntRange(1, 16), default=3, show_default=True, help="Processes of the worker.")
@click.option(
    "--kill-workers",
    type=click.FloatRange(0.05),
    is_flag=False,
    flag_value=2.0,
    metavar="SECONDS",
    help="Kills one (SIGKILL) again and again, so many real seconds apart on average; 2 when no number is given.",
)
@click.option("--tick", type=click.Choice(["1", "3", "6"]), default="1", show_default=True, help="Hours of a skip.")
@click.option(
    "--by-http",
    type=click.FloatRange(0, 100),
    default=5,
    show_default=True,
    help="Percent of the events that go through a web server; the others go to the function behind it.",
)
@click.option("--seed", type=int, help="The same students, partners and troubles again; by default others each time.")
@click.pass_context
def simulate_days(
    context: click.Context,
    days: int,
    students: int,
    workers: int,
    kill_workers: float | None,
    tick: str,
    by_http: float,
    seed: int | None,
) -> None:
    """Live through many days of a school in minutes, on a database of its own that is dropped afterwards.

    DEMO_DATABASE_URL names a server for it, else it is an embedded one; DATABASE_URL is left alone. Exit code 0 when
    nothing was lost or doubled, every trouble raised its alert, and no alert was without cause.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    seed = secrets.randbelow(2**32) if seed is None else seed
    plan = Plan(students, days, float(tick), seed)
    click.echo(
        f"seed {seed}: {students:,} students, {len(plan.partners)} partners, {len(plan.deeds):,} deeds in {days} days"
    )
    rng = random.Random(seed)  # noqa: S311 - no secret is made of it
    try:
        with throw_away_database() as url:
            run, began = Run(url, plan, Options(workers, kill_workers, by_http / 100), rng), time.monotonic()
            run.live(_Progress(days).show)
            click.echo(f"{days} days in {time.monotonic() - began:.0f} s; {run.kills} workers killed")
            with connect(url, "handoff_owner") as db, db.transaction():
                lines, is_well = printed(Balance(run, db).findings())
    except (SettingsError, PostgresError, DeployError, NotStarted) as error:
        raise click.ClickException(str(error)) from error
    except psycopg.Error as error:
        raise click.ClickException(f"{error.sqlstate}: {error.diag.message_primary or type(error).__name__}") from error
    lines += [f"  WRONG {fault}" for fault in run.faults]
    click.echo("\n".join(lines))
    is_well = is_well and not run.faults
    click.echo("OK: nothing was lost, nothing doubled, and all that was wrong was seen" if is_well else "NOT WELL")
    context.exit(0 if is_well else 1)


class _Progress:
    """A line now and then."""

    def __init__(self, days: int) -> None:
        self._days, self._began = days, time.monotonic()
        self._told = self._began

    def show(self, hour: float) -> None:
        """Says how far it is, when that was a while ago."""
        now = time.monotonic()
        if now - self._told > TELL_SECONDS:
            self._told = now
            click.echo(f"day {hour / DAY:.1f} of {self._days} after {now - self._began:.0f} s", err=True)
            sys.stderr.flush()
