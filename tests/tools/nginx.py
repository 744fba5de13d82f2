"""nginx without root: the installed one, else Debian's package unpacked into a cache."""

from __future__ import annotations

from pathlib import Path

from tests import ROOT
from tests.tools import debian

CACHE = ROOT / ".cache" / "nginx"


def ensure(cache: Path) -> debian.Program:
    """nginx, downloaded to `cache` on first use. Raises DebianError."""
    return debian.ensure("nginx", cache, ("libpcre2-8-",), "-v")
