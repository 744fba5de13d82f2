"""The scripts in seeds/, run with psql as a DBA runs them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from app.operate.deploy import deploy
from tests.world.postgres import PgServer
from tests.world.psql import SEEDS, Said, psql

CONFIGURE = "CONFIGURE_ALL_PROGRAMS.sql"
CHECK_SCHEMA = "CHECK_SCHEMA.sql"
CHECK_CONFIG = "check_program_config.sql"
SCHEMA_IS_RIGHT = "OK: the schema is as it was deployed."
CONFIG_IS_RIGHT = "OK: every program leads from its first partner to its certificate."
FIGURES = [
    "partners: 5",
    "event types: 14",
    "programs: 49",
    "mappings: 79",
    "required mappings: 78",
    "programs with 3 partners: 1",
    "programs with 2 partners: 28",
    "programs with 1 partner: 20",
]

Db = psycopg.Connection[dict[str, Any]]
Run = Callable[[str], Said]


@pytest.fixture
def run(pg_server: PgServer, db_url: str) -> Run:
    """run("CHECK_SCHEMA.sql"): the script on this test's database, as the superuser."""
    return lambda script: psql(pg_server.bindir, db_url, "-f", SEEDS / script)


@pytest.fixture(params=["inherit", "noinherit"])
def dba_url(request: pytest.FixtureRequest, db: Db, pg_server: PgServer) -> Iterator[str]:
    """A plain login that was granted handoff_owner."""
    db.execute(f"create role handoff_test_dba login {request.param} in role handoff_owner")
    try:
        yield pg_server.url(db.info.dbname, "handoff_test_dba")
    finally:
        db.execute("drop role handoff_test_dba")


