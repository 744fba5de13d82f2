"""A partner that no code has heard of: the session in docs/school/configuration.md is run as it stands there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests import ROOT
from tests.world.postgres import PgServer
from tests.world.psql import SEEDS, psql

DOCUMENT = ROOT / "docs" / "school" / "configuration.md"
PROMPT = re.compile(r"handoff[-=(]\*?# ?")

Db = psycopg.Connection[dict[str, Any]]


def sessions() -> list[str]:
    """The sessions printed in the document, as text."""
    return re.findall(r"^```text\n(.*?)^```$", DOCUMENT.read_text(), re.MULTILINE | re.DOTALL)


@pytest.fixture
def configured(db_url: str, pg_server: PgServer) -> None:
    """What the document's psql session says has been done, by what it types, with what it shows."""
    lines = sessions()[0].splitlines()
    typed = "\n".join(PROMPT.sub("", line, count=1) for line in lines if PROMPT.match(line))
    shown = [line.rstrip() for line in lines if line and not PROMPT.match(line)]
    said = psql(pg_server.bindir, db_url, "-v", "ON_ERROR_STOP=1", stdin=f"{typed}\n")
    assert (said.code, said.errors) == (0, "")
    assert [line.rstrip() for line in said.lines] == shown


@pytest.fixture
def send(db: Db) -> Callable[..., dict[str, Any]]:
    """send(event, unit="1"): one event of the sixth partner, by the webhook's role."""

    def send(event: str, partner: str = "acme-welding", **fields: object) -> dict[str, Any]:
        body = json.dumps({"event": event, "student_id": "AW-1007", **fields}).encode()
        with db.transaction():
            db.execute("set local role handoff_webhook")
            row = db.execute(
                "select r.status || ':' || r.reason as outcome, r.step_id, r.next_step_id"
                " from handoff.receive_partner_event(%s, gen_random_uuid()::text, %s) as r",
                [partner, body],
            ).fetchone()
        assert row
        return row

    return send


@pytest.fixture
def enrollment(configured: None, db: Db) -> Any:
    """A student in the new program, known to the sixth partner and to CareerSafe as AW-1007."""
    row = db.execute("select handoff.create_profile('jo@school.example', 'Jo Welder') as id").fetchone()
    assert row
    for partner in ("acme-welding", "careersafe"):
        db.execute("select handoff.link_partner_account(%s, 'AW-1007', %s)", [partner, row["id"]])
    found = db.execute("select handoff.enroll_student(%s, 'welder') as id", [row["id"]]).fetchone()
    assert found
    return found["id"]


def steps(db: Db, enrollment: Any) -> list[str]:
    rows = db.execute(
        "select partner_slug || ':' || status as step from handoff.enrollment_steps"
        " where enrollment_id = %s order by sequence_order",
        [enrollment],
    )
    return [row["step"] for row in rows]


def test_before_its_rows_are_there_it_is_unknown(db: Db) -> None:
    with pytest.raises(psycopg.Error) as refused:
        db.execute("select handoff.receive_partner_event('acme-welding', 'k', '{}')")
    assert refused.value.sqlstate == "TH404"


def test_the_session_leaves_a_configuration_that_is_right(
    configured: None, db: Db, db_url: str, pg_server: PgServer
) -> None:
    said = psql(pg_server.bindir, db_url, "-f", SEEDS / "check_program_config.sql")
    command, *shown = sessions()[1].splitlines()
    assert command == '$ psql "$DATABASE_URL" -f seeds/check_program_config.sql'
    assert (said.code, said.lines) == (0, shown)
    assert db.execute("select from handoff.enrollments").fetchall() == []  # the trial was rolled back


def test_a_student_completes_it(enrollment: Any, db: Db, send: Callable[..., dict[str, Any]]) -> None:
    assert steps(db, enrollment) == ["acme-welding:in_progress", "careersafe:pending"]
    assert send("unit.finished", unit="1")["outcome"] == "accepted:progress"
    assert send("unit.finished", unit="1")["outcome"] == "ignored:stale_progress"
    assert send("card.mailed")["outcome"] == "accepted:evidence"
    assert send("credential.earned", credential_code="TIG-9")["outcome"] == "parked:unmapped_course"
    assert send("course.completed")["outcome"] == "parked:unknown_event_type"
    assert send("test")["outcome"] == "ignored:test_event"
    assert steps(db, enrollment) == ["acme-welding:in_progress", "careersafe:pending"]

    earned = send("credential.earned", credential_code="MIG-1", mark="A")
    assert earned["outcome"] == "accepted:completed"
    assert earned["next_step_id"] is not None
    assert steps(db, enrollment) == ["acme-welding:completed", "careersafe:in_progress"]

    assert send("training.completed", partner="careersafe")["outcome"] == "accepted:completed"
    certificate = db.execute(
        "select student_name, program_name, jsonb_path_query_array(partners, '$[*].partner') as partners"
        " from handoff.certificates where enrollment_id = %s",
        [enrollment],
    ).fetchone()
    assert certificate == {
        "student_name": "Jo Welder",
        "program_name": "Welder",
        "partners": ["Acme Welding School", "CareerSafe"],
    }


def test_its_figures_are_on_the_pages(enrollment: Any, db: Db, send: Callable[..., dict[str, Any]]) -> None:
    send("unit.finished", unit="1")
    send("unit.finished", unit="2")
    with db.transaction():
        db.execute(
            "select set_config('request.jwt.claims', json_build_object('sub', student_id)::text, true)"
            " from handoff.enrollments where id = %s",
            [enrollment],
        )
        page = db.execute(
            "select partner_name, launch_url, support_email, progress_count, progress_total"
            " from handoff.student_steps()"
        ).fetchone()
    assert page == {
        "partner_name": "Acme Welding School",
        "launch_url": "https://learn.acme.example",
        "support_email": "help@acme.example",
        "progress_count": 2,
        "progress_total": 4,
    }
    row = db.execute(
        "select status, in_progress from handoff.partner_pipeline() where partner_slug = 'acme-welding'"
    ).fetchone()
    assert row == {"status": "active", "in_progress": 1}


def test_no_function_knows_a_partner_by_name(db: Db) -> None:
    knowing = db.execute(
        "select f.oid::regprocedure::text as function, p.slug from pg_catalog.pg_proc as f"
        " join handoff.partners as p on f.prosrc ~* ('\\m' || p.slug || '\\M')"
        " where f.pronamespace in ('handoff'::regnamespace, 'handoff_private'::regnamespace)"
    ).fetchall()
    assert knowing == []
