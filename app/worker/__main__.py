"""`make worker`: works in the background until it is told to stop."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading

from app import logs
from app.operate.postgres.binaries import PostgresError
from app.operate.warnings import warnings_of_mailing, warnings_of_sending
from app.operate.which_database import embedded_settings
from app.settings import Settings, SettingsError
from app.worker.loop import Worker

STOP_SECONDS = 5.0  # from being told to stop; a service manager and a deploy wait for it


def main() -> int:
    """When no database is named, on the embedded server. Returns 0 after SIGTERM or Ctrl-C, at the latest
    after STOP_SECONDS; 1 when it can't start."""
    try:
        settings = Settings.from_environ()
        if not (settings.database_url or settings.worker_database_url):
            settings = Settings.from_environ(os.environ | embedded_settings(settings.secret_key))
    except (SettingsError, PostgresError) as error:
        print(f"not started: {error}", file=sys.stderr)
        return 1
    logs.begin(settings.log_format, settings.log_level)
    log = logging.getLogger("handoff.worker")
    for line in [*warnings_of_mailing(settings), *warnings_of_sending(settings)]:
        log.warning("%s", line)
    stop = threading.Event()

    def end(*_: object) -> None:
        stop.set()
        patience = threading.Timer(STOP_SECONDS, leave)
        patience.daemon = True
        patience.start()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, end)
    log.info("at work")
    Worker(settings).run(stop)
    return 0


def leave() -> None:
    """Ends the process whatever waits: a partner's server that hangs, or the database."""
    logging.getLogger("handoff.worker").warning("what is under way is left to its lease")
    logging.shutdown()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
