"""What Prometheus and Alertmanager check their files with: the installed tools, else those of Debian's packages."""

from __future__ import annotations

from pathlib import Path

from tests import ROOT
from tests.tools import debian

CACHE = ROOT / ".cache"
PACKAGES = {"promtool": "prometheus", "amtool": "prometheus-alertmanager"}


def ensure(tool: str, cache: Path) -> debian.Program:
    """The tool, downloaded to a folder of `cache` on first use. Raises DebianError."""
    return debian.ensure(tool, cache / tool, (), "--version", PACKAGES[tool])
