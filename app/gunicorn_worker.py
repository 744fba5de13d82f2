"""The worker of gunicorn: how long a request may take to arrive."""

from __future__ import annotations

import contextlib
import signal
import socket
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from app.database.deadlines import queued

READ_SECONDS = 3.0  # for a whole request to arrive


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
