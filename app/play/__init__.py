"""Playing: the demo, and simulations of every partner at once and of many days. Nothing of production imports it.

`flask --app app.play simulate`, `simulate-days`: the application with the commands that production must not have.
"""

from __future__ import annotations

from flask import Flask


def create_app() -> Flask:
    """The application with `simulate` and `simulate-days`. Raises SettingsError."""
    # Imported here, so that `python -m app.play.demo` does not load the web application.
    import app
    from app.play.days.command import simulate_days
    from app.play.simulation.command import simulate

    made = app.create_app()
    made.cli.add_command(simulate)
    made.cli.add_command(simulate_days)
    return made
