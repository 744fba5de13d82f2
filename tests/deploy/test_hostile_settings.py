"""A database whose settings would change what is read and written: deploy, seeds, checks and commands mean the same."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest
from click.testing import CliRunner, Result
from psycopg import sql

from app import create_app
from app.operate.deploy import deploy
from app.operate.seed import seed
from app.settings import Settings
from tests.deploy.scripts import CHECK_CONFIG, CHECK_SCHEMA, CONFIGURE
from tests.world import deploys
from tests.world.partners import SETTINGS
from tests.world.postgres import PgServer
from tests.world.psql import SEEDS, psql
from tests.world.server import SECRET_KEY

HOSTILE = {
    "DateStyle": "SQL, DMY",
    "IntervalStyle": "sql_standard",
    "TimeZone": "Pacific/Kiritimati",
    "array_nulls": "off",
    "backslash_quote": "off",
    "bytea_output": "escape",
    "client_encoding": "LATIN1",
    "default_transaction_isolation": "serializable",
    "extra_float_digits": "-15",
    "idle_session_timeout": "1s",
    "quote_all_identifiers": "on",
    "row_security": "off",
    "search_path": "pg_temp, public",
    "standard_conforming_strings": "off",
    "transform_null_equals": "on",
}
SCRIPTS = (CONFIGURE, CHECK_SCHEMA, CHECK_CONFIG, "CHECK_PEOPLE.sql", "CHECK_BOOKS.sql")


@pytest.fixture(scope="module")
def hostile(pg_server: PgServer) -> Iterator[str]:
    """The URI of a database with these settings, and nobody's right to make anything in it, that was deployed so."""
    with deploys.database(pg_server, f"hostile_{os.getpid()}") as name:
        database = sql.Identifier(name)
        with psycopg.connect(pg_server.url(name), autocommit=True) as db:
            db.execute("revoke all on schema public from public")
            db.execute(sql.SQL("revoke create on database {} from public").format(database))
            for setting, value in HOSTILE.items():
                change = sql.SQL("alter database {} set {} = {}")
                db.execute(change.format(database, sql.Identifier(setting), sql.Literal(value)))
        url = pg_server.url(name)
        assert len(deploy(url)) > 100
        assert seed(url)
        yield url


def test_a_second_deploy_and_a_second_seed_find_nothing_to_do(hostile: str) -> None:
    assert (deploy(hostile), seed(hostile)) == ([], [])


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_says_that_all_is_right(hostile: str, pg_server: PgServer, script: str) -> None:
    said = psql(pg_server.bindir, hostile, "-f", SEEDS / script)
    assert (said.code, said.errors) == (0, ""), said.lines


def test_commands_work(hostile: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (SETTINGS | {"DATABASE_URL": hostile, "SECRET_KEY": SECRET_KEY}).items():
        monkeypatch.setenv(name, value)
    app = create_app(Settings.from_environ())

    def run(*words: str) -> Result:
        result = CliRunner().invoke(app.cli, words)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result

    assert "active, now at" in run("enroll", "wang@school.example", "王小明", "cna").output
    assert "王小明" in run("export", "wang@school.example").output
    assert run("apply-due").output.startswith("0 events tried")
    assert "course.completed" in run("sign", "hsi").output
    assert run("partner-check", "hsi").output.splitlines()[-1].startswith("next: ask the partner to POST")
