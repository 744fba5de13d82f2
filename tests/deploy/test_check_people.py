"""What an earlier version stored is put right by the upgrade, or stays usable and is listed: CHECK_PEOPLE.sql."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest
from psycopg.rows import DictRow

from app.operate.deploy import deploy
from tests.deploy.landed import load
from tests.world import deploys
from tests.world.postgres import PgServer
from tests.world.psql import SEEDS, psql

ZERO_WIDTH, MARK, ACUTE = "\u200b", "\ufeff", "\u0301"
QA = "\u0958"  # composed, it is two signs
LONG_ADDRESS, LONG_ACCOUNT = f"{QA * 242}@old.example", QA * 255
PEOPLE = {
    f"jose{ACUTE}@old.example": "José One",  # put right
    f"ana{ACUTE}@old.example": "Ana Decomposed",  # collides with the next
    "aná@old.example": "Ana Composed",
    "ann,lee@old.example": "Ann Lee",  # never an address
    "marked@old.example": f"{MARK}Marked Name",  # put right
    "unseen@old.example": ZERO_WIDTH,  # nothing to be seen
    LONG_ADDRESS: "Long Address",  # too long once it is composed
}


@pytest.fixture(scope="module")
def lived_in(pg_server: PgServer, fresh: str) -> Iterator[str]:
    """The URL of a database of the version before, with one of each, after the upgrade."""
    assert fresh, "it made the roles"
    with deploys.database(pg_server, f"lived_in_{os.getpid()}") as name:
        url = pg_server.url(name)
        load(url)
        _live_in(url)
        deploy(url)
        yield url


def _live_in(url: str) -> None:
    with psycopg.connect(url) as db:
        for email, name in PEOPLE.items():
            db.execute(
                "insert into handoff.profiles (email, full_name, role, created_at) values (%s, %s, 'student', now())",
                [email, name],
            )
        for account in (f"rene{ACUTE}", f"zoe{ACUTE}", "zoé", f"{MARK}hsi-9", LONG_ACCOUNT):
            db.execute(
                "insert into handoff.partner_accounts (partner_slug, external_student_id, student_id, linked_at)"
                " select 'hsi', %s, p.id, now() from handoff.profiles as p where p.email = 'marked@old.example'",
                [account],
            )


@pytest.fixture
def db(lived_in: str) -> Iterator[psycopg.Connection[DictRow]]:
    """The tests share the database, so none leaves anything in it."""
    with deploys.connect(lived_in) as connection, connection.transaction(force_rollback=True):
        yield connection


def test_what_can_be_put_right_is_and_no_row_is_lost(db: psycopg.Connection[DictRow]) -> None:
    rows = db.execute(
        "select p.email, p.full_name from handoff.profiles as p where p.email like '%old.example'"
    ).fetchall()
    assert {row["email"]: row["full_name"] for row in rows} == {
        "josé@old.example": "José One",
        f"ana{ACUTE}@old.example": "Ana Decomposed",
        "aná@old.example": "Ana Composed",
        "ann,lee@old.example": "Ann Lee",
        "marked@old.example": "Marked Name",
        "unseen@old.example": ZERO_WIDTH,
        LONG_ADDRESS: "Long Address",
    }
    accounts = db.execute(
        "select a.external_student_id as id from handoff.partner_accounts as a where linked_at > '-infinity'"
    )
    assert {row["id"] for row in accounts} >= {"rené", f"zoe{ACUTE}", "zoé", f"{MARK}hsi-9", LONG_ACCOUNT}


@pytest.mark.parametrize(
    "email", [f"ana{ACUTE}@old.example", "aná@old.example", "ann,lee@old.example", "unseen@old.example", LONG_ADDRESS]
)
def test_what_collides_stays_usable_as_it_is(db: psycopg.Connection[DictRow], email: str) -> None:
    found = db.execute(
        "select p.email, p.id = handoff.find_profile(%s) as is_found, handoff.begin_sign_in(%s, sha256('x')) as address"
        " from handoff.profiles as p where p.email = %s",
        [email, email, email],
    ).fetchone()
    assert found == {"email": email, "is_found": True, "address": email}


def test_the_check_lists_the_rest(lived_in: str, pg_server: PgServer, db: psycopg.Connection[DictRow]) -> None:
    said = psql(pg_server.bindir, lived_in, "-f", SEEDS / "CHECK_PEOPLE.sql")
    assert said.code != 0
    assert sorted(line.split(":")[0] for line in said.lines) == [
        "account that looks like another",
        "account that looks like another",
        "account that looks like another",
        "address that another person has in its usual form",
        "address that would not be taken today",
        "address that would not be taken today",
        "name of which nothing is to be seen, or with signs that turn it round",
    ]
    assert "old.example" not in "".join(said.lines)


def test_a_database_without_any_is_right(pg_server: PgServer, db_url: str) -> None:
    said = psql(pg_server.bindir, db_url, "-f", SEEDS / "CHECK_PEOPLE.sql")
    assert (said.code, said.lines) == (0, ["OK: addresses, names and accounts are as they are stored today."])
