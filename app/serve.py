"""The web application under its production server, gunicorn. `make serve`."""

from __future__ import annotations

import logging
import os
import secrets
import sys
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication

from app import create_app
from app.database import POOL_SIZE
from app.dev.target import EMBEDDED_DIRECTORY, embedded_settings
from app.settings import Settings, SettingsError

WORKERS = max(2, os.cpu_count() or 1)


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
    Server(
        settings,
        {
            "bind": f"{settings.host}:{settings.port}",
            "workers": WORKERS,
            "worker_class": "gthread",
            "threads": POOL_SIZE,
            "keepalive": 5,
            "timeout": 30,
            "graceful_timeout": 10,
            "proc_name": "handoff",
            "control_socket_disable": True,
        },
    ).run()


def main() -> int:
    """`make serve`: without DATABASE_URL, on the embedded server and with a secret key of its own."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        environ = dict(os.environ)
        if not environ.get("DATABASE_URL"):
            environ |= embedded_settings()
            environ.setdefault("SECRET_KEY", _kept_secret_key(EMBEDDED_DIRECTORY / "secret_key"))
        settings = Settings.from_environ(environ)
        settings.require_secret_key()
    except SettingsError as error:
        print(f"not started: {error}", file=sys.stderr)
        return 1
    serve(settings)
    return 0


def _kept_secret_key(path: Path) -> str:
    """A key of this checkout, made on first use, so that a restart does not end people's forms."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32))
    return path.read_text()


if __name__ == "__main__":
    sys.exit(main())
