"""The files under db/ that a deploy applies."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3] / "db"
ROOMS = ("migrations", "functions", "policies")


@dataclass(frozen=True)
class Files:
    """The files under db/, with the hash that each had when the deploy began."""

    root: Path
    hashes: dict[str, str]

    @classmethod
    def read(cls, root: Path) -> Files:
        """All files of the three rooms, by their path below `root`, in the order in which they are applied."""
        found = {path.relative_to(root).as_posix(): path for room in ROOMS for path in (root / room).rglob("*.sql")}
        return cls(root, {path: hashlib.sha256(found[path].read_bytes()).hexdigest() for path in sorted(found)})

    def room(self, room: str) -> list[str]:
        """The paths in one of the rooms."""
        return [path for path in self.hashes if path.startswith(f"{room}/")]

    def sql(self, path: str) -> bytes:
        """The text of one file."""
        return (self.root / path).read_bytes()


def fingerprint() -> str:
    """One hash of all files that a deploy applies, as handoff.deployed_fingerprint() gives it for the database."""
    lines = sorted(f"{path} {sha256}" for path, sha256 in Files.read(ROOT).hashes.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