def csv_rows() -> list[dict[str, str]]:
    with (SEEDS / "programs.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def configuration(db: Db) -> list[dict[str, Any]]:
    """Every configured row with its version, so that a row that was rewritten as it was shows, too."""
    return db.execute(
        "select 'partner' as what, xmin::text as version, to_jsonb(p) as content from handoff.partners as p"
        " union all select 'event type', xmin::text, to_jsonb(t) from handoff.partner_event_types as t"
        " union all select 'program', xmin::text, to_jsonb(g) from handoff.programs as g"
        " union all select 'mapping', xmin::text, to_jsonb(m) from handoff.program_partners as m"
        " order by 1, 3"
    ).fetchall()


# Configuring


def test_the_script_and_the_csv_file_say_the_same_row_for_row() -> None:
    values = re.findall(r"^ {6}\('(.*)'\),?$", (SEEDS / CONFIGURE).read_text(), re.MULTILINE)
    assert [value.split("', '") for value in values if value.count("', '") == 4] == [
        list(row.values()) for row in csv_rows()
    ]


def test_the_database_says_what_the_csv_file_says(db: Db) -> None:
    found = db.execute(
        "select g.slug, g.name, g.category,"
        " string_agg(m.partner_slug, '>' order by m.sequence_order) as partner_sequence,"
        " coalesce(string_agg(m.partner_slug, '>' order by m.sequence_order) filter (where not m.is_required), '')"
        " as optional_partners, array_agg(m.sequence_order order by m.sequence_order) as places"
        " from handoff.programs as g join handoff.program_partners as m on m.program_slug = g.slug group by g.slug"
    ).fetchall()
    for row in found:
        assert row.pop("places") == list(range(1, row["partner_sequence"].count(">") + 2))
    assert sorted(found, key=lambda row: row["slug"]) == sorted(csv_rows(), key=lambda row: row["slug"])


def test_the_figures_come_out_of_the_database(db: Db) -> None:
    figures = db.execute(
        "select (select count(*) from handoff.partners) as partners,"
        " (select count(*) from handoff.programs) as programs,"
        " (select count(*) from handoff.program_partners) as mappings,"
        " (select count(*) from handoff.program_partners where is_required) as required,"
        " (select array_agg(format('%s programs with %s', n.programs, n.partners) order by n.partners desc) from ("
        "  select c.partners, count(*) as programs from ("
        "   select count(*) as partners from handoff.program_partners group by program_slug) as c group by c.partners"
        " ) as n) as split"
    ).fetchone()
    assert figures == {
        "partners": 5,
        "programs": 49,
        "mappings": 79,
        "required": 78,
        "split": ["1 programs with 3", "28 programs with 2", "20 programs with 1"],
    }


def test_the_one_optional_mapping_is_certiport_in_emergency_health(db: Db) -> None:
    optional = db.execute(
        "select program_slug, partner_slug from handoff.program_partners where not is_required"
    ).fetchall()
    assert optional == [{"program_slug": "emergency-health-safety-technician", "partner_slug": "certiport"}]


def test_configuring_again_changes_nothing_and_says_so(db: Db, run: Run) -> None:
    before = configuration(db)
    said = run(CONFIGURE)
    assert said.code == 0, said.errors
    assert configuration(db) == before
    assert [
        line.split("|") for line in said.lines if re.match(r" (partners|event types|programs|mappings) ", line)
    ] == [
        [" partners   ", "      5 ", "     0 ", " "],
        [" event types ", "     14 ", "     0 ", " "],
        [" programs   ", "     49 ", "     0 ", " "],
        [" mappings   ", "     79 ", "     0 ", " "],
    ]


def test_what_is_missing_is_added_and_counted(db: Db, run: Run) -> None:
    before = configuration(db)
    db.execute("delete from handoff.program_partners where partner_slug = 'milady' or program_slug like 'barber%'")
    db.execute(
        "delete from handoff.program_partners where program_slug like '%esthetician%' or program_slug like '%nail%'"
    )
    db.execute("delete from handoff.programs where category = 'Beauty'")
    db.execute("delete from handoff.partner_event_types where partner_slug = 'milady'")
    db.execute("delete from handoff.partners where slug = 'milady'")
    said = run(CONFIGURE)
    assert said.code == 0, said.errors
    assert re.findall(r"\| +(\d+) \| $", "\n".join(said.lines), re.MULTILINE) == ["1", "3", "9", "18"]
    without_ids = [{**row["content"], "id": None} for row in configuration(db)]
    assert sorted(without_ids, key=str) == sorted(({**row["content"], "id": None} for row in before), key=str)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("update handoff.partners set name = 'HSI' where slug = 'hsi'", "hsi"),
        ("update handoff.partners set launch_url = 'https://hsi.school.example' where slug = 'hsi'", "hsi"),
        (
            "update handoff.partner_event_types set meaning = 'completion'"
            " where partner_slug = 'hsi' and event_type = 'certificate.issued'",
            "hsi certificate.issued",
        ),
        ("update handoff.programs set name = 'Nursing Assistant' where slug = 'cna'", "cna"),
        (
            "update handoff.program_partners set is_required = false where program_slug = 'cna' and sequence_order = 2",
            "cna",
        ),
        ("update handoff.program_partners set sequence_order = 3 - sequence_order where program_slug = 'cna'", "cna"),
        (
            "update handoff.program_partners set course_ref = 'a' where program_slug = 'cna' and sequence_order = 1",
            "cna",
        ),
        ("delete from handoff.program_partners where program_slug = 'cna' and sequence_order = 2", "cna"),
        (
            "insert into handoff.program_partners (program_slug, partner_slug, sequence_order)"
            " values ('cna', 'jri', 3)",
            "cna",
        ),
    ],
)
def test_a_schools_own_change_is_kept_and_named(db: Db, run: Run, change: str, named: str) -> None:
    db.execute(change)
    before = configuration(db)
    said = run(CONFIGURE)
    assert said.code == 0, said.errors
    assert configuration(db) == before
    kept = [line.rpartition("|")[2].strip() for line in said.lines if re.match(r" [a-z ]+ \| +\d+ \|", line)]
    assert [line for line in kept if line] == [named]


def test_a_schools_own_partners_and_programs_are_no_concern_of_it(db: Db, run: Run) -> None:
    add_a_school(db)
    before = configuration(db)
    said = run(CONFIGURE)
    assert said.code == 0, said.errors
    assert configuration(db) == before


def add_a_school(db: Db) -> None:
    db.execute(
        "insert into handoff.partners (slug, name, launch_url) values ('weld', 'WeldCo', 'https://weld.example')"
    )
    db.execute("insert into handoff.partner_event_types values ('weld', 'course.passed', 'completion', 'course')")
    db.execute("insert into handoff.programs (slug, name, category) values ('welding', 'Welding', 'Skilled Trades')")
    db.execute(
        "insert into handoff.program_partners (program_slug, partner_slug, sequence_order, course_ref)"
        " values ('welding', 'weld', 1, 'mig'), ('welding', 'careersafe', 2, null), ('welding', 'weld', 3, 'tig')"
    )


# Both checks


def test_a_fresh_database_is_right(run: Run) -> None:
    schema, config = run(CHECK_SCHEMA), run(CHECK_CONFIG)
    assert (schema.code, schema.lines, schema.errors) == (0, [SCHEMA_IS_RIGHT], "")
    assert (config.code, config.lines, config.errors) == (0, [*FIGURES, CONFIG_IS_RIGHT], "")


def test_every_script_works_for_a_plain_login_that_was_granted_the_owner(dba_url: str, pg_server: PgServer) -> None:
    scripts = {CONFIGURE: "(1 row)", CHECK_SCHEMA: SCHEMA_IS_RIGHT, CHECK_CONFIG: CONFIG_IS_RIGHT}
    for script, last in (scripts | {"CHECK_BOOKS.sql": "OK: the books balance."}).items():
        said = psql(pg_server.bindir, dba_url, "-f", SEEDS / script)
        assert (said.code, said.errors, said.lines[-1]) == (0, "", last)


