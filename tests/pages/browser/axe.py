"""axe-core, which finds what keeps people out of a page: fetched once from the npm registry, kept in the cache."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from tests import ROOT

VERSION = "4.14.1"
CACHE = ROOT / ".cache"
SECONDS = 60  # to fetch it


class AxeError(RuntimeError):
    """It can't be had on this machine. The text is one line for the person at the terminal."""


def source() -> str:
    """Its JavaScript. Raises AxeError."""
    kept = CACHE / f"axe-core-{VERSION}.min.js"
    if not kept.exists():
        if not shutil.which("npm"):
            raise AxeError("axe-core is fetched with npm, which is not installed")
        CACHE.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE, prefix="axe-") as work:
            _fetch(Path(work)).replace(kept)
    return kept.read_text()


def _fetch(work: Path) -> Path:
    command = ["npm", "pack", f"axe-core@{VERSION}", "--silent", f"--pack-destination={work}"]
    try:
        subprocess.run(command, cwd=work, check=True, capture_output=True, timeout=SECONDS)
        with tarfile.open(work / f"axe-core-{VERSION}.tgz") as package:
            member = package.extractfile("package/axe.min.js")
            assert member
            (work / "axe.min.js").write_bytes(member.read())
    except (OSError, subprocess.SubprocessError, tarfile.TarError, KeyError) as error:
        raise AxeError(f"axe-core could not be fetched with npm: {type(error).__name__}") from error
    return work / "axe.min.js"
