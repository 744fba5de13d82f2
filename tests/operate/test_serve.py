"""The server at a terminal."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

from app.serve import WORKERS
from tests.world.deploys import until
from tests.world.partners import request
from tests.world.server import HOST, SECRET_KEY, children, free_port, serving, start, stop


def test_ctrl_c_reaches_every_process_and_ends_them_at_once(db_url: str, tmp_path: Path) -> None:
    port = free_port()
    settings = {"DATABASE_URL": db_url, "SECRET_KEY": SECRET_KEY, "PORT": str(port)}
    with (tmp_path / "server.log").open("wb") as log:
        server = start(settings, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            until(lambda: _answers(port) and len(children(server.pid)) > 1, "the server answers")
            until(lambda: all(_ignores(pid, signal.SIGINT) for pid in children(server.pid)), "only the master listens")
            os.killpg(server.pid, signal.SIGINT)
            assert server.wait(8) == 0
        finally:
            stop(server)


def _answers(port: int) -> bool:
    try:
        return bool(urllib.request.urlopen(f"http://{HOST}:{port}/readyz", timeout=2).status == 200)
    except OSError:
        return False


def _ignores(pid: int, number: signal.Signals) -> bool:
    status = Path(f"/proc/{pid}/status").read_text()
    (mask,) = [line.split()[1] for line in status.splitlines() if line.startswith("SigIgn:")]
    return bool(int(mask, 16) >> (number - 1) & 1)


def test_more_connections_than_files_that_may_be_open_end_no_worker(db_url: str, tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = 160
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    try:
        with serving({"DATABASE_URL": db_url}, tmp_path / "log") as server:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
            while len(workers := children(server.pid)) < WORKERS:
                time.sleep(0.05)
            connections = [socket.create_connection((HOST, server.port)) for _ in range((files + 10) * WORKERS)]
            answer = request(server.port, "GET", "/healthz")
            for connection in connections:
                connection.close()
            assert (answer.status, children(server.pid)) == (200, workers), server.log()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
