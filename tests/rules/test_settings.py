"""A step is completed whatever a server or a session is set to: what changes a meaning is pinned, or not used."""

from __future__ import annotations

from typing import NamedTuple

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import DictRow, dict_row

from tests.world.partners import body_of
from tests.world.people import Student
from tests.world.postgres import PgServer

# Somebody wants nothing written, or no rows hidden: that is refused, and means nothing else.
REFUSED = {"default_transaction_read_only": "25006", "row_security": "42501"}
OTHERS = """
select s.name, v.value
from pg_catalog.pg_settings as s
cross join lateral unnest(case s.vartype when 'bool' then array['on', 'off'] else s.enumvals end) as v (value)
where s.context = 'user' and s.vartype in ('bool', 'enum') and v.value <> s.setting and s.name not like 'transaction%'
order by 1, 2
"""
# Texts that change how values are read or written.
TEXTS = [
    ("DateStyle", "SQL, DMY"),
    ("DateStyle", "German"),
    ("TimeZone", "Pacific/Kiritimati"),
    ("client_encoding", "LATIN1"),
    ("search_path", "public"),
    ("extra_float_digits", "-15"),
]
RECEIVE = "select r.status || ':' || r.reason as said from handoff.receive_partner_event('hsi', %s, %s) as r"


class Setting(NamedTuple):
    """What it is turned to."""

    name: str
    value: str


@pytest.fixture
def others(db: psycopg.Connection[DictRow]) -> list[Setting]:
    found = [Setting(row["name"], row["value"]) for row in db.execute(OTHERS)]
    assert len(found) > 50  # 75 in PostgreSQL 15
    return found + [Setting(*text) for text in TEXTS]


def complete(db: psycopg.Connection[DictRow], receiver: psycopg.Connection[DictRow]) -> str:
    """What the completion of a new student's step is told."""
    student = Student.enroll(db, "cpr-first-aid")
    try:
        row = receiver.execute(RECEIVE, [str(student.id), body_of("course.completed", student.id)]).fetchone()
    except psycopg.Error as error:
        return error.sqlstate or str(error)
    assert row
    return str(row["said"])


def test_in_a_session_of_a_dba_every_setting_means_the_same(
    db: psycopg.Connection[DictRow], db_url: str, others: list[Setting]
) -> None:
    said = {}
    for setting in others:
        with psycopg.connect(db_url, autocommit=True, row_factory=dict_row) as session:
            session.execute("select set_config(%s, %s, false)", setting)
            said[setting] = complete(db, session)
    expected = {setting: REFUSED.get(setting.name, "accepted:completed") for setting in others}
    assert {setting: said[setting] for setting in others if said[setting] != expected[setting]} == {}


def test_for_the_shell_every_setting_of_the_database_means_the_same(
    db: psycopg.Connection[DictRow], pg_server: PgServer, others: list[Setting]
) -> None:
    said, database = {}, sql.Identifier(db.info.dbname)
    url = pg_server.url(db.info.dbname, "handoff_webhook_login")
    for setting in others:
        change = sql.SQL("alter database {} set {} = {}")
        db.execute(change.format(database, sql.Identifier(setting.name), sql.Literal(setting.value)))
        with psycopg.connect(url, autocommit=True, row_factory=dict_row) as session:
            said[setting] = complete(db, session)
        db.execute(sql.SQL("alter database {} reset {}").format(database, sql.Identifier(setting.name)))
    wrong = {setting: word for setting, word in said.items() if word != "accepted:completed"}
    assert {setting.name: word for setting, word in wrong.items()} == {"default_transaction_read_only": "25006"}


def test_with_every_hostile_setting_at_once_a_step_is_completed(
    db: psycopg.Connection[DictRow], pg_server: PgServer, others: list[Setting]
) -> None:
    database = sql.Identifier(db.info.dbname)
    for setting in others:
        if setting.name not in REFUSED:
            change = sql.SQL("alter database {} set {} = {}")
            db.execute(change.format(database, sql.Identifier(setting.name), sql.Literal(setting.value)))
    url = pg_server.url(db.info.dbname, "handoff_webhook_login")
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as session:
        assert complete(db, session) == "accepted:completed"
