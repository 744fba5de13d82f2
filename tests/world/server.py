"""The real application under its real server, in a process of its own, for tests that speak HTTP."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests import ROOT

HOST = "127.0.0.1"
START_SECONDS = 30
SECRET_KEY = "k" * 32


@dataclass(frozen=True)
class Server:
    """A running application: its port, its DATABASE_URL (empty: it has none), the process, and its log file."""

    port: int
    db_url: str
    pid: int
    log_path: Path

    @property
    def base_url(self) -> str:
        """Where it answers, without a slash at the end."""
        return f"http://{HOST}:{self.port}"

    def log(self) -> str:
        """All it has written so far."""
        return self.log_path.read_text(errors="replace")


@contextmanager
def serving(settings: Mapping[str, str], log_path: Path) -> Iterator[Server]:
    """`make serve` with these settings on a free port, until the block ends. Ready when it answers /healthz."""
    port = free_port()
    environ = {"SECRET_KEY": SECRET_KEY, **settings, "PORT": str(port)}
    with log_path.open("wb") as log:
        process = start(environ, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_until_it_answers(process, f"http://{HOST}:{port}/healthz", log_path)
            yield Server(port, settings.get("DATABASE_URL", ""), process.pid, log_path)
        finally:
            stop(process)


def start(settings: Mapping[str, str], **options: object) -> subprocess.Popen[bytes]:
    """The process of `make serve`, with these settings and no others of ours."""
    command = [sys.executable, "-m", "app.serve"]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, **options)  # type: ignore[call-overload,no-any-return]


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ends it as an operator does; a process that does not listen is killed with its workers."""
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        for pid in [*children(process.pid), process.pid]:
            os.kill(pid, signal.SIGKILL)
        process.wait()


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def kill_workers(server: Server) -> None:
    """kill -9; the server starts others."""
    for pid in children(server.pid):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(process: subprocess.Popen[bytes], url: str, log_path: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own server
                return
        except (OSError, urllib.error.URLError):
            if process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the server did not start:\n{log_path.read_text()}") from None
        time.sleep(0.05)
