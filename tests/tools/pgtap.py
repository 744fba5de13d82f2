"""pgTAP and pg_prove without root: the installed ones, else Debian's packages unpacked into a cache."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.tools.debian import Apt, DebianError, run

HARNESS = "libtap-parser-sourcehandler-pgtap-perl"
PGTAP_PACKAGE = re.compile(r"postgresql-(\d+)-pgtap")
PERL_CHECK = "use App::Prove; use TAP::Parser::SourceHandler::pgTAP;"


class PgtapError(RuntimeError):
    """pgTAP cannot be had on this machine. The text is one line for the person at the terminal."""


@dataclass(frozen=True)
class Tools:
    """`pgtap_sql` defines pgTAP when psql runs it; `pg_prove` is a command, to be run with `env`."""

    pgtap_sql: Path
    pg_prove: list[str]
    env: dict[str, str]


def ensure(cache: Path) -> Tools:
    """pgTAP and pg_prove, downloaded to `cache` on first use. Raises PgtapError."""
    tools = _installed() or _unpacked(cache)
    if tools:
        return tools
    if not shutil.which("perl"):
        raise PgtapError("pgTAP: install pgtap and pg_prove; they cannot be fetched without perl")
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix="fetch-") as work:
        root = Path(work, "root")
        try:
            _fetch(Path(work), root)
        except DebianError as error:
            raise PgtapError(f"pgTAP: {error}") from error
        try:
            root.rename(cache / "root")
        except OSError:  # another run was first, or an older attempt is incomplete
            shutil.rmtree(cache / "root")
            root.rename(cache / "root")
    tools = _unpacked(cache)
    if not tools:
        raise PgtapError(f"pgTAP: the packages in {cache} lack pgtap.sql or a working pg_prove")
    return tools


def _installed() -> Tools | None:
    found = _pgtap_sql(Path("/"))
    pg_prove = shutil.which("pg_prove")
    return Tools(found, [pg_prove], {}) if found and pg_prove else None


def _unpacked(cache: Path) -> Tools | None:
    root = cache / "root"
    found, pg_prove, perl = _pgtap_sql(root), root / "usr/bin/pg_prove", shutil.which("perl")
    env = _perl_env(root)
    if not found or not perl or not pg_prove.exists() or not _perl_works(env):
        return None
    return Tools(found, [perl, str(pg_prove)], env)


def _pgtap_sql(root: Path) -> Path | None:
    """The newest pgtap.sql below `root`: any release of it works on every server."""
    found = root.glob("usr/share/postgresql/*/extension/pgtap.sql")
    return max(found, key=lambda path: int(path.parts[-3]), default=None)


def _perl_env(root: Path) -> dict[str, str]:
    modules = [root / "usr/share/perl5", *root.glob("usr/share/perl/5.*"), *root.glob("usr/lib/*/perl/5.*")]
    return {"PERL5LIB": os.pathsep.join(str(path.resolve()) for path in modules)}


def _perl_works(env: Mapping[str, str]) -> bool:
    return subprocess.run(["perl", "-e", PERL_CHECK], env=os.environ | env, capture_output=True).returncode == 0


def _fetch(work: Path, root: Path) -> None:
    """Download the packages and unpack them to `root`; where perl has no modules (slim images), those too."""
    apt = Apt(work)
    try:
        apt.unpack([_pgtap_package(apt), HARNESS], root)
    except DebianError:  # no usable package lists
        apt.make_lists()
        apt.unpack([_pgtap_package(apt), HARNESS], root)
    if not _perl_works(_perl_env(root)):
        release = run(["perl", "-e", 'printf "%vd", $^V'], work).rpartition(".")[0]
        apt.unpack([f"perl-modules-{release}", f"libperl{release}"], root)


def _pgtap_package(apt: Apt) -> str:
    releases = [int(found[1]) for found in map(PGTAP_PACKAGE.fullmatch, apt.names("postgresql-")) if found]
    if not releases:
        raise DebianError("apt knows no package postgresql-*-pgtap")
    return f"postgresql-{max(releases)}-pgtap"
