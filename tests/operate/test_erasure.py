"""What is left of a person who is forgotten, in any table, however it was written, and in the server's log: nothing."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import DictRow

Db = psycopg.Connection[DictRow]
NAME, EMAIL, ACCOUNT = "Zebulon Quux", "zebulon.quux@test.example", "acct-4711"
STUMBLE = """
create function public.stumble() returns trigger language plpgsql as $$
begin
  raise invalid_text_representation using
    message = replace('{message}', 'a value', new.external_student_id),
    detail = new.external_student_id, hint = new.external_student_id,
    constraint = 'nobodys_name';
end;
$$;
create trigger stumble before insert on handoff.partner_events
  for each row when (new.status = 'accepted') execute function public.stumble();
"""
# PostgreSQL's own messages quote a value at the end, at the beginning, in the middle, or without a sign of it.
QUOTING = (
    'invalid input syntax for type uuid: "a value"',
    'value "a value" is out of range for type integer',
    'invalid value "a value" for "YYYY"',
    "a value",
)

JOSE, JOSES, JG = "José García", "jose.garcia@test.example", "JG-4711"
JOSE_APART = unicodedata.normalize("NFD", JOSE)
BODIES = (
    json.dumps({"x": JOSE}).encode(),
    json.dumps({"x": json.dumps({"y": JOSE})}).encode(),
    f'{{"x": "{JOSE.upper()}"'.encode(),
    f'{{"x": "{JOSE_APART}"}}'.encode(),
    f'{{"x": "{JOSE}"}}'.encode("latin-1"),
    f'{{"x": "{JOSE}"}}'.encode("utf-16"),
    f'{{"x": "{JOSE}'.encode() + b"\xff",
    f"<name>{JOSES.upper()}</name>".encode("utf-16-be"),
    b'{"a": "Garc\\u00eda, Jos\\u00e9"}',
    '{"first": "José", "n": 7, "last": "García"}'.encode(),
    f"name={quote(JOSE)}&mail={quote(JOSES)}".encode(),
    f"<student_id>{JG}</student_id>".encode(),
    f"student_id={JG}&event=x".encode(),
    f'[{{"student_id": "{JG}"}}]'.encode(),
    f'{{"student_id": "{JG}", "student_id": "x"}}'.encode(),
    f'{{"event": "course.completed", "student_id": " {JG}"}}'.encode(),
    f'{{"event": "course.completed", "student_id": "other", "cc": "{JG}"}}'.encode(),
)
REASONS = (
    f"{JOSE_APART} is ill",
    "José\u00a0García",
    "José  \u200bGarcía",
    "García, José",
    f"ask <{JOSES}>",
    f"see {JG}.",
)
TABLES = """
select c.relnamespace::regnamespace::text as schema, c.relname as name from pg_catalog.pg_class as c
where c.relnamespace::regnamespace::text in ('handoff', 'handoff_private', 'handoff_ops') and c.relkind in ('r', 'm')
"""
ENROLL = "select handoff.enroll_student(handoff.create_profile(%s, %s), 'medical-assistant') as id"


def _readings(value: Any) -> Iterator[str]:
    """What a person may read in a value: as it stands, in other encodings, and without escapes."""
    if isinstance(value, bytes):
        for encoding in ("utf-8", "latin-1", "utf-16", "utf-16-be"):
            yield from _readings(value.decode(encoding, "ignore"))
        return
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    for _ in range(3):
        yield text
        text = unquote(re.sub(r"\\+u([0-9a-fA-F]{4})", lambda escape: chr(int(escape[1], 16)), text))


def _tells(value: Any) -> bool:
    for text in _readings(value):
        plain = "".join(
            sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign) not in ("Mn", "Cf")
        )
        words = re.findall(r"[^\W_]+", plain.casefold())
        if {"jose", "garcia"} <= set(words) or " jg 4711 " in f" {' '.join(words)} ":
            return True
    return False


def _left(db: Db) -> list[str]:
    """Every value in which the person is found, as table.column; a new table joins by itself."""
    found = []
    for table in db.execute(TABLES).fetchall():
        query = sql.SQL("select * from {}").format(sql.Identifier(table["schema"], table["name"]))
        for row in db.execute(query).fetchall():
            found += [f"{table['name']}.{column}: {value!r}" for column, value in row.items() if _tells(value)]
    return found


@pytest.fixture
def log(db: Db) -> Path:
    """The server's log, where the server is our own."""
    row = db.execute("select current_setting('data_directory') as data").fetchone()
    assert row is not None
    try:
        pid = (Path(row["data"]) / "postmaster.pid").read_text().split()[0]
        path = Path(f"/proc/{pid}/fd/2").resolve(strict=True)
    except OSError:
        pytest.skip("the server's log can't be read from here")
    if not path.is_file():
        pytest.skip("the server logs to no file")
    return path


