"""seeds/check_program_config.sql names each fault of partners, event types and programs."""

from __future__ import annotations

import json
import re
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.deploy.scripts import CHECK_CONFIG, Run

Db = psycopg.Connection[dict[str, Any]]


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ("update handoff.partners set slug = 'milady-rise' where slug = 'milady'", ["partner milady is missing"]),
        ("update handoff.programs set slug = 'nursing' where slug = 'cna'", ["program cna is missing"]),
        (
            "update handoff.program_partners set is_required = false where program_slug = 'cpr-first-aid'",
            ["program cpr-first-aid has no required mapping: nobody can enroll"],
        ),
        (
            "insert into handoff.programs (slug, name, category) values ('welding', 'Welding', 'Skilled Trades')",
            ["program welding has no required mapping: nobody can enroll"],
        ),
        (
            "delete from handoff.program_partners where program_slug = 'medical-assistant' and sequence_order = 2",
            ["program medical-assistant: the order is 1, 3 instead of 1, 2"],
        ),
        (
            "alter table handoff.program_partners drop constraint program_partners_order_unique;"
            "update handoff.program_partners set sequence_order = 1 where program_slug = 'cna'",
            ["program cna: the order is 1, 1 instead of 1, 2"],
        ),
        (
            "update handoff.partners set status = 'disabled' where slug = 'hsi';"
            "update handoff.programs set is_open = slug in ('cna', 'emt')",
            [
                "program cna goes through partner hsi, which is disabled",
                "program emt goes through partner hsi, which is disabled",
            ],
        ),
        (
            "update handoff.partners set status = 'retired', launch_url = null where slug = 'hsi';"
            "delete from handoff.partner_event_types where partner_slug = 'hsi';"
            "update handoff.programs set is_open = slug = 'emt'",
            ["program emt goes through partner hsi, which is retired"],
        ),
        (
            "alter table handoff.program_partners drop constraint program_partners_course_mapped_once;"
            "insert into handoff.program_partners (program_slug, partner_slug, sequence_order, course_ref)"
            " values ('cna', 'hsi', 3, 'cpr-101')",
            ["program cna maps partner hsi 2 times, and not every time with a course_ref"],
        ),
        (
            "update handoff.program_partners set course_ref = 'badges' where program_slug = 'recovery-coach'",
            [
                "program recovery-coach names the course badges of partner jri,"
                " whose event program.completed names none: item_field is not set"
            ],
        ),
        (
            "delete from handoff.partner_event_types where partner_slug = 'hsi' and meaning = 'completion'",
            ["partner hsi has no event type that completes a step"],
        ),
        (
            "update handoff.partners set launch_url = null where slug = 'certiport'",
            ["partner certiport has no launch_url: its students can not find the training"],
        ),
        (
            "update handoff.partners set launch_url_template = 'https://hsi.example/{course}' where slug = 'hsi';"
            "update handoff.program_partners set course_ref = 'cpr'"
            " where partner_slug = 'hsi' and program_slug <> 'cna'",
            ["program cna: the launch_url_template of partner hsi needs a course, and the program names none"],
        ),
        (
            "update handoff.partners set launch_url_template = 'https://hsi.example/{account}' where slug = 'hsi';"
            "select handoff.enroll_student(handoff.create_profile('ann@school.example', 'Ann Lee'), 'cna')",
            ["partner hsi: its launch_url_template needs an account, and none of its students in progress, 1, has one"],
        ),
        (
            'select handoff.receive_partner_event(\'hsi\', k.key, \'{"event": "course.cancelled", "student_id": "1"}\')'
            " from (values ('a'), ('b')) as k (key)",
            ["partner hsi sends course.cancelled, which is not in partner_event_types: 2 parked"],
        ),
        (
            "update handoff.program_partners set course_ref = 'cpr ' where program_slug = 'cpr-first-aid'",
            [
                "program cpr-first-aid, partner hsi: no event can name the course_ref 'cpr ':"
                " it has space around it, a hidden character or a letter in parts"
            ],
        ),
        (
            "update handoff.programs set name = 'web  development' where slug = 'emt'",
            ["programs emt, web-development have one name: Web Development"],
        ),
        (
            "update handoff.partners set support_email = 'call us' where slug = 'hsi'",
            ["partner hsi: the support_email 'call us' is no address"],
        ),
        ("update handoff.programs set category = ' ' where slug = 'emt'", ["program emt has no category"]),
        (
            "insert into handoff.partner_accounts (partner_slug, external_student_id) values ('hsi', U&'\\FEFFh-1')",
            [
                "partner hsi: the account '\ufeffh-1' holds a hidden character, or a letter in parts:"
                " what looks the same is another"
            ],
        ),
    ],
)
def test_each_fault_of_the_configuration_is_named(db: Db, run: Run, fault: str, named: list[str]) -> None:
    db.execute(fault)
    said = run(CHECK_CONFIG)
    assert (said.code, [line for line in said.lines if not re.match(r"[a-z0-9 ]+: \d+$", line)]) == (3, named)
    assert f"things that are wrong: {len(named)}" in said.errors


def test_the_figures_are_printed_whatever_is_wrong(db: Db, run: Run) -> None:
    db.execute("delete from handoff.program_partners where program_slug = 'cna'")
    assert run(CHECK_CONFIG).lines[:4] == ["partners: 5", "event types: 19", "programs: 49", "mappings: 77"]


def send(db: Db, partner: str, **body: Any) -> None:
    """Stores an event of a student whom nobody knows."""
    text = json.dumps({"student_id": "1"} | body).encode()
    db.execute("select handoff.receive_partner_event(%s, gen_random_uuid()::text, %s)", [partner, text])


@pytest.mark.parametrize(
    ("partner", "setting", "typo", "events", "named"),
    [
        (
            "hsi",
            "item_field",
            "courseid",
            [{"event": "course.completed", "course_id": "cpr"}, {"event": "course.completed", "course_id": "bls"}],
            "2 events course.completed has the item_field courseid; they have course_id",
        ),
        (
            "certiport",
            "pass_field",
            "pased",
            [{"event": "exam.completed", "exam_id": "e", "passed": True}],
            "1 events exam.completed has the pass_field pased; they have passed",
        ),
        (
            "milady",
            "result_field",
            "grades",
            [{"event": "course.completed", "course_id": "c", "grade": 9}],
            "1 events course.completed has the result_field grades; they have grade",
        ),
    ],
)
def test_a_field_that_no_event_of_the_partner_has_is_named(
    db: Db, run: Run, partner: str, setting: str, typo: str, events: list[dict[str, Any]], named: str
) -> None:
    statement = sql.SQL("update handoff.partner_event_types set {} = %s where partner_slug = %s and meaning = %s")
    db.execute(statement.format(sql.Identifier(setting)), [typo, partner, "completion"])
    for event in events:
        send(db, partner, **event)
    said = run(CHECK_CONFIG)
    assert (said.code, said.lines[-1]) == (3, f"partner {partner}: none of its last {named}")


def test_an_event_that_has_no_course_is_no_fault(db: Db, run: Run) -> None:
    send(db, "hsi", event="course.completed")
    send(db, "hsi", event="course.completed", course_id="c", x=1)
    send(db, "milady", event="course.completed", course_id="c")
    send(db, "certiport", event="exam.completed", exam_id="e", passed=False)
    assert run(CHECK_CONFIG).code == 0
