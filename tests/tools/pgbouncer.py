"""PgBouncer without root: the installed one, else Debian's package unpacked into a cache."""

from __future__ import annotations

from pathlib import Path

from tests import ROOT
from tests.tools import debian

CACHE = ROOT / ".cache" / "pgbouncer"
LIBRARIES = ("libevent-2.1-", "libc-ares2")


def ensure(cache: Path) -> debian.Program:
    """PgBouncer, downloaded to `cache` on first use. Raises DebianError."""
    return debian.ensure("pgbouncer", cache, LIBRARIES, "--version")
