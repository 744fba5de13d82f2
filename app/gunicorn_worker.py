"""The worker of gunicorn: who gets a thread, how long a request may take to arrive, and how a connection ends."""

from __future__ import annotations

import contextlib
import re
import select
import selectors
import signal
import socket
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from app.database.deadlines import queued
from app.webhooks.answers import MAX_BYTES

# For the first byte to arrive, from then on for the whole request, and after the answer for the sender to close.
READ_SECONDS = 3.0
# From then on for the answer to be made and taken.
ANSWER_SECONDS = 15.0
END = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,9})[ \t]*\r\n", re.IGNORECASE)
LENGTH_UNKNOWN = re.compile(rb"\r\n(?:transfer-encoding|expect)[ \t]*:", re.IGNORECASE)


class PunctualWorker(ThreadWorker):
    """Gives a thread to who has sent a request, and stops reading one that is not there in time.

    Else a few senders that are silent, or stall, or do not read their answers, would hold every thread. It knows how
    long a request waited for one.

    `pending_conns` has every connection that is waited for without a thread. All wait for READ_SECONDS, so the first
    of them is the first whose time is over.
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
        """For a new connection, and for one that was kept and on which there is something to read."""
        conn.answered, conn.wanted = False, None
        conn.arrived = bytearray(conn.parser.unreader.take_buffered() if conn.parser else b"")
        self._wait(conn, self._read)
        self._read(conn, conn.sock)

    def handle(self, conn: Any) -> Any:
        """One request, in a thread."""
        conn.init()
        conn.parser.unreader.unread(bytes(conn.arrived))
        self._reading[conn.sock] = conn.timeout
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
        conn.answered, conn.arrived = True, bytearray()
        self._wait(conn, self._drain)

    def murder_pending(self) -> None:
        """See ThreadWorker, which closes a connection although a request may have arrived that nobody has looked at."""
        now = time.monotonic()
        pending: deque[Any] = self.pending_conns
        while pending and pending[0].timeout <= now:
            if pending[0].answered or not _has_room(pending[0].sock):
                self._close(pending[0])
            else:
                self._hand_over(pending[0])

    def notify(self) -> None:
        """Called about once a second, in the main thread."""
        super().notify()
        self._stop_reading()

    def _wait(self, conn: Any, callback: Callable[[Any, Any], None]) -> None:
        """Calls back when there is something to read."""
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + READ_SECONDS
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(callback, conn))

    def _wait_no_more(self, conn: Any) -> None:
        self.pending_conns.remove(conn)
        self.poller.unregister(conn.sock)

    def _read(self, conn: Any, sock: socket.socket) -> None:
        """Takes what is there, and gives a thread to who is worth one."""
        is_first = not conn.arrived
        has_ended = _take(sock, conn.arrived)
        if conn.wanted is None:
            conn.wanted = worth_a_thread(conn.arrived)
        if has_ended or (conn.wanted is not None and conn.wanted <= len(conn.arrived)):
            self._hand_over(conn)
        elif is_first and conn.arrived:
            conn.timeout = time.monotonic() + READ_SECONDS
            self.pending_conns.remove(conn)
            self.pending_conns.append(conn)

    def _hand_over(self, conn: Any) -> None:
        """To a thread; when its time is over, what has arrived by now is read and no more.

        Who has not taken the answers before waits without one.
        """
        if not _has_room(conn.sock):
            self.poller.modify(conn.sock, selectors.EVENT_WRITE, lambda _: self._hand_over(conn))
            return
        self._wait_no_more(conn)
        conn.queued_at = time.monotonic()
        super().enqueue_req(conn)

    def _drain(self, conn: Any, sock: socket.socket) -> None:
        """Until the sender has closed. To close before that could take back the answer, says RFC 9112, 9.6."""
        if _take(sock, conn.arrived) or len(conn.arrived) > MAX_BYTES:
            self._close(conn)

    def _close(self, conn: Any) -> None:
        self._wait_no_more(conn)
        self.nr_conns -= 1
        conn.close()

    def _stop_reading(self) -> None:
        """What has arrived by now can still be read. Later, who does not take the answer is dropped."""
        now = time.monotonic()
        for sock, deadline in list(self._reading.items()):
            if now > deadline:
                with contextlib.suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR if now > deadline + ANSWER_SECONDS else socket.SHUT_RD)


def worth_a_thread(arrived: bytearray) -> int | None:
    """The bytes from which on a thread need not wait for more, or must see to it; None while they can't be known.

    It says no more than when: what a request is, and where it ends, gunicorn alone decides.
    """
    end = arrived.find(END)
    if end < 0:
        return 0 if len(arrived) > MAX_BYTES else None
    headers = arrived[: end + len(END)]
    length = LENGTH.search(headers)
    if length is None or int(length[1]) > MAX_BYTES or LENGTH_UNKNOWN.search(headers):
        return 0
    return len(headers) + int(length[1])


def _has_room(sock: socket.socket) -> bool:
    """Whether an answer can be sent at once, if it is no long one; or nobody is there any more."""
    poll = select.poll()
    poll.register(sock, select.POLLOUT)
    return bool(poll.poll(0))


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
