"""sign: it prints a command for each event of a partner, signed and ready to paste."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess

import pytest

from app.partner_secrets import fingerprint
from tests.operate.commands import FIVE, Db, Run
from tests.world.partners import SECRETS, new_key
from tests.world.people import Student, events

needs_shell = pytest.mark.skipif(not all(map(shutil.which, ("sh", "curl"))), reason="the commands need sh and curl")


def commands(printed: str) -> list[str]:
    """The curl commands, one by one, as they would be pasted."""
    return re.findall(r"^curl .*?(?<!\\)$", printed, re.MULTILINE | re.DOTALL)


def shell(command: str) -> dict[str, str]:
    """What the server answers to a pasted command."""
    done = subprocess.run(["sh", "-euc", command], env=os.environ, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    answer: dict[str, str] = json.loads(done.stdout)
    return answer


@needs_shell
@pytest.mark.parametrize("slug", FIVE)
def test_each_printed_command_works_when_it_is_pasted(run_live: Run, live_db: Db, slug: str) -> None:
    account = f'it\'s "{new_key()}" $HOME \\ é'
    printed = run_live("sign", slug, "--student", account)
    assert printed.exit_code == 0
    pasted = commands(printed.stdout)
    types = live_db.execute("select from handoff.partner_event_types as t where t.partner_slug = %s", [slug]).rowcount
    assert [shell(command)["reason"] for command in pasted] == ["unknown_student"] * (types - 1) + ["test_event"]
    assert len(events(live_db, account)) == types - 1 > 0


@needs_shell
@pytest.mark.parametrize(
    ("slug", "program"),
    [
        ("hsi", "cpr-first-aid"),
        ("certiport", "cna"),
        ("careersafe", "forklift-operator"),
        ("jri", "barber-apprenticeship"),
        ("milady", "barber-apprenticeship"),
    ],
)
def test_the_command_of_a_completion_completes_the_students_step(
    run_live: Run, live_db: Db, slug: str, program: str
) -> None:
    student = Student.enroll(live_db, program)
    row = live_db.execute(
        "select t.event_type from handoff.partner_event_types as t"
        " where t.partner_slug = %s and t.meaning = 'completion'",
        [slug],
    ).fetchone()
    assert row
    [command] = commands(run_live("sign", slug, "--student", str(student.id), "--event", row["event_type"]).stdout)
    assert shell(command)["status"] == "accepted"
    assert f"{slug}:completed" in student.steps()


@pytest.mark.parametrize("slug", FIVE)
def test_a_secret_is_printed_only_where_the_scheme_is_the_secret_and_with_a_warning(run_live: Run, slug: str) -> None:
    printed = run_live("sign", slug)
    secret = SECRETS[slug].split()[-1]
    is_shown = any(text in printed.stdout for text in (secret, secret.removeprefix("whsec_")))
    assert is_shown is (slug == "milady")
    assert ("warning" in printed.stderr) is is_shown


def test_the_newest_secret_of_a_rotation_signs(run_live: Run, live_db: Db) -> None:
    account = new_key()
    [command] = commands(run_live("sign", "jri", "--student", account, "--event", "program.completed").stdout)
    shell(command)
    assert [event["context"]["secret"] for event in events(live_db, account)] == [
        fingerprint(SECRETS["jri"].split()[-1])
    ]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("nobody",), "hsi"),
        (("hsi", "--event", "coffee.spilled"), "course.completed"),
        (("no-secret",), "PARTNER_WEBHOOK_SECRET_NO_SECRET"),
        (("bad-secret",), "not base64"),
    ],
)
def test_what_can_not_be_signed_is_one_line_that_says_what_there_is(
    run_live: Run, words: tuple[str, ...], named: str
) -> None:
    result = run_live("sign", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    [line] = result.stderr.splitlines()
    assert named in line
    assert SECRETS["bad-secret"] not in line
