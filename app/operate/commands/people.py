"""`flask --app app create-admin` and `enroll`: the first admin, and one student without psql."""

from __future__ import annotations

import click

from app.operate.commands.common import connect, value


@click.command("create-admin")
@click.argument("email")
@click.argument("name")
def create_admin(email: str, name: str) -> None:
    """Make an admin, who can then sign in with this e-mail address."""
    with connect("handoff_admin") as db, db.transaction():
        profile_id = value(db, "select handoff.create_profile(%s, %s, 'admin')", email, name)
        if value(db, "select p.role from handoff.profiles as p where p.id = %s", profile_id) != "admin":
            raise click.ClickException(f"{email} is a student's address already; nobody is promoted. Use another one.")
    click.echo(f"{email} is an admin: {profile_id}")


@click.command("enroll")
@click.argument("email")
@click.argument("name")
@click.argument("program")
def enroll(email: str, name: str, program: str) -> None:
    """Enroll a student in a program, given by its slug."""
    with connect("handoff_admin") as db, db.transaction():
        student_id = value(db, "select handoff.create_profile(%s, %s)", email, name)
        enrollment_id = value(db, "select handoff.enroll_student(%s, %s)", student_id, program)
        status = value(db, "select e.status from handoff.enrollments as e where e.id = %s", enrollment_id)
        at = value(db, "select s.partner_name from handoff.get_current_step(%s) as s", enrollment_id)
    click.echo(f"{email} is enrolled in {program}: {enrollment_id}, {status}" + (f", now at {at}" if at else ""))
