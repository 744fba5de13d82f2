"""`flask --app app bounce`: a mail server pipes a mail that came back."""

from __future__ import annotations

import sys
from contextlib import closing
from uuid import UUID

import click
import psycopg
from flask.cli import with_appcontext

from app.database import pools
from app.operate.commands.common import settings
from app.worker.bounces.report import LARGEST, Bounce
from app.worker.bounces.return_path import ReturnPath
from app.worker.bounces.take import NOTE, take

TRY_AGAIN = 75  # EX_TEMPFAIL: the mail server keeps the mail. Any other fault would make it bounce what bounced.
CHUNK = 64 * 1024


@click.command("bounce")
@click.option("--recipient", help="To whom the mail came, where the mail server says so; else its headers are read.")
@with_appcontext
@click.pass_context
def bounce(context: click.Context, recipient: str | None) -> None:
    """Read one mail that came back, on standard input. Exit code 0: taken; 75: the mail server should keep it."""
    raw = _read()
    return_path = ReturnPath.of(settings())
    if return_path is None:
        click.echo("MAIL_BOUNCES or SECRET_KEY is not set, so no bounce is known", err=True)
        context.exit(TRY_AGAIN)
    try:
        told = take(raw, return_path, _note, recipient).told
    except psycopg.Error as error:
        click.echo(f"the database can't be worked on: {error.sqlstate or type(error).__name__}", err=True)
        context.exit(TRY_AGAIN)
    click.echo(told)


def _read() -> bytes:
    """The mail, or enough of it to see that it is too large; all is read, so that who pipes it meets no closed pipe."""
    stream = sys.stdin.buffer
    raw = stream.read(LARGEST + 1)
    while stream.read(CHUNK):
        pass
    return raw


def _note(message_id: UUID, found: Bounce) -> str:
    with closing(pools().connect("worker")) as db:
        row = db.execute(NOTE, [message_id, found.is_hard, found.status, list(found.recipients)]).fetchone()
    return str(row[0]) if row else ""
