"""What a start warns of: that nobody can be mailed, and that a link could be read by others."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.operate.warnings import warnings_of_mailing, warnings_of_people, warnings_of_sending
from app.settings import Settings
from tests.world.server import serving

MAIL = {"SMTP_URL": "smtp://mail.example", "MAIL_FROM": "handoff@school.example"}
HTTPS = {"BASE_URL": "https://handoff.example"}
EVERYWHERE = {"HOST": "0.0.0.0"}  # noqa: S104


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        (MAIL, []),
        (MAIL | HTTPS | EVERYWHERE, []),
        (MAIL | {"HOST": "::1", "BASE_URL": "http://localhost:8000"}, []),
        (HTTPS, ["SMTP_URL"]),
        (MAIL | EVERYWHERE, ["BASE_URL"]),
        (MAIL | {"BASE_URL": "http://handoff.example"}, ["BASE_URL"]),
        (MAIL | {"HANDOFF_PRINT_LINKS": "1"}, ["HANDOFF_PRINT_LINKS"]),
        (EVERYWHERE | {"HANDOFF_PRINT_LINKS": "1"}, ["SMTP_URL", "BASE_URL", "HANDOFF_PRINT_LINKS"]),
    ],
)
def test_each_setting_that_an_operator_should_know_of_is_named(environ: dict[str, str], named: list[str]) -> None:
    assert [line.split()[0] for line in warnings_of_people(Settings.from_environ(environ))] == named


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        (MAIL | {"SECRET_KEY": "k" * 32}, []),
        ({"HANDOFF_PRINT_LINKS": "1", "SECRET_KEY": "k" * 32}, []),
        (MAIL, ["SECRET_KEY"]),
        ({}, ["SMTP_URL", "SECRET_KEY"]),
    ],
)
def test_a_worker_that_can_not_mail_is_told(environ: dict[str, str], named: list[str]) -> None:
    assert [line.split()[0] for line in warnings_of_mailing(Settings.from_environ(environ))] == named


def test_test_hosts_are_named_one_by_one() -> None:
    [line] = warnings_of_sending(Settings.from_environ({"HANDOFF_OUTGOING_TEST_HOSTS": "localhost:9 127.0.0.1:8"}))
    assert "127.0.0.1:8, localhost:9" in line
    assert warnings_of_sending(Settings.from_environ({})) == []


def test_the_server_says_so_when_it_starts(db_url: str, tmp_path: Path) -> None:
    settings = {"DATABASE_URL": db_url, "HANDOFF_OUTGOING_TEST_HOSTS": "localhost:9"}
    with serving(settings, tmp_path / "server.log") as server:
        lines = server.log().splitlines()
    for name in ("SMTP_URL", "HANDOFF_OUTGOING_TEST_HOSTS"):
        (line,) = [line for line in lines if name in line]
        assert " WARNING handoff.serve: " in line