def test_a_plain_login_finds_what_is_wrong_as_well(db: Db, dba_url: str, pg_server: PgServer) -> None:
    db.execute("alter table handoff.partners disable row level security")
    db.execute("update handoff.partners set launch_url = null where slug = 'hsi'")
    schema, config = (psql(pg_server.bindir, dba_url, "-f", SEEDS / script) for script in (CHECK_SCHEMA, CHECK_CONFIG))
    assert (schema.code, schema.lines) == (3, ["table handoff.partners is not under row-level security"])
    assert (config.code, config.lines[-1]) == (
        3,
        "partner hsi has no launch_url: its students can not find the training",
    )


def test_a_schools_own_partners_and_programs_are_counted_and_right(db: Db, run: Run) -> None:
    add_a_school(db)
    said = run(CHECK_CONFIG)
    assert (said.code, said.lines[0], said.lines[2], said.lines[-1]) == (
        0,
        "partners: 6",
        "programs: 50",
        CONFIG_IS_RIGHT,
    )


# The schema


def test_it_knows_every_table(db: Db) -> None:
    tables = db.execute(
        "select c.relname as name from pg_catalog.pg_class as c"
        " where c.relnamespace = 'handoff'::regnamespace and c.relkind in ('r', 'p')"
    ).fetchall()
    script = (SEEDS / CHECK_SCHEMA).read_text()
    assert [table["name"] for table in tables if f"('{table['name']}')" not in script] == []


def test_it_knows_every_role_and_its_switches(db: Db) -> None:
    script = (SEEDS / CHECK_SCHEMA).read_text()
    listed = re.findall(r"\('(handoff_\w+)', (true|false), '([a-z_ ]*)'\)", script)
    rows = db.execute(
        "select r.name, r.is_login::text, coalesce(string_agg(m.name, ' ' order by m.name), '') as may_switch_to"
        " from handoff_ops.roles as r left join handoff_ops.roles as m on m.login = r.name group by r.name"
    )
    assert sorted(listed) == sorted(tuple(row.values()) for row in rows)


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ("alter schema handoff_ops rename to elsewhere", "schema handoff_ops is missing"),
        ("drop table handoff.webhook_refusals", "table handoff.webhook_refusals is missing"),
        (
            "alter table handoff.profiles disable row level security",
            "table handoff.profiles is not under row-level security",
        ),
        (
            "alter table handoff.profiles no force row level security",
            "table handoff.profiles does not force row-level security on its owner",
        ),
        (
            "create table handoff.notes (id integer); alter table handoff.notes owner to handoff_owner;"
            "alter table handoff.notes force row level security",
            "table handoff.notes is not under row-level security",
        ),
        ("grant select on handoff.certificates to public", "PUBLIC has SELECT on table handoff.certificates"),
        (
            "alter table handoff.programs add constraint seems_right check (true) not valid",
            "constraint seems_right of table handoff.programs is not validated",
        ),
        (
            "update pg_catalog.pg_index set indisvalid = false"
            " where indexrelid = 'handoff.enrollment_steps_one_in_progress'::regclass",
            "index handoff.enrollment_steps_one_in_progress of table handoff.enrollment_steps is not valid",
        ),
        (
            "drop function handoff.skip_step(uuid, text)",
            "function handoff.skip_step(p_step_id uuid, p_reason text) returns text is missing",
        ),
        (
            "alter function handoff.skip_step(uuid, text) rename to leave_step",
            "function handoff.skip_step(p_step_id uuid, p_reason text) returns text is missing",
        ),
        (
            "alter type handoff.event_receipt drop attribute next_step_id",
            "type handoff.event_receipt is not (receipt uuid, status text, reason text, enrollment_id uuid,"
            " step_id uuid, next_step_id uuid)",
        ),
        (
            "grant execute on function handoff.verify_certificate(text) to public",
            "PUBLIC can execute handoff.verify_certificate(text)",
        ),
        (
            "create function handoff.helper() returns void language sql as 'select';"
            "alter function handoff.helper() owner to handoff_owner",
            "PUBLIC can execute handoff.helper()",
        ),
        (
            "grant execute on function handoff.mark_step_complete(uuid, text) to handoff_admin",
            "handoff_admin can execute handoff.mark_step_complete",
        ),
        (
            "revoke execute on function handoff.get_current_step(uuid) from handoff_student",
            "handoff_student can not execute handoff.get_current_step",
        ),
        (
            "drop trigger append_only on handoff.step_transitions",
            "trigger append_only of table handoff.step_transitions is missing",
        ),
        (
            "alter table handoff.step_transitions disable trigger append_only",
            "trigger append_only of table handoff.step_transitions is disabled",
        ),
        (
            "create or replace trigger append_only before update on handoff.step_transitions"
            " for each statement execute function handoff_private.refuse_change()",
            "trigger append_only of table handoff.step_transitions is another:"
            " BEFORE UPDATE ON handoff.step_transitions FOR EACH STATEMENT"
            " EXECUTE FUNCTION handoff_private.refuse_change()",
        ),
        (
            "alter table handoff.enrollment_steps disable trigger record_transition",
            "trigger record_transition of table handoff.enrollment_steps is disabled",
        ),
    ],
)
def test_each_fault_of_the_schema_is_named(db: Db, run: Run, fault: str, named: str) -> None:
    db.execute(fault)
    said = run(CHECK_SCHEMA)
    assert (said.code, said.lines) == (3, [named])


