"""`flask --app app create-admin`, `enroll`, `export`, `disable`, `erase`: people, without psql."""

from __future__ import annotations

import json
import unicodedata
from uuid import UUID

import click

from app.operate.commands.common import Db, connect, value

ASKED = "asked for on the terminal"
IS_PROGRAM = "select exists (select from handoff.programs as g where g.slug = %s)"
NEAR = (
    "select string_agg(g.slug, ', ' order by g.slug) from handoff.programs as g"
    " where position(handoff.search_form(%s) in handoff.search_form(g.name || ' ' || g.slug)) > 0"
)


@click.command("create-admin")
@click.argument("email")
@click.argument("name")
def create_admin(email: str, name: str) -> None:
    """Make an admin, who can then sign in with this e-mail address."""
    with connect("handoff_admin") as db, db.transaction():
        profile_id = value(db, "select handoff.create_profile(%s, %s, 'admin')", email, name)
        if value(db, "select p.role from handoff.profiles as p where p.id = %s", profile_id) != "admin":
            raise click.ClickException(f"{email} is a student's address already; nobody is promoted. Use another one.")
        kept = _name_of(db, profile_id)
    _say_kept(kept, name)
    click.echo(f"{email} is an admin: {profile_id}")


@click.command("enroll")
@click.argument("email")
@click.argument("name")
@click.argument("program")
def enroll(email: str, name: str, program: str) -> None:
    """Enroll a student in a program, given by its slug."""
    with connect("handoff_admin") as db, db.transaction():
        _refuse_unknown(db, program)
        student_id = value(db, "select handoff.create_profile(%s, %s)", email, name)
        kept = _name_of(db, student_id)
        enrollment_id = value(db, "select handoff.enroll_student(%s, %s)", student_id, program)
        status = value(db, "select e.status from handoff.enrollments as e where e.id = %s", enrollment_id)
        at = value(db, "select s.partner_name from handoff.get_current_step(%s) as s", enrollment_id)
    _say_kept(kept, name)
    click.echo(f"{email} is enrolled in {program}: {enrollment_id}, {status}" + (f", now at {at}" if at else ""))


@click.command("export")
@click.argument("email")
def export(email: str) -> None:
    """Print all that is known of a person, as JSON."""
    with connect("handoff_admin") as db, db.transaction():
        data = value(db, "select handoff.profile_data(handoff.find_profile(%s))", email)
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


@click.command("disable")
@click.argument("email")
@click.option("--reason", default=ASKED, help="Kept in the audit trail.")
def disable(email: str, reason: str) -> None:
    """Take a person's access away at once. Events of a student still apply."""
    with connect("handoff_admin") as db:
        value(db, "select handoff.disable_profile(handoff.find_profile(%s), %s)", email, reason)
    click.echo(f"{email} has no access any more")


@click.command("erase")
@click.argument("email")
@click.option("--reason", default=ASKED, help="Kept in the audit trail, unless it names the person.")
def erase(email: str, reason: str) -> None:
    """Forget a person, for good. What was done and when stays, without name, address and accounts."""
    with connect("handoff_admin") as db:
        profile_id = value(db, "select handoff.find_profile(%s)", email)
        value(db, "select handoff.erase_profile(%s, %s)", profile_id, reason)
    click.echo(f"forgotten; {profile_id} stays in the audit trail")


def _refuse_unknown(db: Db, program: str) -> None:
    """Raises ClickException for what is no program's slug, with the slugs that may be meant: of programs named so."""
    if not value(db, IS_PROGRAM, program):
        near = value(db, NEAR, program)
        raise click.ClickException(f"unknown program. {f'Perhaps {near}' if near else 'Give the slug of a program.'}")


def _name_of(db: Db, profile_id: UUID) -> str:
    return str(value(db, "select p.full_name from handoff.profiles as p where p.id = %s", profile_id))


def _say_kept(kept: str, given: str) -> None:
    """A line where the person was there before, under another name: that one stays."""
    if kept != unicodedata.normalize("NFC", given).strip():
        click.echo(f"This is the address of {kept}, whose name stays as it is: correct_profile changes it.", err=True)
