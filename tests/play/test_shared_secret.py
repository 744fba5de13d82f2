"""simulate where partners share a secret: they know every student by an account, and the books balance."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.play import create_app
from tests.world.partners import new_secret
from tests.world.server import serving


def test_the_books_balance_under_one_secret(db_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = {"DATABASE_URL": db_url, "PARTNER_WEBHOOK_SECRET": new_secret()}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with serving(settings, tmp_path / "log") as server:
        words = ("--url", server.base_url, "--events", "120", "--seed", "3", "--delay", "0.3", "--pause", "0.2")
        result = create_app().test_cli_runner().invoke(args=["simulate", *words])
    assert result.exit_code == 0, result.output
    assert "OK: the books balance" in result.stdout
