"""README.md: whoever types the commands for a PostgreSQL of their own is signed in at the end."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from tests import ROOT
from tests.world.postgres import PgServer
from tests.world.server import serving

SECTION = (ROOT / "README.md").read_text().partition("\n## On your own PostgreSQL\n")[2].partition("\n## ")[0]
TYPED = "".join(re.findall(r"^```sh\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL)).splitlines()
# What make does once it has made the virtual environment.
MADE = {"make migrate seed": "{0} -m app.operate.deploy && {0} -m app.operate.seed", "make serve": "echo serving"}


@pytest.mark.skipif(not shutil.which("sh"), reason="it needs sh")
def test_somebody_is_signed_in_at_the_end(empty: str, pg_server: PgServer, tmp_path: Path) -> None:
    url = pg_server.url(empty)
    script = "\n".join(line for line in TYPED if not line.startswith("export DATABASE_URL="))
    for typed, run in MADE.items():
        assert typed in script
        script = script.replace(typed, run.format(sys.executable))
    script = script.replace(".venv/bin/flask", f"{sys.executable} -m flask").replace(
        "$(python3 ", f"$({sys.executable} "
    )
    done = subprocess.run(
        ["sh", "-euc", script], cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    link, last = done.stdout.splitlines()[-2:]
    assert last == "serving"
    with serving({"DATABASE_URL": url}, tmp_path / "server.log") as server:
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        address = server.base_url + urlsplit(link).path
        token = re.search(r'name="csrf_token" value="([^"]+)"', browser.open(address).read().decode())
        assert token
        page = browser.open(address, urlencode({"csrf_token": token[1]}).encode())
        assert urlsplit(page.url).path == "/admin/dashboard"
        assert "Your Name" in page.read().decode()
