"""A PostgreSQL cluster on disk: its places, its process, its end."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from app.operate.postgres.binaries import PostgresError

DATABASE = "handoff"
STOP_SECONDS = 30
SOCKETS = Path("/tmp")  # not $TMPDIR: the path of a socket is limited to about 100 bytes
LOCK = "lock"


@dataclass(frozen=True)
class Cluster:
    """A cluster, running or not. `entry` is its name in the user's directory, `home` the private directory behind it,
    `data` PostgreSQL's own directory, `host` the directory of its socket."""

    entry: Path
    home: Path
    data: Path
    host: str
    port: int = 5432

    @classmethod
    def at(cls, entry: Path) -> Cluster:
        """The cluster named by `entry`, which exists."""
        home = entry.resolve()
        memory = home / "memory"
        data = (memory if memory.is_symlink() else home).resolve() / "data"
        mark = hashlib.sha256(os.fsencode(home)).hexdigest()[:10]
        return cls(entry, home, data, str(SOCKETS / f"handoff-{home.stat().st_uid}-{mark}"))

    @property
    def fast(self) -> bool:
        """Throw-away: made with --fast."""
        return self.entry.name.endswith("-fast")

    @property
    def log(self) -> Path:
        """The server's log file."""
        return self.home / "server.log"

    @property
    def socket(self) -> Path:
        """Where a running server listens."""
        return Path(self.host, f".s.PGSQL.{self.port}")

    def url(self, dbname: str = DATABASE, user: str = "postgres") -> str:
        """A libpq URI. It needs no password: the socket's directory lets nobody else in."""
        return f"postgresql://{quote(user, safe='')}@/{quote(dbname, safe='')}?host={self.host}&port={self.port}"

    def pid(self) -> int | None:
        """The running postmaster. After a crash the pid file may name a stranger's process: that is None too."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            os.kill(pid, 0)
            if Path("/proc/self").exists():
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
                return pid if os.fsencode(self.data) in command.split(b"\0") else None
        except (OSError, ValueError, IndexError):
            return None
        return pid

    def stop(self) -> None:
        """Stop the server, breaking connections off; nothing to do when it does not run. Raises PostgresError."""
        for shutdown in (signal.SIGINT, signal.SIGQUIT):  # PostgreSQL's "fast", then its "immediate"
            deadline = time.monotonic() + STOP_SECONDS
            if pid := self.pid():
                os.kill(pid, shutdown)
            while self.pid() and time.monotonic() < deadline:
                time.sleep(0.02)
            if not self.pid():
                with contextlib.suppress(OSError):
                    os.rmdir(self.host)
                return
        raise PostgresError(f"PostgreSQL in {self.data} does not stop; see {self.log}")

    def destroy(self) -> None:
        """Stop the server and remove the cluster: data, log, socket, and the directory if it held nothing else."""
        self.stop()
        for place in (self.data.parent, self.home, Path(self.host)):
            shutil.rmtree(place, ignore_errors=True)
        self.entry.unlink(missing_ok=True)  # a symbolic link where the home lay elsewhere
        directory = self.entry.parent
        if [path.name for path in directory.iterdir()] == [LOCK]:
            (directory / LOCK).unlink()
            with contextlib.suppress(OSError):
                directory.rmdir()


def clusters(directory: Path) -> list[Cluster]:
    """Every cluster of `directory`."""
    return [Cluster.at(entry) for entry in sorted(directory.glob("pg[0-9]*")) if entry.is_dir()]
