"""The two suites on one throw-away server: what `make test`, `make coverage`, `make mutate` and `make fuzz` share."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.operate.postgres import embedded
from tests import ROOT, forget_settings
from tests.tools import pgtap
from tests.world.postgres import WORK
from tests.world.setup_sql import PGTAP_TESTS, SETUP

PGTAP = ROOT / ".cache" / "pgtap"
TAP_FIRST = "-c search_path=tap,public"
PSQL = ["-XAtq", "-v", "ON_ERROR_STOP=1"]
PATIENCE = 20  # seconds for a runner to end after an interrupt


@dataclass
class Outcome:
    """What one server's tests said. `failures`: one line each, none when all is well."""

    server: str
    pgtap: str = "not run"
    pytest: str = "not run"
    seconds: float = 0
    failures: list[str] = field(default_factory=list)


def load_pgtap(server: embedded.Server) -> pgtap.Tools:
    """pgTAP, and then the tests' own setup, in the deployed database of `server`. Raises PgtapError."""
    tools = pgtap.ensure(PGTAP)
    psql = [str(server.bindir / "psql"), *PSQL, server.url()]
    env = os.environ | {"PGOPTIONS": TAP_FIRST}
    grant = "grant usage on schema tap to public; grant execute on all functions in schema tap to public"
    load = ["-c", "create schema tap", "-f", str(tools.pgtap_sql), "-c", grant]
    subprocess.run([*psql, "-1", *load], env=env, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([*psql, "-1", *(part for path in SETUP for part in ("-f", path))], env=env, check=True)
    return tools


def run_pgtap(server: embedded.Server, outcome: Outcome) -> None:
    """Run every pgTAP file in the deployed database of `server`, and note in `outcome` how it went."""
    files = sorted(path for path in PGTAP_TESTS.rglob("*.sql") if path not in SETUP)
    if not files:
        outcome.failures.append(f"pgTAP: no test in {PGTAP_TESTS.relative_to(ROOT)}")
        return
    tools = load_pgtap(server)
    env = os.environ | {
        "PGHOST": server.host,
        "PGPORT": str(server.port),
        "PGUSER": "postgres",
        "PGDATABASE": embedded.DATABASE,
        "PGOPTIONS": TAP_FIRST,
    }
    # One at a time: all tests enroll the same few people, so they would wait for each other, or deadlock.
    command = [*tools.pg_prove, "-b", str(server.bindir / "psql"), *(str(path.relative_to(ROOT)) for path in files)]
    code, said = _run(command, env | tools.env)
    closing = re.search(r"^Files=(\d+), Tests=(\d+)", said, re.MULTILINE)
    ran, tests = (int(closing[1]), int(closing[2])) if closing else (0, 0)
    outcome.pgtap = f"files: {ran}, tests: {tests}"
    if code or "Result: PASS" not in said:
        outcome.failures.append(f"pgTAP: pg_prove ended with {code}")
    elif ran != len(files) or not tests:
        outcome.failures.append(f"pgTAP: {tests} tests in {ran} of {len(files)} files were run")


def run_pytest(server: embedded.Server, arguments: Sequence[str], outcome: Outcome) -> None:
    """Run pytest with these arguments on `server`, and note in `outcome` how it went."""
    env = os.environ | {"TEST_PG_URL": server.url(), "TEST_PG_BINDIR": str(server.bindir)}
    report = server.home / "pytest.xml"
    command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *arguments]
    code, _ = _run(command, env, capture=False)
    suite = ElementTree.parse(report).find("testsuite") if report.exists() else None  # noqa: S314 (our own file)
    counts = suite.attrib if suite is not None else {}
    tests, failures, errors, skips = (int(counts.get(key, 0)) for key in ("tests", "failures", "errors", "skipped"))
    failed = failures + errors
    passed = tests - failed - skips
    outcome.pytest = f"{passed} passed, {failed} failed, {skips} skipped"
    if code:
        outcome.failures.append(f"pytest: ended with {code}")
    elif not passed:
        outcome.failures.append("pytest: no test was run")


def _run(command: Sequence[str], env: dict[str, str], *, capture: bool = True) -> tuple[int, str]:
    """Run a test runner and show what it says: its exit code and, if asked for, its output."""
    said = []
    pipe = subprocess.PIPE if capture else None
    with ended(subprocess.Popen(command, cwd=ROOT, env=env, stdout=pipe, text=True), signal.SIGINT) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            said.append(line)
        return process.wait(), "".join(said)


@contextlib.contextmanager
def ended(
    process: subprocess.Popen[Any], request: signal.Signals, patience: float = PATIENCE
) -> Iterator[subprocess.Popen[Any]]:
    """However this program is ended, let `process` tidy up first: ask it to end, wait (seconds), then kill it."""
    try:
        yield process
    except BaseException as reason:
        if not isinstance(reason, KeyboardInterrupt):  # the terminal has interrupted it, too
            process.send_signal(request)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
        raise


def prepare() -> None:
    """For a program with throw-away servers: none of the user's settings, a tidy end, no leftovers of killed runs."""
    forget_settings()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda caught, _frame: sys.exit(128 + caught))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts background jobs without it
    for directory in ROOT.glob(f"{WORK}*"):
        owner = directory.name.removeprefix(WORK)
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            embedded.destroy(directory)
