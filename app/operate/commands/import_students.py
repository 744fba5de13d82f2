"""`flask --app app import-students`: a list of students, by the way that the page takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import psycopg
from psycopg.rows import DictRow

from app.errors import HTTP_OF_SQLSTATE
from app.operate.commands.common import Db, connect
from app.pages import csv_file
from app.pages.imports import work
from app.pages.imports.files import MOST_BYTES, NoList


@click.command("import-students")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would come of each line, and enroll nobody.")
@click.option("--program", default="", help="Of lines that name none: slug or name.")
@click.option("--cohort", default="", help="Of lines that name none.")
@click.option("--doubtful", is_flag=True, help="Enroll doubtful lines as new people, too.")
@click.option("--result", type=click.Path(dir_okay=False, path_type=Path), help="Where to write each line's outcome.")
def import_students(file: Path, dry_run: bool, program: str, cohort: str, doubtful: bool, result: Path | None) -> None:
    """Enroll the students of a list (CSV): name, e-mail, program, cohort."""
    defaults = {name: given for name, given in (("program", program), ("cohort", cohort)) if given}
    with connect("handoff_admin") as db:
        call = _call(db)
        try:
            import_id = work.stored(call, file.name, _head(file), defaults)
            while call(work.LOOK, [import_id])["left"]:
                pass
            lines = db.execute(work.LINES.encode(), [import_id]).fetchall()
            if not dry_run:
                _apply(call, import_id, [line["line"] for line in lines if line["verdict"] == "doubtful" and doubtful])
                lines = db.execute(work.LINES.encode(), [import_id]).fetchall()
            held = call(work.DETAILS, [import_id])
        except NoList as error:
            raise click.ClickException(work.refused(error)) from error
        except psycopg.Error as error:
            raise click.ClickException(_refused(error)) from error
    for line in lines:
        click.echo(work.said(line))
    click.echo(f"{work.summary(held)} Import {import_id}.")
    if result:
        rows = work.result_rows(held["header"], lines)
        result.write_text(csv_file.text(work.result_columns(held["header"]), rows), encoding="utf-8", newline="")


def _apply(call: work.Call, import_id: Any, doubtful: list[int]) -> None:
    call("select handoff.choose_import_lines(%s, %s::integer[], %s::integer[]) as n", [import_id, doubtful, doubtful])
    while call(work.APPLY, [import_id])["left"]:
        pass


def _call(db: Db) -> work.Call:
    def call(statement: str, arguments: list[Any]) -> DictRow:
        with db.transaction():
            return db.execute(statement.encode(), arguments).fetchall()[0]

    return call


def _refused(error: psycopg.Error) -> str:
    return work.refused(error) if error.sqlstate in HTTP_OF_SQLSTATE else str(error.diag.message_primary or error)


def _head(file: Path) -> bytes:
    """The file, or so much of it that it is seen to be too large."""
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)
