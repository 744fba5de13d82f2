"""docs/tour.md: the commands that a newcomer types do what the page says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from psycopg import Connection
from psycopg.rows import DictRow

from tests import ROOT
from tests.world.partners import SECRETS
from tests.world.postgres import PgServer
from tests.world.server import serving

TEXT = (ROOT / "docs" / "tour.md").read_text()
TYPED = "".join(re.findall(r"^```sh\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)).splitlines()
# The server and the secret, which the test has already; and where psql is.
GIVEN = ("make ", "export ", "psql=", "db=")

needs_programs = pytest.mark.skipif(not all(map(shutil.which, ("sh", "curl"))), reason="the tour needs sh and curl")


@needs_programs
def test_the_tour(db: Connection[DictRow], db_url: str, pg_server: PgServer, tmp_path: Path) -> None:
    flask = f"{sys.executable} -m flask"
    script = [line.replace(".venv/bin/flask", flask) for line in TYPED if not line.startswith(GIVEN)]
    psql = str(pg_server.bindir / "psql") if pg_server.bindir else "psql"
    settings = {"DATABASE_URL": db_url, "PARTNER_WEBHOOK_SECRET_HSI": SECRETS["hsi"].split()[-1]}
    with serving(settings, tmp_path / "server.log") as server:
        given = settings | {"BASE_URL": server.base_url, "psql": psql, "db": db_url}
        done = subprocess.run(
            ["sh", "-uc", "\n".join(script)], cwd=ROOT, env=os.environ | given, capture_output=True, text=True
        )
    said = done.stdout
    assert "jane@school.example is enrolled in cna" in said
    assert re.findall(r'"reason":"([\w:]+)"', said) == ["unknown_student", "parked:unknown_student"]
    assert re.search(r"hsi +\| course.completed +\| H-2001 +\| parked +\| unknown_student", said)
    assert re.search(r"events_applied +\n-+\n +1\n", said)
    assert re.search(r"certiport +\| pending +\| in_progress +\| advanced", said)
    assert re.search(r"hsi +\| in_progress +\| completed +\| partner_event", said)
    assert done.stderr.strip() == "ERROR:  permission denied for table enrollments"
    assert re.search(r"enrollments +\n-+\n +0\n", said)
    assert "OK: the books balance." in said
    for place in ("db/functions/handoff/enrollment/skip_step.sql", "db/tests/handoff/enrollment/skip_step"):
        assert place in said.splitlines()
    for file in ("db/policies/functions.sql", "docs/reference/functions.md"):
        assert re.search(rf"^{file}:\d+:", said, re.MULTILINE)
