"""A database of another locale, in which lower() means something else: people and zones are found as in ours."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import LiteralString

import psycopg
import pytest

from app.operate.deploy import deploy
from app.operate.seed import seed
from tests.world import deploys
from tests.world.postgres import PgServer

LOCALES = {"C": "locale 'C'", "Turkish": "locale 'C' locale_provider icu icu_locale 'tr-TR'"}


@pytest.fixture(scope="module", params=LOCALES)
def url(request: pytest.FixtureRequest, pg_server: PgServer) -> Iterator[str]:
    """The URI of a database of this locale, deployed and seeded."""
    name = f"locale_{request.param.lower()}_{os.getpid()}"
    with psycopg.connect(pg_server.url("postgres"), autocommit=True) as db:
        try:
            db.execute(f"create database {name} encoding 'UTF8' {LOCALES[request.param]} template template0".encode())
        except psycopg.errors.FeatureNotSupported:
            pytest.skip("this PostgreSQL was built without ICU")
        try:
            deploy(pg_server.url(name))
            seed(pg_server.url(name))
            yield pg_server.url(name)
        finally:
            db.execute(f"drop database {name} with (force)".encode())


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("IRIS@SCHOOL.EXAMPLE", "iris@school.example"),
        ("ÉMILE@École.example", "émile@école.example"),
        ("ΣΟΦΟΣ@school.example", "σοφος@school.example"),
    ],
)
def test_an_address_is_one_address_however_it_is_typed(url: str, typed: str, stored: str) -> None:
    with psycopg.connect(url, autocommit=True) as db:

        def ask(statement: LiteralString, *arguments: object) -> object:
            row = db.execute(statement, arguments).fetchone()
            return row and row[0]

        made = ask("select handoff.create_profile(%s, 'Iris')", typed)
        assert ask("select p.email from handoff.profiles as p where p.id = %s", made) == stored
        assert ask("select handoff.create_profile(%s, 'Iris')", stored) == made
        assert ask("select handoff.request_sign_in(%s, %s)", typed, typed.encode().rjust(32)[:32])
        assert ask("select count(*) from handoff.find_students(%s)", typed) == 1


def test_a_zone_in_other_letters_is_named_as_it_is_written(url: str) -> None:
    with pytest.raises(psycopg.Error) as caught:
        deploys.execute(url, "update handoff.school set time_zone = 'America/Indiana/indianapolis'")
    assert caught.value.sqlstate == "TH400"
    assert "America/Indiana/Indianapolis" in str(caught.value.diag.message_detail)
