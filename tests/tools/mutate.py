"""`make mutate`: breaks the database on purpose, one way at a time, and sees whether a test fails.

    python -m tests.tools.mutate [--kind guard] [--match REGEX] [--jobs 2] [--no-pytest]

What is broken: see mutants. Each mutant is a clone of a deployed database, in which pgTAP runs until its first failure,
the files that speak of the broken thing first. What pgTAP leaves alive goes through pytest, without the files in
UNRELATED. Fails when a mutant stays alive that is not in mutants_equivalent.txt (one a line, `mutant -- reason`), and
when one of those is killed.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from app.operate.postgres import embedded
from tests import ROOT
from tests.tools import mutants, pgtap, suites
from tests.tools.mutant_plugin import MUTANT
from tests.world.postgres import copy_settings, deploy_and_seed, work_directory
from tests.world.setup_sql import PGTAP_TESTS, SETUP

EQUIVALENT = Path(__file__).with_name("mutants_equivalent.txt")
FIRST = "tests/races/test_isolation.py"  # what takes two sessions to notice
UNRELATED = (
    *(f"tests/deploy/test_{name}.py" for name in ("deploy", "private_functions", "roles", "under_load", "upgrade")),
    "tests/operate/test_commands.py",
    "tests/pages/browser",
    *("tests/project/test_checkout.py", "tests/project/test_mutants.py"),  # the second reads the mutant's catalogue
    *("tests/rules/test_plpgsql_check.py", "tests/rules/test_sql_files.py"),
    *("tests/races/test_faults_under_load.py", "tests/webhooks/test_outages.py"),  # go by the clock
)
SECONDS = 120  # for all of pgTAP; a mutant that never ends is killed by that
FAILED = re.compile(r"^\s*(not ok|# Looks like)")
MARK = "# file "


@dataclass
class Found:
    """What became of a mutant: the pgTAP file or the pytest test that failed, if any."""

    mutant: mutants.Mutant
    pgtap: str | None = None
    pytest: str | None = None


@dataclass
class Bench:
    """A server with a database to clone, and the pgTAP files with their texts."""

    server: embedded.Server
    files: dict[Path, str] = field(default_factory=dict)

    def prepare(self) -> list[mutants.Mutant]:
        """Deploy, load pgTAP and the setup, and find the mutants. All tests must pass before anything is broken."""
        deploy_and_seed(self.server.url())
        suites.load_pgtap(self.server)
        self.files = {path: path.read_text() for path in sorted(PGTAP_TESTS.rglob("*.sql")) if path not in SETUP}
        with psycopg.connect(self.server.url()) as db:
            found = mutants.all_of(db)
        if failed := self.pgtap(mutants.Mutant("none", "unbroken", "select", ())):
            raise pgtap.PgtapError(f"pgTAP fails without a mutant: {failed}")
        return found

    def pgtap(self, mutant: mutants.Mutant) -> str | None:
        """The first pgTAP file that fails in a clone with the mutant, or None."""
        name = f"mutant_{threading.get_ident()}"
        clone = sql.Identifier(name)
        with psycopg.connect(self.server.url("postgres"), autocommit=True) as db:
            source = embedded.DATABASE
            db.execute(sql.SQL("create database {} template {}").format(clone, sql.Identifier(source)))
            copy_settings(db, source, name)
            try:
                with psycopg.connect(self.server.url(name)) as own:
                    own.execute(mutant.sql)
                return self._first_failure(name, mutant)
            finally:
                db.execute(sql.SQL("drop database {} with (force)").format(clone))

    def _first_failure(self, dbname: str, mutant: mutants.Mutant) -> str | None:
        command = [str(self.server.bindir / "psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", self.server.url(dbname)]
        for path in sorted(self.files, key=lambda path: (-self._relevance(path, mutant), path)):
            command += ["-c", f"\\echo {MARK}{path.relative_to(PGTAP_TESTS)}", "-f", str(path)]
        env = os.environ | {"PGOPTIONS": f"-c search_path=tap,public -c statement_timeout={SECONDS}s"}
        at = "before the first file"
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as psql:
            timer = threading.Timer(SECONDS, psql.kill)
            timer.start()
            try:
                for line in psql.stdout or ():
                    if line.startswith(MARK):
                        at = line.removeprefix(MARK).strip()
                    elif FAILED.match(line):
                        psql.kill()
                        return at
                return at if psql.wait() else None
            finally:
                timer.cancel()

    def _relevance(self, path: Path, mutant: mutants.Mutant) -> int:
        """How likely a file is to notice: by how many of the mutant's words stand in its place, and in its text."""
        return sum(2 * (word in path.parts) + (word in self.files[path]) for word in mutant.words)

    def pytest(self, mutant: mutants.Mutant | None) -> str | None:
        """The first test of pytest that fails on databases with the mutant, or None."""
        env = os.environ | {"TEST_PG_URL": self.server.url(), "TEST_PG_BINDIR": str(self.server.bindir)}
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
        if mutant:
            command += ["-p", "tests.tools.mutant_plugin"]
            env[MUTANT] = mutant.sql
        for chosen in ([FIRST], ["tests", *(f"--ignore={name}" for name in (FIRST, *UNRELATED))]):
            done = subprocess.run([*command, *chosen], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
            failed = re.search(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", done.stdout, re.MULTILINE)
            if done.returncode and not failed:
                raise RuntimeError(f"pytest ended with {done.returncode}:\n{done.stdout[-2000:]}")
            if failed:
                return failed[1]
        return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Break, test, report. Returns 0 when every mutant was killed or is known to be equivalent."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.tools.mutate", description="Mutation tests.", allow_abbrev=False
    )
    parser.add_argument("--kind", help="only mutants of this kind")
    parser.add_argument("--match", default="", help="only mutants in whose names this regular expression is found")
    parser.add_argument("--jobs", type=int, default=2, help="how many at once (default: 2)")
    parser.add_argument("--no-pytest", action="store_true", help="leave out what needs minutes")
    options = parser.parse_args(arguments)
    suites.prepare()
    began = time.monotonic()
    directory = work_directory()
    try:
        bench = Bench(embedded.start(directory, fast=True))
        there = bench.prepare()
        wanted = [
            mutant for mutant in there if options.kind in (None, mutant.kind) and re.search(options.match, str(mutant))
        ]
        found = _try_pgtap(bench, wanted, options.jobs)
        failed = None if options.no_pytest else _try_pytest(bench, found)
    except (embedded.PostgresError, pgtap.PgtapError) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        embedded.destroy(directory)
    wrong = [f"pytest was not used: without a mutant it fails at {failed}"] if failed else []
    wrong += _report(found) + [
        f"{EQUIVALENT.name} has what is no mutant: {name}" for name in equivalent().keys() - set(map(str, there))
    ]
    print(*wrong, f"{len(found)} mutants in {time.monotonic() - began:.0f} s", sep="\n")
    return 1 if wrong or not found else 0


def _try_pgtap(bench: Bench, wanted: list[mutants.Mutant], jobs: int) -> list[Found]:
    found = []
    with ThreadPoolExecutor(jobs) as pool:
        for mutant, failed in zip(wanted, pool.map(bench.pgtap, wanted), strict=True):
            found.append(Found(mutant, failed))
            print(f"{mutant}: {failed or 'alive after pgTAP'}", flush=True)
    return found


def _try_pytest(bench: Bench, found: list[Found]) -> str | None:
    """Note what pytest kills of what is alive and not known to be. Returns the test that fails without a mutant."""
    known = equivalent()
    alive = [one for one in found if not one.pgtap and str(one.mutant) not in known]
    failed = bench.pytest(None) if alive else None
    for one in [] if failed else alive:
        one.pytest = bench.pytest(one.mutant)
        print(f"{one.mutant}: {one.pytest or 'alive after pytest'}", flush=True)
    return failed


def _report(found: Sequence[Found]) -> list[str]:
    """Print the table. Returns what is wrong, a line each."""
    known = equivalent().keys()
    killed = {str(one.mutant) for one in found if one.pgtap or one.pytest}
    print(f"\n{'kind':<12} {'mutants':>8} {'pgTAP':>8} {'pytest':>8} {'equivalent':>10} {'alive':>8}")
    for kind in [*sorted({one.mutant.kind for one in found}), "all"]:
        of_kind = [one for one in found if kind in (one.mutant.kind, "all")]
        by_pgtap, by_pytest = sum(bool(one.pgtap) for one in of_kind), sum(bool(one.pytest) for one in of_kind)
        harmless = len({str(one.mutant) for one in of_kind} & known - killed)
        alive = len(of_kind) - by_pgtap - by_pytest - harmless
        print(f"{kind:<12} {len(of_kind):>8} {by_pgtap:>8} {by_pytest:>8} {harmless:>10} {alive:>8}")
    names = [str(one.mutant) for one in found]
    return [f"ALIVE: {name}" for name in names if name not in killed | known] + [
        f"killed, and not equivalent as {EQUIVALENT.name} says: {name}" for name in names if name in killed & known
    ]


def equivalent() -> dict[str, str]:
    """The reason why no test can notice it, by mutant."""
    lines = [line for line in EQUIVALENT.read_text().splitlines() if line and not line.startswith("#")]
    return {name: reason for name, _, reason in (line.rpartition(" -- ") for line in lines)}


if __name__ == "__main__":
    sys.exit(main())
