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
    absent = [name for name in ("apt-get", "apt-cache", "dpkg-deb", "perl") if not shutil.which(name)]
    if absent:
        raise PgtapError(f"pgTAP: install pgtap and pg_prove; they cannot be fetched without {', '.join(absent)}")
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix="fetch-") as work:
        root = Path(work, "root")
        _fetch(Path(work), root)
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
    apt: list[str] = []
    try:
        _download([_pgtap_package(apt), HARNESS], apt, work, root)
    except PgtapError:  # no usable package lists: make private ones
        for place in ("lists/partial", "cache/archives/partial"):
            (work / place).mkdir(parents=True)
        apt = [f"-oDir::State::Lists={work}/lists", f"-oDir::Cache={work}/cache", "-oAPT::Sandbox::User="]
        _run(["apt-get", *apt, "update"], work)
        _download([_pgtap_package(apt), HARNESS], apt, work, root)
    if not _perl_works(_perl_env(root)):
        release = _run(["perl", "-e", 'printf "%vd", $^V'], work).rpartition(".")[0]
        _download([f"perl-modules-{release}", f"libperl{release}"], apt, work, root)


def _pgtap_package(apt: list[str]) -> str:
    known = subprocess.run(["apt-cache", *apt, "pkgnames", "postgresql-"], capture_output=True, text=True).stdout
    releases = [int(found[1]) for found in map(PGTAP_PACKAGE.fullmatch, known.split()) if found]
    if not releases:
        raise PgtapError("pgTAP: apt knows no package postgresql-*-pgtap")
    return f"postgresql-{max(releases)}-pgtap"


def _download(packages: list[str], apt: list[str], work: Path, root: Path) -> None:
    folder = Path(tempfile.mkdtemp(dir=work))
    _run(["apt-get", *apt, "download", *packages], folder)
    for package in folder.glob("*.deb"):
        _run(["dpkg-deb", "-x", str(package), str(root)], folder)


def _run(command: list[str], directory: Path) -> str:
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True)
    if done.returncode:
        reason = (done.stderr.strip() or "no reason given").splitlines()[-1]
        raise PgtapError(f"pgTAP: {' '.join(command[:1] + command[-2:])} failed: {reason}")
    return done.stdout
