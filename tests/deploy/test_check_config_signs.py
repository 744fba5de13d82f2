"""seeds/check_program_config.sql sees what a person does not: signs in parts, signs that show nothing, old events."""

from __future__ import annotations

import json
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.deploy.scripts import CHECK_CONFIG, Run

Db = psycopg.Connection[dict[str, Any]]
ACUTE, NO_BREAK, ZERO_WIDTH = "\u0301", "\u00a0", "\u200b"


def faults(run: Run) -> list[str]:
    said = run(CHECK_CONFIG)
    return [line for line in said.lines if not line.startswith("OK") and not line.split(": ")[-1].isdigit()]


@pytest.mark.parametrize("course", [f"cre{ACUTE}te", f"{ZERO_WIDTH}cpr", f"cpr{NO_BREAK}"])
def test_a_course_that_no_event_can_name(db: Db, run: Run, course: str) -> None:
    db.execute("update handoff.program_partners set course_ref = %s where program_slug = 'cpr-first-aid'", [course])
    assert faults(run) == [
        f"program cpr-first-aid, partner hsi: no event can name the course_ref '{course}':"
        " it has space around it, a hidden character or a letter in parts"
    ]


@pytest.mark.parametrize("category", ["", NO_BREAK, "\t", ZERO_WIDTH])
def test_a_category_of_which_nothing_is_seen(db: Db, run: Run, category: str) -> None:
    db.execute("update handoff.programs set category = %s where slug = 'emt'", [category])
    assert faults(run) == ["program emt has no category"]


@pytest.mark.parametrize("table", ["program", "partner"])
def test_a_name_with_space_around_it(db: Db, run: Run, table: str) -> None:
    slug = {"program": "emt", "partner": "hsi"}[table]
    statement = sql.SQL("update {} set name = %s where slug = %s").format(sql.Identifier("handoff", f"{table}s"))
    db.execute(statement, [f"Our Name{NO_BREAK}", slug])
    assert faults(run) == [
        f"{table} {slug}: the name 'Our Name{NO_BREAK}' has space around it, a letter in parts, or nothing to be seen"
    ]


def test_two_names_that_look_the_same(db: Db, run: Run) -> None:
    db.execute("update handoff.programs set name = %s where slug = 'emt'", [f"Web{NO_BREAK}Development"])
    assert faults(run) == ["programs emt, web-development have one name: Web Development"]


@pytest.mark.parametrize(
    "address",
    [
        "a@x..example",
        "a@x.example?subject=x",
        f"{ZERO_WIDTH}a@x.example",
        f"a@x.example{NO_BREAK}",
        "a@x",
        "Jo <a@x.example>",
    ],
)
def test_an_address_that_is_none(db: Db, run: Run, address: str) -> None:
    db.execute("update handoff.partners set support_email = %s where slug = 'hsi'", [address])
    assert faults(run) == [f"partner hsi: the support_email '{address}' is no address"]


@pytest.mark.parametrize("address", ["Help@X.example", "hilfe@münchen.example", "a+b@x.example"])
def test_an_address_that_is_one(db: Db, run: Run, address: str) -> None:
    db.execute("update handoff.partners set support_email = %s where slug = 'hsi'", [address])
    assert faults(run) == []


def test_a_mistyped_field_is_found_behind_many_newer_events_of_another_type(db: Db, run: Run) -> None:
    db.execute(
        "update handoff.partner_event_types set item_field = 'courseid' where partner_slug = 'hsi' and meaning = %s",
        ["completion"],
    )
    for number in range(211):
        event = {"event": "certificate.issued" if number else "course.completed", "student_id": "1", "course_id": "cpr"}
        db.execute("select handoff.receive_partner_event('hsi', %s, %s)", [f"key-{number}", json.dumps(event).encode()])
    assert faults(run) == [
        "partner hsi: none of its last 1 events course.completed has the item_field courseid; they have course_id"
    ]
