"""Commands of `flask --app app`, one module each."""

from __future__ import annotations

from flask import Flask

from app.operate.commands.bounce import bounce
from app.operate.commands.explain_signature import explain_signature
from app.operate.commands.import_students import import_students
from app.operate.commands.mail import send_test_mail
from app.operate.commands.partner_check import partner_check
from app.operate.commands.people import create_admin, disable, enroll, erase, export
from app.operate.commands.sign import sign_events
from app.operate.commands.sign_in_link import sign_in_link
from app.operate.commands.upkeep import apply_due, drop_old_bodies, drop_outdated

COMMANDS = (
    create_admin,
    enroll,
    import_students,
    export,
    disable,
    erase,
    sign_in_link,
    send_test_mail,
    bounce,
    apply_due,
    drop_old_bodies,
    drop_outdated,
    sign_events,
    explain_signature,
    partner_check,
)


def register(app: Flask) -> None:
    """Adds the commands to an application."""
    for command in COMMANDS:
        app.cli.add_command(command)
