"""What `make test` does: pgTAP and pytest on every PostgreSQL at hand, each on a throw-away server, side by side.

python -m tests.tools.run [--only pgtap|pytest] [--server embedded|installed] [arguments of pytest]
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from app.operate.postgres import embedded
from app.operate.postgres.binaries import embedded_bindir, major_version
from tests import ROOT
from tests.tools import pgbouncer, pgtap
from tests.tools.debian import DebianError
from tests.tools.suites import (
    PATIENCE,
    PGTAP,
    Outcome,
    ended,
    prepare,
    run_pgtap,
    run_pytest,
)
from tests.world.postgres import deploy_and_seed, work_directory

POOLED = (  # two runs of a like length
    [ROOT / "tests/pages", ROOT / "tests/deploy/test_pooler.py"],
    [ROOT / "tests/webhooks"],
)
AT_ONCE = (os.cpu_count() or 1) + 1
LOOKS = 0.2  # seconds between two looks at what runs
NO_OTHER = "no other version from 15 on is installed, and TEST_PG_BIN is not set"


@dataclass(frozen=True)
class Target:
    """A PostgreSQL to test on; `kind` is what --server says."""

    kind: str
    bindir: Path

    @property
    def name(self) -> str:
        pooled = " by PgBouncer" if os.environ.get("HANDOFF_POOLED") else ""
        return f"PostgreSQL {major_version(self.bindir)} ({self.kind}){pooled}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the suites. Returns 0 only when tests ran and none failed."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.tools.run", description="Other arguments go to pytest.", allow_abbrev=False
    )
    parser.add_argument("--only", choices=["pgtap", "pytest"], help="one of the two suites")
    parser.add_argument("--server", choices=["embedded", "installed"], help="one of the two PostgreSQL servers")
    parser.add_argument("--outcome", type=Path, help=argparse.SUPPRESS)  # where one of two side by side leaves its own
    options, for_pytest = parser.parse_known_args(arguments)
    try:
        prepare()
        targets, skipped = _targets(options.server)
        if len(targets) == 1:
            outcomes = [_test(targets[0], options.only, for_pytest)]
        else:
            outcomes = _side_by_side(targets, options.only, for_pytest, skipped)
    except embedded.PostgresError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    if options.outcome:
        options.outcome.write_text(json.dumps(asdict(outcomes[0])))
    else:
        _report(outcomes, skipped)
    return 1 if any(outcome.failures for outcome in outcomes) else 0


def _targets(only: str | None) -> tuple[list[Target], list[str]]:
    """The servers to test on, at least one, and one line for each that is left out. Raises PostgresError."""
    bundled = Target("embedded", embedded_bindir())
    if only == "embedded":
        return [bundled], ["the installed PostgreSQL: --server embedded"]
    named = bool(os.environ.get("TEST_PG_BIN"))
    others = [
        Target("installed", found)
        for found in embedded.installed_bindirs()
        if named or major_version(found) != major_version(bundled.bindir)
    ]
    if only == "installed":
        if not others:
            raise embedded.PostgresError(f"no second PostgreSQL to test on: {NO_OTHER}")
        return others[:1], ["the embedded PostgreSQL: --server installed"]
    if not others:
        return [bundled], [f"a second PostgreSQL: {NO_OTHER}"]
    return [bundled, others[0]], []


def _side_by_side(
    targets: Sequence[Target], only: str | None, for_pytest: list[str], skipped: list[str]
) -> list[Outcome]:
    """Run this program once for each server, several at once: most of a suite is waiting.

    Unless pytest was told what to run, what asks nothing of a server is left to the first, what people and partners
    meet comes once more through a pooler, and tests that need the machine for themselves come when all else has ended.
    """
    with contextlib.suppress(pgtap.PgtapError):  # which each of them says for itself
        pgtap.ensure(PGTAP)  # fetched once, before all want it
    apart = only != "pgtap" and not for_pytest
    with tempfile.TemporaryDirectory(prefix="handoff-test-") as work:
        first, others = (["-m", "not alone"], ["-m", "not alone and not once"]) if apart else (for_pytest, for_pytest)
        runs = [_Run(targets[0], only, first, Path(work, targets[0].kind))]
        runs += [_Run(target, only, others, Path(work, target.kind)) for target in targets[1:]]
        if apart:
            try:
                pgbouncer.ensure(pgbouncer.CACHE)
                runs += [
                    _Run(
                        targets[1],
                        "pytest",
                        [*others, "-q", *rooms],
                        Path(work, rooms[0].name),
                        {"HANDOFF_POOLED": "1"},
                    )
                    for rooms in POOLED
                ]
            except DebianError as error:
                skipped.append(f"PgBouncer: {error}")
        outcomes = list(_outcomes(runs))
        if apart:
            outcomes += _outcomes([_Run(targets[0], "pytest", ["-m", "alone"], Path(work, "alone"))])
    return outcomes


def _outcomes(runs: Sequence[_Run]) -> Iterator[Outcome]:
    """What each came to. One more than there are processors run at once, in this order; the first is seen at work."""
    told = 0
    with contextlib.ExitStack() as opened:
        begun: list[_Run] = []
        while told < len(runs):
            while len(begun) < len(runs) and sum(run.is_at_work() for run in begun) < AT_ONCE:
                run = runs[len(begun)]
                opened.enter_context(run.started(seen=not begun))
                begun.append(run)
            if begun[told].is_at_work():
                time.sleep(LOOKS)
            else:
                yield begun[told].outcome()
                told += 1


@dataclass
class _Run:
    """This program, run for one server. `left`: the path, without a suffix, of what it says and of its outcome."""

    target: Target
    only: str | None
    for_pytest: Sequence[str | Path]
    left: Path
    environ: Mapping[str, str] = field(default_factory=dict)

    @contextlib.contextmanager
    def started(self, *, seen: bool) -> Iterator[None]:
        """It runs, shown as it does when it is to be seen, else afterwards; it is ended with the block."""
        command = [
            sys.executable,
            "-m",
            "tests.tools.run",
            "--server",
            self.target.kind,
            "--outcome",
            f"{self.left}.json",
        ]
        command += ["--only", self.only] if self.only else []
        with contextlib.ExitStack() as opened:
            stdout = None if seen else opened.enter_context(open(f"{self.left}.txt", "w"))
            self.process = subprocess.Popen(
                [*command, *self.for_pytest], cwd=ROOT, stdout=stdout, stderr=stdout, env=os.environ | self.environ
            )
            opened.enter_context(ended(self.process, signal.SIGTERM, 2 * PATIENCE))
            yield

    def is_at_work(self) -> bool:
        """It was started, and has not ended."""
        return self.process.poll() is None

    def outcome(self) -> Outcome:
        """What it came to, when it has ended."""
        code = self.process.wait()
        said, outcome = Path(f"{self.left}.txt"), Path(f"{self.left}.json")
        if said.exists():
            print(said.read_text(errors="replace"), end="", flush=True)
        if outcome.exists():
            return Outcome(**json.loads(outcome.read_text()))
        return Outcome(self.target.name, failures=[f"the tests ended with {code}"])


def _test(target: Target, only: str | None, for_pytest: list[str]) -> Outcome:
    """Run the suites on a server of their own, which is gone afterwards whatever happens."""
    print(f"\n=== {target.name} ===", flush=True)
    outcome, began = Outcome(target.name), time.monotonic()
    directory = work_directory()
    try:
        server = embedded.start(directory, fast=True, bindir=target.bindir)
        deploy_and_seed(server.url())
        if only != "pytest":
            run_pgtap(server, outcome)
        if only != "pgtap":
            run_pytest(server, for_pytest, outcome)
    except (embedded.PostgresError, pgtap.PgtapError) as error:
        outcome.failures.append(str(error))
    except Exception as error:
        traceback.print_exc()
        outcome.failures.append(f"{type(error).__name__}: {error}".splitlines()[0])
    finally:
        embedded.destroy(directory)
    outcome.seconds = time.monotonic() - began
    return outcome


def _report(outcomes: Sequence[Outcome], skipped: Sequence[str]) -> None:
    rows = [("server", "pgTAP", "pytest", "seconds")]
    rows += [(outcome.server, outcome.pgtap, outcome.pytest, f"{outcome.seconds:.1f}") for outcome in outcomes]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    print()
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    for line in skipped:
        print(f"skipped: {line}")
    for outcome in outcomes:
        for failure in outcome.failures:
            print(f"FAILED on {outcome.server}: {failure}")


if __name__ == "__main__":
    sys.exit(main())
