"""What an upgrade starts from: a database as the last landed version left it, as SQL for any server from version 15 on.

    python -m tests.deploy.landed

Writes the dump beside this file, named after the last migration, and removes the one before it. Call it with the
sources of that version, once, when it has landed and adds migrations.
"""

from __future__ import annotations

import gzip
import subprocess
import tempfile
from pathlib import Path

import psycopg

from app.operate.postgres import embedded
from tests import DB
from tests.world.postgres import PgServer, deploy_and_seed, thrown_away

HERE = Path(__file__).parent
HISTORY = HERE / "history.sql"


def main() -> None:
    """Writes the dump."""
    oldest = min(embedded.installed_bindirs(), key=lambda bindir: bindir.parent.name)
    with tempfile.TemporaryDirectory() as directory, thrown_away(Path(directory), oldest) as server:
        said = dump(server)
    for older in HERE.glob("*.sql.gz"):
        older.unlink()
    version = max((DB / "migrations").glob("*.sql")).name
    # Without a time in it, the same dump is the same file.
    (HERE / f"{version}.gz").write_bytes(gzip.compress(said.encode(), mtime=0))


def dump(server: PgServer) -> str:
    """A deployed database with a little history."""
    url = server.url(embedded.DATABASE)
    deploy_and_seed(url)
    with psycopg.connect(url) as connection:
        connection.execute(HISTORY.read_bytes())
    command = [server.bindir / "pg_dump" if server.bindir else "pg_dump", "--inserts", "--rows-per-insert=500", url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    # What is for psql alone goes, so that any client can run the rest.
    return "".join(line for line in said.splitlines(keepends=True) if not line.startswith("\\"))


if __name__ == "__main__":
    main()
