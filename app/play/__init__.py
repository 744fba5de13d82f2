"""Playing: the demo, and a simulation of every partner at once. Nothing of production imports it.

`flask --app app.play simulate`: the application with the one command that production must not have.
"""

from __future__ import annotations

from flask import Flask


def create_app() -> Flask:
    """The application with `simulate`. Raises SettingsError."""
    # Imported here, so that `python -m app.play.demo` does not load the web application.
    import app
    from app.play.simulation.command import simulate

    made = app.create_app()
    made.cli.add_command(simulate)
    return made
