"""Commands: the first admin, and one student without psql."""

from __future__ import annotations

import click
import psycopg
from flask import Flask

from app.dev.binaries import PostgresError
from app.dev.target import database_url


def register(app: Flask) -> None:
    """Adds the commands to `flask --app app`."""
    app.cli.add_command(create_admin)
    app.cli.add_command(enroll)


@click.command("create-admin")
@click.argument("email")
@click.argument("name")
def create_admin(email: str, name: str) -> None:
    """Make an admin, who can then sign in with this e-mail address."""
    with _as_admin() as db:
        profile_id = _call(db, "select handoff.create_profile(%s, %s, 'admin')", email, name)
        if _call(db, "select p.role from handoff.profiles as p where p.id = %s", profile_id) != "admin":
            raise click.ClickException(f"{email} is a student's address already; nobody is promoted. Use another one.")
    click.echo(f"{email} is an admin: {profile_id}")


@click.command("enroll")
@click.argument("email")
@click.argument("name")
@click.argument("program")
def enroll(email: str, name: str, program: str) -> None:
    """Enroll a student in a program, given by its slug."""
    with _as_admin() as db:
        student_id = _call(db, "select handoff.create_profile(%s, %s)", email, name)
        enrollment_id = _call(db, "select handoff.enroll_student(%s, %s)", student_id, program)
        status = _call(db, "select e.status from handoff.enrollments as e where e.id = %s", enrollment_id)
        at = _call(db, "select s.partner_name from handoff.get_current_step(%s) as s", enrollment_id)
    click.echo(f"{email} is enrolled in {program}: {enrollment_id}, {status}" + (f", now at {at}" if at else ""))


def _as_admin() -> psycopg.Connection[tuple[object, ...]]:
    try:
        connection = psycopg.connect(database_url(), application_name="handoff command", connect_timeout=10)
        connection.execute("set role handoff_admin")
    except (psycopg.Error, PostgresError) as error:
        raise click.ClickException(f"no database to work on: {str(error).splitlines()[0]}") from error
    return connection


def _call(db: psycopg.Connection[tuple[object, ...]], sql: str, *arguments: object) -> object:
    """The one value of a statement; an error of ours becomes one clear line."""
    try:
        row = db.execute(sql, arguments).fetchone()
    except psycopg.Error as error:
        hint = error.diag.message_hint
        raise click.ClickException(f"{error.diag.message_primary}. {hint or ''}".strip()) from error
    return row[0] if row else None
