"""What upgrades start from: a database as a landed version left it, as SQL that any server from PostgreSQL 15 on takes.

    python -m tests.deploy.landed > tests/deploy/landed/$(ls db/migrations | tail -n 1)

To be called with the sources of that version, once, when it has landed and adds migrations.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from app.operate.deploy import deploy
from app.operate.postgres import embedded
from app.operate.seed import seed

HISTORY = Path(__file__).with_name("history.sql")


def main() -> None:
    """Prints the dump."""
    oldest = min(embedded.installed_bindirs(), key=lambda bindir: bindir.parent.name)
    with tempfile.TemporaryDirectory() as directory:
        server = embedded.start(Path(directory), fast=True, bindir=oldest)
        try:
            url = server.url()
            deploy(url)
            seed(url)
            with psycopg.connect(url) as connection:
                connection.execute(HISTORY.read_bytes())
            dump = [server.bindir / "pg_dump", "--inserts", "--rows-per-insert=500", url]
            said = subprocess.run(dump, check=True, capture_output=True, text=True).stdout
        finally:
            embedded.destroy(Path(directory))
    # What is for psql alone goes, so that any client can run the rest.
    sys.stdout.writelines(line for line in said.splitlines(keepends=True) if not line.startswith("\\"))


if __name__ == "__main__":
    main()