def _send(db: Db, key: str) -> tuple[str, str]:
    body = {"event": "course.completed", "student_id": ACCOUNT, "note": NAME, "mail": EMAIL}
    row = db.execute(
        "select r.status, r.reason from handoff.receive_partner_event('hsi', %s, %s) as r",
        [key, json.dumps(body).encode()],
    ).fetchone()
    assert row is not None
    return row["status"], row["reason"]


@pytest.mark.parametrize("message", QUOTING)
def test_the_servers_log_names_nobody(db: Db, log: Path, message: str) -> None:
    before = log.stat().st_size
    db.execute("select handoff.enroll_student(handoff.create_profile(%s, %s), 'medical-assistant')", [EMAIL, NAME])
    db.execute("select handoff.link_partner_account('hsi', %s, handoff.find_profile(%s))", [ACCOUNT, EMAIL])
    db.execute(STUMBLE.format(message=message).encode())
    assert _send(db, "stumbles") == ("parked", "apply_error")
    db.execute("select handoff.erase_profile(handoff.find_profile(%s), %s)", [EMAIL, f"{NAME} asked"])
    assert _send(db, "stumbles again")[0] == "parked"
    said = log.read_bytes()[before:].decode()
    warned = re.findall(r"WARNING:  event [0-9a-f-]{36} could not be (.*)\n", said)
    assert set(warned) == {"completed at once: 22P02, nobodys_name", "applied: 22P02, nobodys_name"}
    assert [word for word in (NAME, EMAIL, ACCOUNT) if word in said] == []


def test_no_table_tells_of_the_person_however_it_was_written(db: Db) -> None:
    assert [body for body in BODIES if not _tells(body)] == []
    db.execute(ENROLL, [JOSES, JOSE])
    db.execute("select handoff.link_partner_account('hsi', %s, handoff.find_profile(%s))", [JG, JOSES])
    anns = db.execute(ENROLL, ["ann@test.example", "Ann Other"]).fetchone()
    assert anns is not None
    for number, body in enumerate(BODIES):
        db.execute("select handoff.receive_partner_event('hsi', %s, %s)", [f"{JG}-{number}", body])
    for reason in REASONS:
        db.execute("select handoff.hold_enrollment(%s, %s)", [anns["id"], reason])
        db.execute("select handoff.resume_enrollment(%s, %s)", [anns["id"], reason])
    corrected = [JOSES, "joe@test.example", "Joe Gee", "married"]
    db.execute("select handoff.correct_profile(handoff.find_profile(%s), %s, %s, %s)", corrected)
    assert len(_left(db)) > len(BODIES) + 2 * len(REASONS)
    db.execute("select handoff.erase_profile(handoff.find_profile('joe@test.example'), %s)", [f"{JOSE} asked"])
    assert _left(db) == []
    for number, body in enumerate(BODIES[-6:]):
        db.execute("select handoff.receive_partner_event('hsi', %s, %s)", [f"later-{number}", body])
    assert _left(db) == []
