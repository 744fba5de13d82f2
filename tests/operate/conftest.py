"""Commands, as somebody at a terminal runs them."""

from __future__ import annotations

import pytest

from app import create_app
from app.settings import Settings
from tests.operate.commands import Run
from tests.world.partners import SETTINGS
from tests.world.server import Server


@pytest.fixture
def run(db_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """run("enroll", ...): the command on this test's own database."""
    monkeypatch.setenv("DATABASE_URL", db_url)
    runner = create_app(Settings(database_url=db_url)).test_cli_runner()
    return lambda *words: runner.invoke(args=words)


@pytest.fixture
def run_live(live_server: Server, monkeypatch: pytest.MonkeyPatch) -> Run:
    """run_live("sign", "hsi"): the command with the settings of the live server."""
    monkeypatch.setenv("DATABASE_URL", live_server.db_url)
    environ = SETTINGS | {"DATABASE_URL": live_server.db_url, "BASE_URL": live_server.base_url}
    runner = create_app(Settings.from_environ(environ)).test_cli_runner()
    return lambda *words, **options: runner.invoke(args=words, **options)
