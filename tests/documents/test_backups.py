"""docs/operate/backups.md: the commands make a dump, and bring it to another server, without a superuser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import ROOT
from tests.world import deploys
from tests.world.postgres import PgServer, deploy_and_seed, thrown_away

BACKUP, RESTORE = re.findall(
    r"^```sh\n(.*?)^```$", (ROOT / "docs" / "operate" / "backups.md").read_text(), re.MULTILINE | re.DOTALL
)
NEW = "server=postgresql://deployer@new.example\n"
# What make does once it has made the virtual environment.
MIGRATE = f"{sys.executable} -m app.operate.deploy"
ROWS = "select count(*) from handoff.{}"
TABLES = ("profiles", "enrollment_steps", "step_transitions", "program_partners")

needs_sh = pytest.mark.skipif(not shutil.which("sh"), reason="it needs sh")


@pytest.fixture
def old(tmp_path: Path, pg_server: PgServer) -> Iterator[PgServer]:
    """A server with a deployer who is no superuser, and a school with a student in the database `school`."""
    with thrown_away(tmp_path / "old", pg_server.bindir) as server:
        deploys.execute(server.url("postgres"), "create role deployer login createrole createdb")
        deploys.execute(server.url("postgres", "deployer"), "create database school template template0")
        url = server.url("school", "deployer")
        deploy_and_seed(url)
        deploys.execute(url, "select handoff.enroll_student(handoff.create_profile('jo@school.example', 'Jo'), 'cna')")
        yield server


@pytest.fixture
def new(tmp_path: Path, pg_server: PgServer) -> Iterator[PgServer]:
    """An empty server, with a deployer."""
    with thrown_away(tmp_path / "new", pg_server.bindir) as server:
        deploys.execute(
            server.url("postgres"), "drop database handoff", "create role deployer login createrole createdb"
        )
        yield server


def run(script: str, server: PgServer, directory: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """The commands in a directory beside the seeds, with this server's programs."""
    if server.bindir is None:
        pytest.skip("TEST_PG_BINDIR does not say where pg_dump is")
    given = {"PATH": f"{server.bindir}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    (directory / "seeds").symlink_to(ROOT / "seeds")
    try:
        return subprocess.run(
            ["sh", "-euc", script], cwd=directory, env=os.environ | given | environ, capture_output=True, text=True
        )
    finally:
        (directory / "seeds").unlink()


@needs_sh
def test_a_dump_comes_to_another_server_with_all_it_had(old: PgServer, new: PgServer, tmp_path: Path) -> None:
    url = old.url("school", "deployer")
    done = run(BACKUP, old, tmp_path, DATABASE_URL=url)
    assert (done.returncode, done.stderr) == (0, "")
    assert NEW in RESTORE and RESTORE.count("make migrate") == 2
    script = RESTORE.replace(NEW, "server=postgresql://deployer@\n").replace("make migrate", MIGRATE)
    done = run(script, new, tmp_path, PGHOST=new.host, PGPORT=str(new.port))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "OK: the schema is as it was deployed." in done.stdout
    assert "OK: the books balance." in done.stdout
    for table in TABLES:
        found = deploys.value(new.url("handoff"), ROWS.format(table))
        assert found == deploys.value(old.url("school"), ROWS.format(table)) > 0
    assert deploys.value(new.url("handoff", "handoff_webhook_login"), "select current_user::text") == "handoff_webhook"


@needs_sh
def test_a_dump_that_fails_takes_no_good_ones_place(old: PgServer, tmp_path: Path) -> None:
    good = tmp_path / "handoff.dump"
    good.write_text("the good one")
    deploys.execute(old.url("school"), "revoke select on handoff.acts from handoff_owner")
    assert run(BACKUP, old, tmp_path, DATABASE_URL=old.url("school", "deployer")).returncode != 0
    assert good.read_text() == "the good one"
    assert (tmp_path / "handoff.new").exists()


@needs_sh
def test_without_the_options_rows_are_not_left_out_but_refused(old: PgServer, tmp_path: Path) -> None:
    plain = BACKUP.replace(" --role=handoff_owner --enable-row-security", "")
    done = run(plain, old, tmp_path, DATABASE_URL=old.url("school", "deployer"))
    assert done.returncode != 0 and "row-level security" in done.stderr
