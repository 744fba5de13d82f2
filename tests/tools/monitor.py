"""What Prometheus and Alertmanager check their files with: the installed tools, else those of Debian's packages."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests import ROOT
from tests.tools import debian

CACHE = ROOT / ".cache"
PACKAGES = {"promtool": "prometheus", "amtool": "prometheus-alertmanager"}


def ensure(tool: str, cache: Path) -> debian.Program:
    """The tool, downloaded to a folder of `cache` on first use. Raises DebianError."""
    return debian.ensure(tool, cache / tool, (), "--version", PACKAGES[tool])


def checked(tool: debian.Program, *words: str | Path, given: str = "") -> tuple[bool, str]:
    """Whether the tool finds nothing wrong, and what it says."""
    done = subprocess.run(
        [tool.path, *words], input=given, env=os.environ | tool.env, capture_output=True, text=True, timeout=60
    )
    return done.returncode == 0, done.stdout + done.stderr
