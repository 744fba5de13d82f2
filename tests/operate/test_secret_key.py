"""The key of a checkout without settings: pages and worker, started at once, must have the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.operate.which_database import kept_secret_key

pytestmark = pytest.mark.once


def test_whoever_comes_first_makes_it_and_all_have_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret_key"
    with ThreadPoolExecutor(16) as many:
        keys = set(many.map(lambda _: kept_secret_key(path), range(64)))
    assert len(keys) == 1 and len(keys.pop()) == 64
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["secret_key"]
