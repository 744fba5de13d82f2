"""A moment at which all ends: a time-out of a socket is only for each read, and a byte now and then never meets it."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Lock, Thread, Timer
from types import TracebackType
from typing import TypeVar

from app.worker.outgoing.faults import TooSlow

T = TypeVar("T")


class Deadline:
    """Within `with`: so many seconds, after which the connections that it watches are cut, whatever they wait for."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True
        self._lock = Lock()
        self._watched: list[socket.socket] = []

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for sock in self._watched:
                sock.close()
            self._watched.clear()

    def left(self) -> float:
        """The seconds that are left. Raises TooSlow when there are none."""
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise TooSlow
        return seconds

    def watch(self, sock: socket.socket) -> None:
        """Cuts this connection when the time is up, also when TLS has taken the socket over by then."""
        with self._lock:
            self._watched.append(sock.dup())

    def within(self, work: Callable[[], T]) -> T:
        """What `work` returns. Raises TooSlow when it takes too long: it can't be stopped, and is left behind."""
        result: Future[T] = Future()

        def run() -> None:
            try:
                result.set_result(work())
            except Exception as fault:
                result.set_exception(fault)

        Thread(target=run, daemon=True, name="outgoing").start()
        wait([result], self.left())
        if not result.done():
            raise TooSlow
        return result.result()

    def _cut(self) -> None:
        with self._lock:
            for sock in self._watched:
                with contextlib.suppress(OSError):  # not connected yet, or not any more
                    sock.shutdown(socket.SHUT_RDWR)
