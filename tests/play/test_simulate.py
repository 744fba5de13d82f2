"""simulate: all partners against the real server, and a balance that can tell when something is wrong."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from click.testing import Result
from psycopg import Connection
from psycopg.rows import DictRow

from app.play import create_app
from tests.play.answers import ACCEPTED, Answers
from tests.world import partners
from tests.world.server import serving

Db = Connection[DictRow]


@pytest.fixture
def run(db_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """run("--events", "10"): the command on this test's own database, with the live server's partners."""
    partners.configure(db_url)
    for name, value in (partners.SETTINGS | {"DATABASE_URL": db_url}).items():
        monkeypatch.setenv(name, value)
    runner = create_app().test_cli_runner()
    return lambda *words: runner.invoke(args=["simulate", "--pause", "0.2", "--delay", "0.3", *words])


def test_the_books_of_the_real_server_balance_in_every_scheme(
    run: Callable[..., Result], db: Db, db_url: str, tmp_path: Path
) -> None:
    with serving(partners.SETTINGS | {"DATABASE_URL": db_url}, tmp_path / "log") as server:
        words = ("--url", server.base_url, "--seed", "1", "--workers", "4", "--garbage", "20", "--duplicates", "20")
        result = run("--events", "250", *words)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1] == "OK: the books balance"
    rows = db.execute("select e.partner_slug, e.seen from handoff.partner_events as e").fetchall()
    assert {row["partner_slug"] for row in rows} >= {"hsi", "certiport", "careersafe", "jri", "milady"}
    assert any(row["seen"] > 1 for row in rows)


def test_the_books_balance_though_every_connection_is_cut_in_the_middle(
    run: Callable[..., Result], db: Db, db_url: str, tmp_path: Path
) -> None:
    cut: list[int] = []

    def cut_after(stored: int) -> None:
        """Ends each connection of the server and of the command, once so many events are stored."""
        with psycopg.connect(db_url, autocommit=True) as own:
            while not own.execute("select count(*) >= %s from handoff.partner_events", [stored]).fetchone()[0]:  # type: ignore[index]
                time.sleep(0.01)
            cut.append(
                own.execute(
                    "select pg_terminate_backend(a.pid) from pg_stat_activity as a"
                    " where a.datname = current_database() and a.application_name like 'handoff %'"
                ).rowcount
            )

    with serving(partners.SETTINGS | {"DATABASE_URL": db_url}, tmp_path / "log") as server:
        threads = [threading.Thread(target=cut_after, args=(stored,), daemon=True) for stored in (30, 90, 150)]
        for thread in threads:
            thread.start()
        result = run("--url", server.base_url, "--events", "200", "--seed", "5")
        for thread in threads:
            thread.join(60)
    assert result.exit_code == 0, result.output
    assert len(cut) == 3
    assert sum(cut) >= 3


def test_a_server_that_answers_without_storing_does_not_balance(run: Callable[..., Result]) -> None:
    with Answers((200, ACCEPTED)).listening() as url:
        result = run("--url", url, "--events", "10", "--workers", "2", "--seed", "1")
    assert result.exit_code == 1
    wrong = [line for line in result.stdout.splitlines() if line.startswith("WRONG ")]
    assert any("0 events are stored" in line for line in wrong)
    assert any("0 certificates of" in line for line in wrong)


def test_without_a_secret_nothing_can_be_played(db_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", db_url)
    result = create_app().test_cli_runner().invoke(args=["simulate"])
    assert result.exit_code == 1
    assert "secret" in result.stderr


def test_each_way_to_be_out_of_balance_is_seen(
    run: Callable[..., Result], db: Db, db_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a good run something is changed by hand, before the books are read."""
    from app.play.simulation import command as simulate

    changed = iter(
        (
            "delete from handoff.webhook_refusals",  # no part of the books
            "update handoff.partner_events set first_outcome = 'ignored:already_completed' where reason = 'evidence'",
            "update handoff.partner_events set event_key = 'lost'"
            " where position = (select max(position) from handoff.partner_events)",
            "alter table handoff.certificates disable trigger append_only; delete from handoff.certificates",
        )
    )
    read = simulate.balance

    def balance(*arguments: object) -> object:
        db.execute(next(changed).encode())
        return read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(simulate, "balance", balance)
    with serving(partners.SETTINGS | {"DATABASE_URL": db_url}, tmp_path / "log") as server:
        results = [
            run("--url", server.base_url, "--events", "20", "--garbage", "0", "--workers", "2") for _ in range(4)
        ]
    assert [result.exit_code for result in results] == [0, 1, 1, 1]
