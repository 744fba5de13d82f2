"""The server at a terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import urllib.request
from pathlib import Path

from tests.world.deploys import until
from tests.world.server import HOST, SECRET_KEY, children, free_port, start, stop


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
