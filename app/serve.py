"""The web application under its production server, gunicorn. `make serve`."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import secrets
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import ThreadWorker

from app import create_app
from app.database.deadlines import queued
from app.database.pools import POOL_SIZE, POOLED, is_pooled
from app.operate.postgres.binaries import PostgresError
from app.operate.warnings import warnings, warnings_of_people
from app.operate.which_database import EMBEDDED_DIRECTORY, embedded_settings
from app.settings import Settings, SettingsError

log = logging.getLogger("handoff.serve")

WORKERS = max(2, os.cpu_count() or 1)
READ_SECONDS = 3.0  # for a whole request to arrive
LINK = re.compile(r"(/sign-in/)[^\s'\"]+")


class PunctualWorker(ThreadWorker):
    """Knows how long a request has waited for a thread, and stops reading one that is not there in time.

    Else a few senders that stall would hold every thread.
    """

    def init_process(self) -> None:
        """See ThreadWorker."""
        self._reading: dict[Any, float] = {}
        super().init_process()

    def init_signals(self) -> None:
        """Ctrl-C reaches every process of a terminal. The master tells us; twice would be a deadlock in gunicorn."""
        super().init_signals()
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def enqueue_req(self, conn: Any) -> None:
        """A request is there, or about to be."""
        conn.queued_at = time.monotonic()
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        """One request, in a thread."""
        self._reading[conn.sock] = conn.queued_at + READ_SECONDS
        self._stop_reading()
        try:
            with queued(time.monotonic() - conn.queued_at):
                return super().handle(conn)
        finally:
            del self._reading[conn.sock]

    def notify(self) -> None:
        """Called about once a second, in the main thread."""
        super().notify()
        self._stop_reading()

    def _stop_reading(self) -> None:
        """What has arrived by now can still be read."""
        for sock, deadline in list(self._reading.items()):
            if time.monotonic() > deadline:
                with contextlib.suppress(OSError):
                    sock.shutdown(socket.SHUT_RD)


class WithoutLinks(logging.Filter):
    """gunicorn logs the path of a request that it can't read, or that fails beyond the application."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Leaves out whose sign-in link it is."""
        record.msg, record.args = LINK.sub(r"\1...", record.getMessage()), ()
        return True


class Server(BaseApplication):
    """gunicorn without its command line: each worker makes its own application, and so its own connections."""

    def __init__(self, settings: Settings, options: dict[str, Any]) -> None:
        self._settings = settings
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Sets what serve() chose."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application of one worker."""
        return create_app(self._settings)


def serve(settings: Settings) -> None:
    """Serves until it is told to stop."""
    logging.getLogger("gunicorn.error").addFilter(WithoutLinks())
    Server(
        settings,
        {
            "bind": f"[{settings.host}]:{settings.port}"
            if ":" in settings.host
            else f"{settings.host}:{settings.port}",
            "workers": WORKERS,
            "worker_class": PunctualWorker,
            "threads": POOL_SIZE,
            "keepalive": 5,
            "timeout": 30,
            "graceful_timeout": 10,
            "proc_name": "handoff",
            "control_socket_disable": True,
            "forwarder_headers": "",  # a sender's SCRIPT_NAME or PATH_INFO is a header like any other: dropped
        },
    ).run()


def main() -> int:
    """`make serve`: when no database is named, on the embedded server and with a secret key of its own."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("flask_wtf.csrf").setLevel(logging.WARNING)  # a line for each form that a stranger makes up
    try:
        settings = _settings()
    except (SettingsError, PostgresError) as error:
        print(f"not started: {error}", file=sys.stderr)
        return 1
    for line in [*warnings_of_people(settings), *warnings(settings)]:
        log.warning("%s", line)
    serve(settings)
    return 0


def _settings() -> Settings:
    settings = Settings.from_environ()
    if settings.names_no_database:
        environ = os.environ | embedded_settings()
        environ["SECRET_KEY"] = settings.secret_key or _kept_secret_key(EMBEDDED_DIRECTORY / "secret_key")
        settings = Settings.from_environ(environ)
    settings.require_for_serving()
    if not (settings.pages_database_url and settings.webhook_database_url):
        _refuse_pooler(settings.database_url or "")
    return settings


def _refuse_pooler(url: str) -> None:
    """Raises SettingsError when a pooler is between; a database that is away may come back."""
    with contextlib.suppress(psycopg.Error), psycopg.connect(url, autocommit=True, connect_timeout=3) as connection:
        if is_pooled(connection):
            raise SettingsError(POOLED)


def _kept_secret_key(path: Path) -> str:
    """A key of this checkout, made on first use, so that a restart does not end people's forms."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32))
    return path.read_text()


if __name__ == "__main__":
    sys.exit(main())
