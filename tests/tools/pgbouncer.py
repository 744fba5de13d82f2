"""PgBouncer without root: the installed one, else Debian's package unpacked into a cache."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests import ROOT
from tests.tools.debian import Apt, run

CACHE = ROOT / ".cache" / "pgbouncer"
LIBRARIES = ("libevent-2.1-", "libc-ares2")


@dataclass(frozen=True)
class PgBouncer:
    """The program, to be run with `env`."""

    program: Path
    env: dict[str, str]


def ensure(cache: Path) -> PgBouncer:
    """PgBouncer, downloaded to `cache` on first use. Raises DebianError."""
    installed = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    if installed:
        return PgBouncer(Path(installed), {})
    root = cache / "root"
    if not root.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix="fetch-") as work:
            apt = Apt(Path(work))
            if not apt.names("pgbouncer"):
                apt.make_lists()
            libraries = [name for prefix in LIBRARIES for name in apt.names(prefix) if not name.endswith("-dev")]
            apt.unpack(["pgbouncer", *libraries], Path(work, "root"))
            try:
                Path(work, "root").rename(root)
            except OSError:
                if not root.exists():  # else another run was first
                    raise
    path = os.pathsep.join(str(folder) for folder in root.glob("usr/lib/*-linux-gnu*"))
    found = PgBouncer(root / "usr/sbin/pgbouncer", {"LD_LIBRARY_PATH": path})
    run(["env", f"LD_LIBRARY_PATH={path}", str(found.program), "--version"], cache)
    return found
