"""Handoff's own processes, for who plays with it: the web server and the worker, each as in production."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

START_SECONDS = 30
STOP_SECONDS = 15
QUIET = {"LOG_LEVEL": "warning"}  # what happens is told by who starts them


class NotStarted(Exception):
    """The web server does not answer; the text says where."""


@contextmanager
def web_server(environ: dict[str, str], base_url: str) -> Iterator[subprocess.Popen[bytes]]:
    """The web application in a process of its own, ready to answer. Raises NotStarted."""
    process = subprocess.Popen([sys.executable, "-m", "app.serve"], env=environ | QUIET)
    try:
        until = time.monotonic() + START_SECONDS
        while not _is_ready(base_url):
            if process.poll() is not None or time.monotonic() > until:
                raise NotStarted(f"the server is not ready on {base_url}; its messages are above")
            time.sleep(0.1)
        yield process
    finally:
        _stop(process)


@contextmanager
def worker(environ: dict[str, str]) -> Iterator[None]:
    """The background worker in a process of its own."""
    process = subprocess.Popen([sys.executable, "-m", "app.worker"], env=environ | QUIET)
    try:
        yield
    finally:
        _stop(process)


def is_taken(port: int) -> bool:
    """Whether somebody listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """One on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def _is_ready(base_url: str) -> bool:
    try:
        return bool(urllib.request.urlopen(f"{base_url}/readyz", timeout=2).status == 200)  # noqa: S310 - our own server
    except (OSError, urllib.error.URLError):
        return False
