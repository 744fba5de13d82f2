"""psql, as a DBA runs it."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests import ROOT

SEEDS = ROOT / "seeds"


@dataclass(frozen=True)
class Said:
    """What psql printed, and how it ended."""

    code: int
    lines: list[str]
    errors: str


def psql(bindir: Path | None, url: str, *arguments: str | Path, stdin: str | None = None) -> Said:
    """Run psql on a database, without anybody's psqlrc; empty lines are left out of what it says."""
    program = bindir / "psql" if bindir else "psql"
    done = subprocess.run([program, "-X", url, *arguments], input=stdin, capture_output=True, text=True, timeout=60)
    return Said(done.returncode, [line for line in done.stdout.splitlines() if line], done.stderr)
