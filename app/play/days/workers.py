"""The workers of a simulation: real processes, of which any may be killed at any time."""

from __future__ import annotations

import logging
import multiprocessing
import random
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess

from app.play.days.skipping import SkippingClock, Skips
from app.settings import Settings
from app.worker.loop import Worker

CONTEXT = multiprocessing.get_context("forkserver")  # a new worker costs no new interpreter
CONTEXT.set_forkserver_preload([__name__])
STOP_SECONDS = 20


class Workers:
    """So many workers, each of which comes back after it was killed."""

    def __init__(self, settings: Settings, skips: Skips, count: int) -> None:
        self._settings, self._skips = settings, skips
        self._lock = threading.Lock()
        self.kills, self._count = 0, count
        self._processes = [self._start(worker) for worker in range(count)]

    def kill(self, rng: random.Random) -> None:
        """Ends one of them, at once and without a word (SIGKILL), and starts it anew."""
        with self._lock:
            if not self._processes:
                return
            worker = rng.randrange(len(self._processes))
            self._processes[worker].kill()
            self._processes[worker].join()
            self.kills += 1
            self._processes[worker] = self._start(worker)

    def stop(self) -> None:
        """Lets each end what it is at."""
        with self._lock:
            for process in self._processes:
                process.terminate()
            for process in self._processes:
                process.join(STOP_SECONDS)
                process.kill()
                process.join()
            self._processes = []

    def start(self) -> None:
        """All of them again, after a stop."""
        with self._lock:
            self._processes = [self._start(worker) for worker in range(self._count)]

    @property
    def ended(self) -> list[int]:
        """The exit codes of those that ended by themselves, which none should."""
        with self._lock:
            return [process.exitcode for process in self._processes if process.exitcode is not None]

    def _start(self, worker: int) -> ForkServerProcess:
        self._skips.note_idle(worker, -1)
        process = CONTEXT.Process(target=_work, args=(self._settings, self._skips, worker), daemon=True)
        process.start()
        return process


@contextmanager
def killing(workers: Workers, rng: random.Random, mean_seconds: float) -> Iterator[None]:
    """Kills one now and then, until the block ends; `mean_seconds`, of real time, between two of them."""
    stop = threading.Event()

    def kill() -> None:
        while not stop.wait(rng.expovariate(1 / mean_seconds)):
            workers.kill(rng)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _work(settings: Settings, skips: Skips, worker: int) -> None:
    """What app.worker does, by another clock."""
    logging.basicConfig(level=logging.ERROR)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Worker(settings, SkippingClock(skips, worker)).run(stop)
