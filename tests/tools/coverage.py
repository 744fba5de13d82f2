"""`make coverage`: the PL/pgSQL statements that neither pgTAP nor pytest runs, on an installed PostgreSQL.

    python -m tests.tools.coverage [--only pgtap|pytest] [arguments of pytest]

Fails when a statement is never run that is not in coverage_allowed.txt: one a line, `function: text -- reason`.
Statements are counted by plpgsql_check's profiler. It can't look into SQL-language functions: of those, the ones that
were never seen called are named, and the planner may have put them into the statement that calls them.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from app.operate.postgres import embedded
from tests.tools import profiler, suites
from tests.tools.debian import DebianError
from tests.tools.pgtap import PgtapError
from tests.tools.profiler_plugin import NOTES
from tests.world.postgres import deploy_and_seed, work_directory

ALLOWED = Path(__file__).with_name("coverage_allowed.txt")
UNMEASURED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and report. Returns 0 when all is run or allowed, 1 when not, 2 where it can't be measured."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.tools.coverage", description="Other arguments go to pytest.", allow_abbrev=False
    )
    parser.add_argument("--only", choices=["pgtap", "pytest"], help="one of the two suites")
    options, for_pytest = parser.parse_known_args(arguments)
    suites.prepare()
    directory = work_directory()
    try:
        server = _start(directory)
        outcome = suites.Outcome(f"PostgreSQL {server.version}")
        profile = _measure(server, outcome, options.only, for_pytest)
    except (embedded.PostgresError, DebianError, PgtapError) as error:
        print(f"coverage can't be measured without plpgsql_check: {error}", file=sys.stderr)
        return UNMEASURED
    finally:
        embedded.destroy(directory)
    for failure in outcome.failures:
        print(f"FAILED: {failure}")
    return 1 if leaves_unrun(profile) or outcome.failures else 0


def _start(directory: Path) -> embedded.Server:
    """The newest installed PostgreSQL for which there is plpgsql_check."""
    reason = DebianError("no PostgreSQL is installed, and the embedded one can't load it")
    for bindir in embedded.installed_bindirs():
        try:
            return profiler.start(directory, bindir)
        except DebianError as error:
            reason = error
    raise reason


def _measure(
    server: embedded.Server, outcome: suites.Outcome, only: str | None, for_pytest: Sequence[str]
) -> profiler.Profile:
    """Run the suites, and put together what their databases ran."""
    notes = server.home / "profile"
    os.environ[NOTES] = str(notes)
    deploy_and_seed(server.url())
    if only != "pytest":
        suites.run_pgtap(server, outcome)
    profile = profiler.read(server.url())
    if only != "pgtap":
        suites.run_pytest(server, ["-p", "tests.tools.profiler_plugin", *for_pytest], outcome)
    return profiler.Profile(profile.places, profile.ran | profiler.noted(notes))


def leaves_unrun(profile: profiler.Profile) -> bool:
    """Print what was never run. True when something of it is not allowed, or is allowed without need."""
    statements = {statement for statement in profile.places if statement.number >= 0}
    never = sorted(statements - profile.ran)
    share = 100 * (1 - len(never) / len(statements))
    print(f"\nPL/pgSQL statements run: {len(statements) - len(never)} of {len(statements)} ({share:.1f} %)")
    excused = allowed()
    wanting = False
    for statement in never:
        line, text = profile.places[statement]
        reason = excused.pop((statement.function, text), "")
        wanting |= not reason
        print(f"never run: {statement.function}, line {line}: {text}" + (f" -- {reason}" if reason else ""))
    for function, text in excused:
        print(f"{ALLOWED.name} has what is run, or is not there: {function}: {text}")
    functions = {statement for statement in profile.places if statement.number < 0}
    uncalled = ", ".join(statement.function for statement in sorted(functions - profile.ran))
    print(f"SQL functions, not measured: {len(functions)}; never seen called, or put inline: {uncalled or 'none'}")
    return wanting or bool(excused)


def allowed() -> dict[tuple[str, str], str]:
    """Why a statement need not be run, by function and text."""
    lines = [line for line in ALLOWED.read_text().splitlines() if line and not line.startswith("#")]
    found = {}
    for statement, _, reason in (line.rpartition(" -- ") for line in lines):
        function, _, text = statement.partition(": ")
        found[function, text] = reason
    return found


if __name__ == "__main__":
    sys.exit(main())
