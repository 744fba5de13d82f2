"""Debian's packages without root: downloaded with apt-get and unpacked into a directory."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = ("apt-get", "apt-cache", "dpkg-deb")


class DebianError(RuntimeError):
    """A package cannot be had on this machine. The text is one line for the person at the terminal."""


@dataclass(frozen=True)
class Program:
    """A program, to be run with `env`."""

    path: Path
    env: dict[str, str]

    @property
    def command(self) -> list[str]:
        """What runs it, without arguments."""
        return ["env", *(f"{name}={value}" for name, value in self.env.items()), str(self.path)]


class Apt:
    """apt as this machine has it, or with package lists of our own in `work`, which must exist."""

    def __init__(self, work: Path) -> None:
        """Raises DebianError where there is no apt."""
        absent = [name for name in PROGRAMS if not shutil.which(name)]
        if absent:
            raise DebianError(f"cannot be fetched without {', '.join(absent)}")
        self._work = work
        self._options: list[str] = []

    def make_lists(self) -> None:
        """Get package lists of our own: slim images have none. Raises DebianError."""
        for place in ("lists/partial", "cache/archives/partial"):
            (self._work / place).mkdir(parents=True)
        places = [f"-oDir::State::Lists={self._work}/lists", f"-oDir::Cache={self._work}/cache"]
        self._options = [*places, "-oAPT::Sandbox::User="]
        run(["apt-get", *self._options, "update"], self._work)

    def names(self, prefix: str) -> list[str]:
        """The names of the known packages that begin so."""
        command = ["apt-cache", *self._options, "pkgnames", prefix]
        return subprocess.run(command, capture_output=True, text=True).stdout.split()

    def unpack(self, packages: Sequence[str], root: Path) -> None:
        """Download the packages, without what they depend on, and unpack them to `root`. Raises DebianError."""
        folder = Path(tempfile.mkdtemp(dir=self._work))
        run(["apt-get", *self._options, "download", *packages], folder)
        for package in folder.glob("*.deb"):
            run(["dpkg-deb", "-x", str(package), str(root)], folder)


def ensure(name: str, cache: Path, libraries: Sequence[str], version: str, package: str = "") -> Program:
    """The installed program, else that of Debian's package, downloaded to `cache` on first use.

    `package`: its name, where it is another; `libraries`: how the names of the packages begin that it needs beside what
    every machine has; `version`: the option by which it tells its version. Raises DebianError.
    """
    package = package or name
    installed = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if installed:
        return Program(Path(installed), {})
    root = cache / "root"
    if not root.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix="fetch-") as work:
            apt = Apt(Path(work))
            if package not in apt.names(package):
                apt.make_lists()
            needed = [found for prefix in libraries for found in apt.names(prefix) if not found.endswith("-dev")]
            apt.unpack([package, *needed], Path(work, "root"))
            try:
                Path(work, "root").rename(root)
            except OSError:
                if not root.exists():  # else another run was first
                    raise
    path = os.pathsep.join(str(folder) for folder in root.glob("usr/lib/*-linux-gnu*"))
    places = (root / folder / name for folder in ("usr/sbin", "usr/bin"))
    found = Program(next((place for place in places if place.exists()), root / name), {"LD_LIBRARY_PATH": path})
    run(["env", f"LD_LIBRARY_PATH={path}", str(found.path), version], cache)
    return found


def run(command: Sequence[str], directory: Path) -> str:
    """What the command prints. Raises DebianError with the last line of what went wrong."""
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True)
    if done.returncode:
        reason = (done.stderr.strip() or "no reason given").splitlines()[-1]
        raise DebianError(f"{' '.join([*command[:1], *command[-2:]])} failed: {reason}")
    return done.stdout
