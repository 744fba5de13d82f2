"""`flask --app app.play simulate`: all partners at once against a running server, and a balance at the end."""

from __future__ import annotations

import random
import secrets
import sys
import time

import click
import psycopg
from flask.cli import with_appcontext

from app.operate.commands.common import settings
from app.play.simulation.balance import Sent, balance, position
from app.play.simulation.events import Writer
from app.play.simulation.school import HOST, School
from app.play.simulation.sender import Patience
from app.play.simulation.senders import GIVEN_UP, Senders
from app.play.simulation.stream import Rates, Stream

TICK_SECONDS = 0.5
PLAIN_TICK_SECONDS = 10.0  # where a line can't be written over
AGAIN = ("answered ", "no answer")  # how the counts of what is sent again begin
PERCENT = click.FloatRange(0, 50)


@click.command("simulate")
@click.option("--url", help="Where the server answers, by default BASE_URL. It must work on the same DATABASE_URL.")
@click.option("--events", type=click.IntRange(1), default=1000, show_default=True, help="Different events, at least.")
@click.option("--duplicates", type=PERCENT, default=5, show_default=True, help="Percent that are delivered twice.")
@click.option("--reordered", type=PERCENT, default=5, show_default=True, help="Percent that come after later ones.")
@click.option("--garbage", type=PERCENT, default=1, show_default=True, help="Percent that no partner should send.")
@click.option("--delay", type=click.FloatRange(0), default=2, show_default=True, help="Seconds that an event is late.")
@click.option("--workers", type=click.IntRange(1, 64), default=8, show_default=True, help="Connections at once.")
@click.option("--seed", type=int, help="The same events again; by default others each time.")
@click.option("--pause", type=click.FloatRange(0.1), default=2, show_default=True, help="Most seconds between tries.")
@click.option("--give-up", type=click.FloatRange(1), default=300, show_default=True, help="Seconds without an answer.")
@with_appcontext
@click.pass_context
def simulate(
    context: click.Context,
    url: str | None,
    events: int,
    duplicates: float,
    reordered: float,
    garbage: float,
    delay: float,
    workers: int,
    seed: int | None,
    pause: float,
    give_up: float,
) -> None:
    """Play all partners against a running server, then compare the books. Refuses a database with real people.

    Exit code 0 when everything sent is stored once and as it must be, and every student has one certificate.
    """
    run, seed = secrets.token_hex(4), secrets.randbelow(2**32) if seed is None else seed
    try:
        school = School(run, give_up)
        if school.has_others():
            raise click.ClickException(
                f"this database holds people that no simulation made: not every address ends in {HOST}"
            )
        if not school.programs:
            raise click.ClickException("no program can be played: none has only active partners with a usable secret")
        click.echo(
            f"run {run}, seed {seed}: {events:,} events of {', '.join(school.partners)} in {school.programs} programs"
        )
        since, sent, rng = position(school), Sent(), random.Random(seed)  # noqa: S311 - no secret is made of it
        rates = Rates(duplicates / 100, reordered / 100, garbage / 100, delay)
        stream = Stream(events, rates, rng, Writer(run, rng, school.partners, school.types), school.enroll)
        senders = Senders(url or settings().base_url, workers, Patience(pause, give_up), sent.add)
        _play(stream, senders, sent, events)
        result = balance(school, sent, run, since)
    except psycopg.Error as error:
        raise click.ClickException(f"{error.sqlstate}: {error.diag.message_primary or type(error).__name__}") from error
    click.echo("\n".join(result.lines))
    faults = senders.faults + result.faults
    if senders.counts[GIVEN_UP]:
        faults.append(f"{senders.counts[GIVEN_UP]} deliveries were given up")
    click.echo("\n".join(f"WRONG {fault}" for fault in faults) or "OK: the books balance")
    context.exit(1 if faults else 0)


def _play(stream: Stream, senders: Senders, sent: Sent, events: int) -> None:
    """Sends everything, with a line of progress, and says how it went."""
    began = time.monotonic()
    progress = _Progress(senders, sent, events)
    for event in stream:
        progress.show()
        if event is None:
            time.sleep(0.01)
        while event is not None and not senders.put(event, TICK_SECONDS):
            progress.show()
            if not senders.is_busy:
                raise click.ClickException("; ".join(senders.faults))
    senders.finish()
    while senders.is_busy:
        progress.show()
        time.sleep(0.05)
    took = max(time.monotonic() - began, 0.001)
    progress.end()
    counts = senders.counts
    click.echo(
        f"{sent.events:,} events in {took:.0f} s, {sent.events / took:.0f} a second; {stream.duplicates:,} sent twice,"
        f" {stream.reordered:,} late; slowest answer {senders.slowest:.2f} s"
    )
    again = [f"{times:,} after {name}" for name, times in sorted(counts.items()) if name.startswith(AGAIN)]
    click.echo(f"sent again: {', '.join(again) or 'none'}")


class _Progress:
    """One line, written over where that is possible."""

    def __init__(self, senders: Senders, sent: Sent, events: int) -> None:
        self._senders, self._sent, self._events = senders, sent, events
        self._is_terminal = sys.stderr.isatty()
        self._began = self._shown = time.monotonic()

    def show(self) -> None:
        """Writes the line when the last one is a while ago."""
        now = time.monotonic()
        if now - self._shown < (TICK_SECONDS if self._is_terminal else PLAIN_TICK_SECONDS):
            return
        self._shown = now
        again = sum(times for name, times in list(self._senders.counts.items()) if name.startswith(AGAIN))
        rate = self._sent.events / (now - self._began)
        line = f"{self._sent.events:,} of {self._events:,} events, {rate:.0f} a second, {again:,} sent again"
        click.echo(f"\r{line:<78}" if self._is_terminal else line, err=True, nl=not self._is_terminal)

    def end(self) -> None:
        """Leaves the line."""
        if self._is_terminal:
            click.echo(err=True)
