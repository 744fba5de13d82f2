"""Loads the partners and programs: runs seeds/CONFIGURE_ALL_PROGRAMS.sql, as a DBA does with psql."""

import sys
from pathlib import Path

import psycopg

from app.operate.postgres.embedded import PostgresError
from app.operate.which_database import database_url
from app.settings import SettingsError

SCRIPT = Path(__file__).resolve().parents[2] / "seeds" / "CONFIGURE_ALL_PROGRAMS.sql"


def seed(url: str) -> list[str]:
    """Configures the database of a libpq URI and returns what was added or kept, a line each; no line: nothing was new.

    The script is for psql; its only psql commands set how psql behaves, so they are left out here.
    """
    sql = "".join(line for line in SCRIPT.read_text("utf-8").splitlines(keepends=True) if not line.startswith("\\"))
    lines = []
    with psycopg.connect(
        url, autocommit=True, application_name="handoff seed", client_encoding="utf8", prepare_threshold=None
    ) as connection:
        results = connection.execute(sql.encode()).results()
        for what, wanted, added, kept in (row for result in results if result.description for row in result):
            if added:
                lines.append(f"{what}: {added} of {wanted} added")
            if kept:
                lines.append(f"{what}: kept as the school changed it: {kept}")
    return lines


def main() -> int:
    """`make seed`: configures DATABASE_URL."""
    try:
        lines = seed(database_url())
    except (SettingsError, PostgresError, psycopg.Error) as error:
        print(f"seed failed: {error}", file=sys.stderr)
        return 1
    print("\n".join(lines) if lines else "nothing to do: partners and programs are configured")
    return 0


if __name__ == "__main__":
    sys.exit(main())
