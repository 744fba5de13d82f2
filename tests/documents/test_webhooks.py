"""docs/partners/webhooks.md: its examples work as they are printed, and it names every answer."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from psycopg import Connection
from psycopg.rows import DictRow

from app import texts
from tests import DB, ROOT
from tests.world.partners import SCHEMES, SECRETS, SETTINGS, Partner, new_key
from tests.world.people import Student, events
from tests.world.server import Server, serving

TEXT = (ROOT / "docs" / "partners" / "webhooks.md").read_text()
EXAMPLE = json.loads(re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)[0])
SHELL = dict(re.findall(r"### ([a-z0-9-]+)[^#]*?```sh\n(.*?)```", TEXT, re.DOTALL))
COMMANDS = dict(re.findall(r"```sh ([a-z]+)\n(.*?)```", TEXT, re.DOTALL))
PROGRAMS = {
    "hsi": "cpr-first-aid",
    "certiport": "cna",
    "careersafe": "forklift-operator",
    "jri": "cdl-training",
    "milady": "barber-apprenticeship",
}
SLUGS = {"standard": "hsi"} | {scheme: slug for slug, scheme in SCHEMES.items()}

needs_programs = pytest.mark.skipif(
    not all(map(shutil.which, ("sh", "curl", "openssl", "od"))), reason="the examples need sh, curl, openssl and od"
)


def test_there_is_an_example_for_each_scheme() -> None:
    assert set(SHELL) == set(SLUGS)


@needs_programs
@pytest.mark.parametrize("scheme", SLUGS)
def test_the_shell_example_of_each_scheme_works(live_server: Server, live_db: Connection[DictRow], scheme: str) -> None:
    partner = Partner(SLUGS[scheme], live_server.port)
    account = new_key()
    variables = {
        "url": live_server.base_url + partner.path,
        "secret": partner.secret,
        "body": json.dumps(EXAMPLE | {"student_id": account, "note": "it's 100 % \\ é"}, ensure_ascii=False),
    }
    done = subprocess.run(["sh", "-euc", SHELL[scheme]], env=os.environ | variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "parked"
    assert [event["body"].decode() for event in events(live_db, account)] == [variables["body"]]


@needs_programs
def test_the_command_of_each_partner_completes_a_students_step(
    db: Connection[DictRow], db_url: str, tmp_path: Path
) -> None:
    """As the partners are configured from the start: all in the scheme standard."""
    function = SHELL["standard"].split("sign\ncurl")[0]
    with serving(SETTINGS | {"DATABASE_URL": db_url}, tmp_path / "server.log") as server:
        for slug, commands in COMMANDS.items():
            student = Student.enroll(db, PROGRAMS[slug])
            variables = {"school": server.base_url, "secret": SECRETS[slug].split()[-1], "student": str(student.id)}
            script = function + commands
            done = subprocess.run(["sh", "-euc", script], env=os.environ | variables, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            assert json.loads(done.stdout)["status"] == "accepted", slug
            assert f"{slug}:completed" in student.steps()
    assert COMMANDS.keys() == PROGRAMS.keys()


def test_the_printed_event_completes_a_step(
    partner: Callable[[str], Partner], enrolled: Callable[[str], Student], live_db: Connection[DictRow]
) -> None:
    student, account = enrolled("cpr-first-aid"), new_key()
    live_db.execute("select handoff.link_partner_account('hsi', %s, %s)", [account, student.id])
    live_db.execute(  # the printed time lies in the past by now
        "update handoff.enrollments set enrolled_at = '2026-11-01' where id = %s", [student.enrollment]
    )
    assert partner("hsi").send(json.dumps(EXAMPLE | {"student_id": account}).encode()).said == "200 accepted:completed"


def test_the_events_are_the_configured_ones(live_db: Connection[DictRow]) -> None:
    table = re.findall(r"^\| (hsi|certiport|careersafe|jri|milady) \|(.*?)\|(.*?)\|$", TEXT, re.MULTILINE)
    for slug, completing, noted in table:
        rows = live_db.execute(
            "select t.event_type, t.meaning from handoff.partner_event_types as t where t.partner_slug = %s", [slug]
        ).fetchall()
        for cell, wanted in ((completing, True), (noted, False)):
            printed = set(re.findall(r"`([a-z]+\.[a-z]+|test)`", cell))
            assert printed == {row["event_type"] for row in rows if (row["meaning"] == "completion") is wanted}
    assert len(table) == 5


def test_every_code_that_we_answer_has_its_text_and_is_explained() -> None:
    sources = [
        (ROOT / "app" / "webhooks" / f"{name}.py").read_text() for name in ("receive", "signatures", "media_type")
    ]
    said = re.findall(r'(?:Refused\(|Fault\(|_unavailable\(|_error\(\d+, |\d+: )"(\w+)"', "".join(sources))
    rejected = re.search(r"when 'rejected' then reason in \((.*?)\)", _migrations(), re.DOTALL)
    assert rejected
    assert set(texts.ANSWER) == {*said, *re.findall(r"'([a-z_]+)'", rejected[1]), "key_reused"}
    assert [code for code in sorted(texts.ANSWER) if f"`{code}`" not in TEXT] == []


def _migrations() -> str:
    return "".join(path.read_text() for path in sorted((DB / "migrations").glob("*.sql")))
