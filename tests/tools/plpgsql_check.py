"""plpgsql_check, a compiler's eye for PL/pgSQL: the installed one, else Debian's package unpacked into a cache."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.tools.debian import Apt, DebianError

SCHEMA = "plpgsql_check"
FINDINGS = """
select f.oid::regprocedure || coalesce(', statement at line ' || c.lineno, '') || ': ' || c.level || ': ' || c.message
  || coalesce(' (' || c.detail || ')', '')
from pg_catalog.pg_proc as f
join pg_catalog.pg_language as l on l.oid = f.prolang and l.lanname = 'plpgsql'
left join pg_catalog.pg_trigger as t on t.tgfoid = f.oid
cross join lateral plpgsql_check.plpgsql_check_function_tb(
  f.oid, coalesce(t.tgrelid, 0), fatal_errors => false, extra_warnings => true, performance_warnings => true,
  security_warnings => true
) as c
where f.pronamespace::regnamespace::text like 'handoff%'
order by 1
"""


def findings(db: psycopg.Connection[Any]) -> list[str]:
    """What it finds in the PL/pgSQL functions of this database, a line each; `load` came first."""
    return [next(iter(row.values())) for row in db.execute(FINDINGS).fetchall()]


@contextmanager
def loaded(db: psycopg.Connection[Any], cache: Path) -> Iterator[None]:
    """With plpgsql_check in the superuser's database, which must be on this machine. Raises DebianError."""
    library, definitions = files(db.info.server_version // 10000, cache)
    with tempfile.TemporaryDirectory(prefix="plpgsql-check-") as place:
        Path(place).chmod(0o755)  # the server's account must reach it, which the checkout may not let it
        try:
            with db.transaction():
                define(db, copied(library, Path(place)), definitions)
        except psycopg.Error as error:
            raise DebianError(f"the server does not load it: {error.diag.message_primary}") from error
        yield


def copied(library: Path, place: Path) -> Path:
    """A copy in `place` that every account can read."""
    copy = Path(shutil.copy(library, place))
    copy.chmod(0o755)
    return copy


def define(db: psycopg.Connection[Any], library: Path, definitions: Path) -> None:
    """Define its functions in the schema SCHEMA, within the transaction of the caller.

    Its SQL is run by hand: CREATE EXTENSION looks in the server's own directories, where only root can put files.
    """
    text = re.sub(r"^\\echo.*$", "", definitions.read_text(), flags=re.MULTILINE)
    db.execute(f"create schema {SCHEMA}")
    db.execute(f"set local search_path = {SCHEMA}, pg_catalog")
    db.execute(text.replace("MODULE_PATHNAME", str(library)).replace("@extschema@", SCHEMA))


def files(major: int, cache: Path) -> tuple[Path, Path]:
    """The library and the SQL of the package for a PostgreSQL of this major version. Raises DebianError."""
    root = cache / f"root-{major}"
    found = _found(Path("/"), major) or _found(root, major)
    if found:
        return found
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix="fetch-") as work:
        apt = Apt(Path(work))
        package = f"postgresql-{major}-plpgsql-check"
        if not apt.names("postgresql-"):
            apt.make_lists()
        if package not in apt.names("postgresql-"):
            raise DebianError(f"apt knows no package {package}")
        apt.unpack([package], root)
    found = _found(root, major)
    if not found:
        raise DebianError(f"the package in {root} lacks the library or its SQL")
    return found


def _found(root: Path, major: int) -> tuple[Path, Path] | None:
    library = root / f"usr/lib/postgresql/{major}/lib/plpgsql_check.so"
    definitions = [
        path
        for path in (root / f"usr/share/postgresql/{major}/extension").glob("plpgsql_check--*.sql")
        if "--" not in path.name.removeprefix("plpgsql_check--")  # from one version to the next
    ]
    return (library, definitions[0]) if library.exists() and definitions else None
