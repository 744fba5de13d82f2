"""What two sessions at once can do to each other: the specs in db/tests/isolation, run by PostgreSQL's isolationtester.

Each spec is a few interleavings, forced by locks and without any sleep; each ends with what is there, and where there
are events or enrollments with the violations of test.violations(). The output is compared with the file of the same
name and .out, the same for every PostgreSQL. After a change that is meant, write those files anew, and read the
difference before keeping it:

    HANDOFF_REGENERATE=1 python -m pytest tests/races/test_isolation.py
"""

import contextlib
import difflib
import os
import re
import subprocess
from pathlib import Path

import psycopg
import pytest

from app.operate.postgres.binaries import PostgresError, embedded_bindir, installed_bindirs
from tests import DB
from tests.world.postgres import PgServer
from tests.world.setup_sql import load

SPECS = sorted((DB / "tests" / "isolation").glob("*.spec"))
PROGRAM = Path("lib/pgxs/src/test/isolation/isolationtester")
SECONDS = 15  # until a step that waits for ever is cancelled; PostgreSQL 15 has another name for it than later ones
NEVER = re.compile(r"VIOLATED|deadlock detected|could not be applied")


@pytest.fixture(scope="module")
def isolationtester(pg_server: PgServer) -> Path:
    """PostgreSQL's program of that name: the server's own, else any other, since it works with every server."""
    bindirs = [pg_server.bindir] if pg_server.bindir else []
    with contextlib.suppress(PostgresError):
        bindirs += [embedded_bindir(), *installed_bindirs()]
    for bindir in bindirs:
        if (program := bindir.parent / PROGRAM).exists():
            return program
    pytest.skip("no isolationtester: it comes with the embedded PostgreSQL, and with Debian's postgresql-client")


@pytest.mark.parametrize("spec", SPECS, ids=[spec.stem for spec in SPECS])
def test_every_interleaving_ends_well(spec: Path, isolationtester: Path, db_url: str) -> None:
    with psycopg.connect(db_url, autocommit=True) as connection:
        load(connection)
        files = [path for room in ("functions", "policies") for path in sorted((DB / room).rglob("*.sql"))]
        for sql in (path.read_text() for path in [DB / "lock_tables.sql", *files]):
            connection.execute("insert into test.code (sql) values (%s)", [sql])
    run = subprocess.run(
        [isolationtester, db_url],
        input=spec.read_text(),
        env=os.environ | {"PGISOLATIONTIMEOUT": str(SECONDS), "PG_TEST_TIMEOUT_DEFAULT": str(SECONDS)},
        capture_output=True,
        text=True,
        timeout=10 * SECONDS,
    )
    assert run.returncode == 0, run.stderr
    said = [line.rstrip() for line in run.stdout.splitlines()]
    expected = spec.with_suffix(".out")
    if "HANDOFF_REGENERATE" in os.environ:
        expected.write_text("\n".join(said) + "\n")
    bad = [line for line in said if NEVER.search(line)]
    assert not bad, "\n".join(said)
    difference = difflib.unified_diff(expected.read_text().splitlines(), said, expected.name, "now", n=8, lineterm="")
    assert not (text := "\n".join(difference)), text


def test_every_expected_output_has_its_spec() -> None:
    stems = {path.stem for path in (DB / "tests" / "isolation").glob("*.out")}
    assert stems == {spec.stem for spec in SPECS} and stems
