"""The scripts in seeds/, run with psql as a DBA runs them."""

from __future__ import annotations

import csv
import re
from typing import Any

import psycopg
import pytest

from tests.deploy.scripts import (
    ACCEPT_SCHEMA,
    CHECK_CONFIG,
    CHECK_SCHEMA,
    CONFIG_IS_RIGHT,
    CONFIGURE,
    SCHEMA_IS_RIGHT,
    Run,
)
from tests.world.postgres import PgServer
from tests.world.psql import SEEDS, psql

FIGURES = [
    "partners: 5",
    "event types: 19",
    "programs: 49",
    "mappings: 79",
    "required mappings: 78",
    "programs with 3 partners: 1",
    "programs with 2 partners: 28",
    "programs with 1 partner: 20",
]

Db = psycopg.Connection[dict[str, Any]]


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
        line.split("|") for line in said.lines if re.match(r" (texts|partners|event types|programs|mappings) ", line)
    ] == [
        [" texts      ", "      5 ", "     0 ", " "],
        [" partners   ", "      5 ", "     0 ", " "],
        [" event types ", "     19 ", "     0 ", " "],
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
    assert re.findall(r"\| +(\d+) \| $", "\n".join(said.lines), re.MULTILINE) == ["0", "1", "4", "9", "18", "9"]
    without_ids = [{**row["content"], "id": None} for row in configuration(db)]
    assert sorted(without_ids, key=str) == sorted(({**row["content"], "id": None} for row in before), key=str)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("update handoff.partners set name = 'HSI' where slug = 'hsi'", "hsi"),
        ("update handoff.partners set launch_url = 'https://hsi.school.example' where slug = 'hsi'", "hsi"),
        ("update handoff.partners set launch_url_template = 'https://hsi.example/{email}' where slug = 'hsi'", "hsi"),
        ("update handoff.partners set instructions = 'Come to room 12.' where slug = 'hsi'", "hsi"),
        ("update handoff.partners set instructions = '', registration_hint = '' where slug = 'hsi'", "hsi"),
        ("update handoff.partners set registration_hint = null where slug = 'hsi'", "hsi"),
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


def test_partners_of_before_there_were_texts_get_them(db: Db, run: Run) -> None:
    before = [row["content"] for row in configuration(db)]
    db.execute("update handoff.partners set instructions = null, registration_hint = null where slug <> 'hsi'")
    said = run(CONFIGURE)
    assert (said.code, said.lines[2].split("|")) == (0, [" texts      ", "      5 ", "     4 ", " "])
    assert [row["content"] for row in configuration(db)] == before


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
    scripts = {
        CONFIGURE: "(1 row)",
        ACCEPT_SCHEMA: "accepted: member handoff_test_dba of handoff_owner is not ours",
        CHECK_SCHEMA: SCHEMA_IS_RIGHT,
        CHECK_CONFIG: CONFIG_IS_RIGHT,
    }
    for script, last in (scripts | {"CHECK_BOOKS.sql": "OK: the books balance."}).items():
        said = psql(pg_server.bindir, dba_url, "-f", SEEDS / script)
        assert (said.code, said.errors, said.lines[-1].split(" (yes")[0]) == (0, "", last)


def test_a_plain_login_finds_what_is_wrong_as_well(db: Db, dba_url: str, pg_server: PgServer) -> None:
    psql(pg_server.bindir, dba_url, "-f", SEEDS / ACCEPT_SCHEMA)
    db.execute("alter table handoff.partners disable row level security")
    db.execute("update handoff.partners set launch_url = null where slug = 'hsi'")
    schema, config = (psql(pg_server.bindir, dba_url, "-f", SEEDS / script) for script in (CHECK_SCHEMA, CHECK_CONFIG))
    assert (schema.code, [line.split(" is another")[0] for line in schema.lines]) == (3, ["table handoff.partners"])
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


def test_the_checks_write_nothing(db: Db, run: Run) -> None:
    for script in (CHECK_SCHEMA, CHECK_CONFIG):
        assert re.search(r"^begin read only;$", (SEEDS / script).read_text(), re.MULTILINE)
    before = configuration(db)
    run(CHECK_SCHEMA)
    run(CHECK_CONFIG)
    assert configuration(db) == before
