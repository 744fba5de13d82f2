"""The web application under its production server, gunicorn. `make serve`."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import resource
import sys
from typing import Any

import psycopg
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from app import create_app, logs
from app.database.pools import POOL_SIZE, POOLED, is_pooled
from app.gunicorn_worker import PunctualWorker
from app.operate.postgres.binaries import PostgresError
from app.operate.warnings import warnings, warnings_of_people, warnings_of_sending
from app.operate.which_database import embedded_settings
from app.settings import Settings, SettingsError

log = logging.getLogger("handoff.serve")

WORKERS = max(2, os.cpu_count() or 1)
CONNECTIONS = 1000  # of a worker
OTHER_FILES = 64  # that a worker opens: the pools, mails, fonts
LINK = re.compile(r"(/sign-in/|/mail/(?:stop|resume)/)[^\s'\"]+")
UNREADABLE = re.compile(r"(Invalid request from ip=\S+ [^'\"\n]*).*", re.DOTALL)


class WithoutSecrets(logging.Filter):
    """gunicorn logs what it can't read of a request, and the path of one that fails beyond the application.

    What it can't read may be a cookie, a secret, or the rest of a body that is longer than was announced.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Leaves out whose sign-in link it is, and all that can't be read."""
        record.msg, record.args = UNREADABLE.sub(r"\1...", LINK.sub(r"\1...", record.getMessage())), ()
        return True


class AsOurs(Logger):
    """gunicorn's lines have the form of ours: they are written where all of this process are."""

    def setup(self, cfg: Any) -> None:
        """See Logger, which would write them by itself."""
        super().setup(cfg)
        self.error_log.propagate = True


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
    logging.getLogger("gunicorn.error").addFilter(WithoutSecrets())
    Server(
        settings,
        {
            "bind": f"[{settings.host}]:{settings.port}"
            if ":" in settings.host
            else f"{settings.host}:{settings.port}",
            "workers": WORKERS,
            "worker_class": PunctualWorker,
            "threads": POOL_SIZE,
            "worker_connections": connections(),
            "keepalive": 5,
            "timeout": 30,
            "graceful_timeout": 10,
            "proc_name": "handoff",
            "logger_class": AsOurs,
            "errorlog": None,
            "loglevel": settings.log_level,
            "control_socket_disable": True,
            "forwarder_headers": "",  # a sender's SCRIPT_NAME or PATH_INFO is a header like any other: dropped
        },
    ).run()


def connections() -> int:
    """How many connections a worker takes. One more than files may be open ends a gunicorn worker with all it has."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return (
        CONNECTIONS
        if allowed == resource.RLIM_INFINITY
        else max(POOL_SIZE + 1, min(CONNECTIONS, allowed - OTHER_FILES))
    )


def main() -> int:
    """`make serve`: when no database is named, on the embedded server and with a secret key of its own."""
    try:
        settings = _settings()
    except (SettingsError, PostgresError) as error:
        print(f"not started: {error}", file=sys.stderr)
        return 1
    logs.begin(settings.log_format, settings.log_level)
    logging.getLogger("flask_wtf.csrf").setLevel(logging.WARNING)  # a line for each form that a stranger makes up
    for line in [*warnings_of_people(settings), *warnings_of_sending(settings), *warnings(settings)]:
        log.warning("%s", line)
    serve(settings)
    return 0


def _settings() -> Settings:
    settings = Settings.from_environ()
    if settings.names_no_database:
        settings = Settings.from_environ(os.environ | embedded_settings(settings.secret_key))
    settings.require_for_serving()
    if not (settings.pages_database_url and settings.webhook_database_url):
        _refuse_pooler(settings.database_url or "")
    return settings


def _refuse_pooler(url: str) -> None:
    """Raises SettingsError when a pooler is between; a database that is away may come back."""
    with contextlib.suppress(psycopg.Error), psycopg.connect(url, autocommit=True, connect_timeout=3) as connection:
        if is_pooled(connection):
            raise SettingsError(POOLED)


if __name__ == "__main__":
    sys.exit(main())