def test_each_of_several_faults_has_its_line(db: Db, run: Run) -> None:
    db.execute("alter table handoff.partners owner to postgres")
    db.execute("alter function handoff.clock() owner to postgres")
    db.execute(f"alter role handoff_student in database {db.info.dbname} reset search_path")
    db.execute(f"alter role handoff_pages_login in database {db.info.dbname} reset jit")
    said = run(CHECK_SCHEMA)
    assert said.code == 3
    assert said.lines == [
        "table handoff.partners belongs to postgres instead of handoff_owner",
        "function handoff.clock() belongs to postgres instead of handoff_owner",
        "role handoff_pages_login has no jit of its own in this database",
        "role handoff_student has no search_path of its own in this database",
    ]
    assert "things that are wrong: 4" in said.errors


@pytest.mark.parametrize(
    ("fault", "named", "undo"),
    [
        ("alter role handoff_student login", "role handoff_student can log in", "alter role handoff_student nologin"),
        (
            "alter role handoff_worker_login nologin",
            "role handoff_worker_login can not log in",
            "alter role handoff_worker_login login",
        ),
        (
            "alter role handoff_pages_login inherit",
            "role handoff_pages_login inherits the rights of its roles: it is to be NOINHERIT",
            "alter role handoff_pages_login noinherit",
        ),
        (
            "alter role handoff_admin superuser",
            "role handoff_admin is a superuser",
            "alter role handoff_admin nosuperuser",
        ),
        (
            "alter role handoff_owner bypassrls",
            "role handoff_owner bypasses row-level security",
            "alter role handoff_owner nobypassrls",
        ),
        (
            "alter role handoff_owner createrole",
            "role handoff_owner can create roles",
            "alter role handoff_owner nocreaterole",
        ),
        (
            "grant handoff_owner to handoff_worker_login",
            "role handoff_worker_login is a member of handoff_owner",
            "revoke handoff_owner from handoff_worker_login",
        ),
        (
            "alter role handoff_worker_login rename to handoff_nobody",
            "role handoff_worker_login is missing",
            "alter role handoff_nobody rename to handoff_worker_login",
        ),
    ],
)
def test_each_fault_of_a_role_is_named(db: Db, run: Run, fault: str, named: str, undo: str) -> None:
    db.execute(fault)
    try:
        said = run(CHECK_SCHEMA)
    finally:
        db.execute(undo)
    # A superuser may do everything, and is told of each.
    assert said.code == 3
    assert named in said.lines
    assert said.lines == [named] or "superuser" in named


def test_a_login_that_lost_its_role_is_named_and_a_deploy_gives_it_back(db: Db, db_url: str, run: Run) -> None:
    db.execute("revoke handoff_webhook from handoff_webhook_login")
    try:
        said = run(CHECK_SCHEMA)
    finally:
        deploy(db_url)
    assert (said.code, said.lines) == (3, ["role handoff_webhook_login can not switch to handoff_webhook"])
    assert run(CHECK_SCHEMA).lines == [SCHEMA_IS_RIGHT]


# The configuration


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
            'select handoff.receive_partner_event(\'hsi\', k.key, \'{"event": "course.cancelled", "student_id": "1"}\')'
            " from (values ('a'), ('b')) as k (key)",
            ["partner hsi sends course.cancelled, which is not in partner_event_types: 2 parked"],
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
    assert run(CHECK_CONFIG).lines[:4] == ["partners: 5", "event types: 14", "programs: 49", "mappings: 77"]


def test_the_checks_write_nothing(db: Db, run: Run) -> None:
    for script in (CHECK_SCHEMA, CHECK_CONFIG):
        assert re.search(r"^begin read only;$", (SEEDS / script).read_text(), re.MULTILINE)
    before = configuration(db)
    run(CHECK_SCHEMA)
    run(CHECK_CONFIG)
    assert configuration(db) == before
