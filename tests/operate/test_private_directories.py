"""The embedded server's directories are private: what another user put in their place is neither used nor changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.operate.postgres import embedded
from app.operate.postgres.binaries import embedded_bindir, major_version


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A directory for clusters."""
    yield tmp_path / "pg"
    embedded.destroy(tmp_path / "pg")


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """A private directory of whoever runs the tests."""
    path = tmp_path / "victim"
    path.mkdir(mode=0o700)
    return path


def told(path: Path) -> tuple[int, int, int, list[Path]]:
    """Whose it is, who may enter it, what it holds."""
    info = path.stat()
    return info.st_uid, info.st_gid, info.st_mode, list(path.iterdir())


def test_a_link_in_place_of_the_sockets_directory_is_not_followed(place: Path, victim: Path) -> None:
    server = embedded.start(place)
    embedded.stop(place)
    before, planted = told(victim), Path(server.host)
    planted.symlink_to(victim)
    try:
        with pytest.raises(embedded.PostgresError, match="no directory of this user alone"):
            embedded.start(place)
    finally:
        planted.unlink()
    assert told(victim) == before
    assert embedded.start(place).pid()


def test_a_link_in_place_of_the_data_is_not_followed(place: Path, victim: Path, tmp_path: Path) -> None:
    before, elsewhere = told(victim), tmp_path / "elsewhere"
    elsewhere.symlink_to(victim)
    place.mkdir()
    entry = place / f"pg{major_version(embedded_bindir())}"
    entry.symlink_to(elsewhere)  # as where the account of the server can't enter the place
    with pytest.raises(embedded.PostgresError, match="no directory of this user alone"):
        embedded.start(place)
    assert told(victim) == before
    entry.unlink()


def test_a_directory_that_others_can_enter_is_not_used(place: Path) -> None:
    place.mkdir()
    entry = place / f"pg{major_version(embedded_bindir())}"
    entry.mkdir()
    entry.chmod(0o755)
    before = told(entry)
    with pytest.raises(embedded.PostgresError, match="no directory of this user alone"):
        embedded.start(place)
    assert told(entry) == before
