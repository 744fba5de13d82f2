"""What the server's log has of a person who is forgotten: nothing, also of events that a fault of ours stopped."""

from __future__ import annotations

import json
import re
from pathlib import Path

import psycopg
import pytest
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
