"""The web servers of the bench: how each is started, and what it lets through."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HEAD = "POST /api/webhooks/partners/hsi HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
PROBES = {
    "length and chunked": HEAD + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two lengths": HEAD + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}}",
    "name with space": HEAD + "webhook-id : a\r\nContent-Length: 2\r\n\r\n{}",
    "32 kB header": HEAD + f"X-Long: {'a' * 32768}\r\nContent-Length: 2\r\n\r\n{{}}",
}


@dataclass(frozen=True)
class Server:
    """A candidate: its name with the settings that matter, and the command, in which {port} stands for the port."""

    name: str
    command: tuple[str, ...]


def _script(name: str) -> str:
    return shutil.which(name, path=sysconfig.get_path("scripts")) or name


CANDIDATES = (
    Server("gunicorn gthread, 2 x 4", (sys.executable, "-m", "bench.http.wsgi")),
    Server(
        "granian, 2 x 1",
        (
            *(_script("granian"), "--interface", "wsgi", "--workers", "2", "--blocking-threads", "1", "--no-ws"),
            *("--log-level", "error", "--factory", "--port", "{port}", "bench.http.wsgi:application"),
        ),
    ),
    Server(
        "waitress, 8 threads",
        (
            _script("waitress-serve"),
            "--threads=8",
            "--listen=127.0.0.1:{port}",
            "--call",
            "bench.http.wsgi:application",
        ),
    ),
)


@contextmanager
def running(server: Server, settings: dict[str, str]) -> Iterator[int]:
    """The server on a free port, with these settings; ends with it and its children gone. Yields the port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [word.format(port=port) for word in server.command]
    environ = os.environ | settings | {"PORT": str(port), "BASE_URL": f"http://127.0.0.1:{port}"}
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        command, env=environ, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait_for(port)
            yield port
        finally:
            process.terminate()
            process.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            if answer(port, "GET /healthz HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n") == "200":
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server does not answer")


def answer(port: int, request: str) -> str:
    """The status of the answer to raw bytes, or closed when there is none."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(request.encode())
        words = connection.recv(4096).decode("latin-1").split()
    return words[1] if len(words) > 1 else "closed"
