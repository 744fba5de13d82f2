"""The worker of gunicorn: how long a request may take to arrive, and how a connection ends."""

from __future__ import annotations

import contextlib
import selectors
import signal
import socket
import time
from functools import partial
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from app.database.deadlines import queued
from app.webhooks.answers import MAX_BYTES

READ_SECONDS = 3.0  # for a whole request to arrive, and after the answer for the sender to close


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

    def finish_request(self, conn: Any, fs: Any) -> None:
        """See ThreadWorker, which would wait here for the sender to close, and look at nobody meanwhile."""
        if fs.cancelled() or fs.exception() or fs.result():
            super().finish_request(conn, fs)
            return
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:  # it is gone: nobody is waited for
            super().finish_request(conn, fs)
            return
        conn.arrived = bytearray()
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + READ_SECONDS
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._drain, conn))

    def notify(self) -> None:
        """Called about once a second, in the main thread."""
        super().notify()
        self._stop_reading()

    def _drain(self, conn: Any, sock: socket.socket) -> None:
        """Until the sender has closed. To close before that could take back the answer, says RFC 9112, 9.6."""
        if not _take(sock, conn.arrived) and len(conn.arrived) <= MAX_BYTES:
            return
        self.pending_conns.remove(conn)
        self.poller.unregister(sock)
        self.nr_conns -= 1
        conn.close()

    def _stop_reading(self) -> None:
        """What has arrived by now can still be read."""
        for sock, deadline in list(self._reading.items()):
            if time.monotonic() > deadline:
                with contextlib.suppress(OSError):
                    sock.shutdown(socket.SHUT_RD)


def _take(sock: socket.socket, arrived: bytearray) -> bool:
    """Adds what can be read at once, MAX_BYTES at the most. Whether the sender has closed, or is gone."""
    try:
        piece = sock.recv(MAX_BYTES)
    except BlockingIOError:
        return False
    except OSError:
        return True
    arrived += piece
    return not piece
