"""Runs of pgbench that take turns of a fraction of a second: who else uses the machine slows all of them alike.

The sessions stay open between turns: what is measured is an event, not a session's start and the making of its plans.
"""

from __future__ import annotations

import os
import random
import signal
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from app.dev import embedded
from bench import database

TURN = 0.4  # seconds
PAUSE = 0.05  # seconds between turns, for what is under way when one ends
WARM = 20  # transactions of a session that count for nothing: it makes its plans


@dataclass
class Result:
    """Events per second in each turn; latencies in milliseconds."""

    rates: list[float]
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        """The median turn."""
        return statistics.median(self.rates)


def measure(
    server: embedded.Server, kinds: Mapping[str, str], clients: int, first: int, events: int
) -> dict[str, Result]:
    """Runs receive/<kind>.sql on each database: so many events, one for each student from `first` on.

    Raises RuntimeError when they are too few for turns.
    """
    with ExitStack() as opened:
        runs = {
            name: opened.enter_context(_run(server, name, kind, clients, first, events // clients))
            for name, kind in kinds.items()
        }
        order = list(runs.values())
        while not any(run.is_over() for run in order):
            random.shuffle(order)
            for run in order:
                run.take_turn()
                if len(order) > 1:
                    time.sleep(PAUSE)
        turns = min(len(run.rates) for run in order)
        if turns < 4:
            raise RuntimeError(f"{events} events are too few: they took {turns} turns")
        return {name: run.result(turns) for name, run in runs.items()}


@dataclass
class _Run:
    """A pgbench that is stopped but in its turns."""

    process: subprocess.Popen[bytes]
    db: psycopg.Connection
    logs: Path
    rates: list[float]

    def is_over(self) -> bool:
        return self.process.poll() is not None

    def take_turn(self) -> None:
        before, began = self._taken(), time.perf_counter()
        self.process.send_signal(signal.SIGCONT)
        time.sleep(TURN)
        self.process.send_signal(signal.SIGSTOP)
        seconds = time.perf_counter() - began
        if not self.is_over():
            self.rates.append((self._taken() - before) / seconds)

    def _taken(self) -> int:
        """How many events were begun, by a sequence: it costs nothing to look at."""
        rows = self.db.execute("select last_value from handoff.partner_events_position_seq").fetchall()
        return int(rows[0][0])

    def result(self, turns: int) -> Result:
        """What the turns came to, without the first. A latency with another's turn in it is none."""
        self.process.send_signal(signal.SIGCONT)
        if self.process.wait():
            raise RuntimeError(f"pgbench ended with {self.process.returncode}")
        lines = [line.split() for log in self.logs.iterdir() for line in log.read_text().splitlines()]
        times = sorted(int(taken) / 1000 for _, number, taken, *_ in lines if int(number) >= WARM)
        times = [taken for taken in times if taken < TURN * 1000]
        return Result(self.rates[1:turns], times[len(times) // 2], times[len(times) * 99 // 100])


@contextmanager
def _run(server: embedded.Server, name: str, kind: str, clients: int, first: int, each: int) -> Iterator[_Run]:
    environ = os.environ | {"PGHOST": server.host, "PGPORT": str(server.port), "PGDATABASE": name, "PGUSER": "postgres"}
    if kind == "ours":
        environ |= {"PGUSER": "handoff_webhook_login", "PGOPTIONS": "-c role=handoff_webhook"}
    variables = {"i": -1, "first": first, "per_client": each, "now": datetime.now(UTC).isoformat(timespec="seconds")}
    command = [server.bindir / "pgbench", "-n", "-M", "prepared", "-c", clients, "-j", min(clients, 2), "-t", each]
    command += [word for name, value in variables.items() for word in ("-D", f"{name}={value}")]
    with tempfile.TemporaryDirectory() as logs, psycopg.connect(server.url(name), autocommit=True) as db:
        command += ["-l", f"--log-prefix={logs}/log", "-f", database.RECEIVE / f"{kind}.sql"]
        words = [str(word) for word in command]
        with subprocess.Popen(words, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            process.send_signal(signal.SIGSTOP)
            try:
                yield _Run(process, db, Path(logs), [])
            finally:
                process.kill()
