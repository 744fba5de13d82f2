"""A deploy, the commands and the shell through PgBouncer in transaction mode: nothing is left in its connections."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest
from click.testing import CliRunner

from app import create_app, serve
from app.database import DatabaseUnavailable, as_visitor
from app.database.pools import POOLED
from app.operate.deploy import deploy
from app.operate.seed import seed
from app.settings import Settings
from tests.world import deploys
from tests.world.postgres import PgServer, Pooler
from tests.world.server import SECRET_KEY


@pytest.fixture(scope="module")
def pooled(pooler: Pooler, pg_server: PgServer) -> Iterator[str]:
    """The name of a database that was deployed through the pooler."""
    with deploys.database(pg_server, f"pooled_{os.getpid()}") as name:
        url = pooler.url(name, "postgres")
        assert len(deploy(url)) > 100
        seed(url)
        yield name


def test_a_deploy_is_as_a_direct_one_and_a_second_finds_nothing_to_do(
    pooled: str, pooler: Pooler, pg_server: PgServer, fresh: str
) -> None:
    assert deploys.dump(pg_server, pooled) == fresh
    assert deploy(pooler.url(pooled, "postgres")) == []
    assert deploy(pg_server.url(pooled)) == []


def test_a_deploy_leaves_nothing_in_the_connections_of_the_pooler(pooled: str, pooler: Pooler) -> None:
    deploy(pooler.url(pooled, "postgres"))
    with psycopg.connect(pooler.url(pooled, "postgres"), autocommit=True, prepare_threshold=None) as db:
        for _ in range(10):
            row = db.execute(
                "select current_user::text, current_setting('lock_timeout'),"
                " (select count(*) from pg_locks where locktype = 'advisory')"
            ).fetchone()
            assert row == ("postgres", "0", 0)


def test_commands_work(pooled: str, pooler: Pooler, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", pooler.url(pooled, "postgres"))
    monkeypatch.setenv("SECRET_KEY", SECRET_KEY)
    runner = CliRunner()
    app = create_app(Settings.from_environ())
    for number in range(12):
        name = f"pooled-{number}@school.example"
        result = runner.invoke(app.cli, ["enroll", name, "Pat Student", "cna"], obj=None)
        assert result.exit_code == 0, result.output
    assert runner.invoke(app.cli, ["apply-due"]).output.startswith("0 events tried")


def test_a_shell_without_logins_of_its_own_is_refused(
    pooled: str, pooler: Pooler, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    app = create_app(Settings(database_url=pooler.url(pooled, "postgres"), secret_key=SECRET_KEY))
    with app.app_context(), pytest.raises(DatabaseUnavailable), as_visitor():
        pass
    app.extensions["handoff_pools"].close()
    monkeypatch.setenv("DATABASE_URL", pooler.url(pooled, "postgres"))
    monkeypatch.setenv("SECRET_KEY", SECRET_KEY)
    assert serve.main() == 1
    assert capsys.readouterr().err == f"not started: {POOLED}\n"
