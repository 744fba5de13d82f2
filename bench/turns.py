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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.operate.postgres import embedded
from bench import database

TURN = 0.5  # seconds
PAUSE = 0.05  # seconds between turns, for what is under way when one ends


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

    Counted is what begins and ends within a turn; the first turn is for connecting and for plans. Raises RuntimeError
    when a run fails, or is over before its third turn.
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
                time.sleep(PAUSE)
        turns = min(len(run.turns) for run in order)
        return {name: run.result(turns) for name, run in runs.items()}


@dataclass
class _Run:
    """A pgbench that is stopped but in its turns: when each began and ended, in seconds of the epoch."""

    process: subprocess.Popen[bytes]
    logs: Path
    turns: list[tuple[float, float]]

    def is_over(self) -> bool:
        return self.process.poll() is not None

    def take_turn(self) -> None:
        began = time.time()
        self.process.send_signal(signal.SIGCONT)
        time.sleep(TURN)
        self.process.send_signal(signal.SIGSTOP)
        if not self.is_over():
            self.turns.append((began, time.time()))

    def result(self, turns: int) -> Result:
        """What so many turns came to, once all events are sent."""
        self.process.send_signal(signal.SIGCONT)
        if self.process.wait():
            raise RuntimeError(f"pgbench ended with {self.process.returncode}")
        if turns < 3:
            raise RuntimeError(f"too few events: they were sent in {turns} turns")
        events = [event for log in self.logs.iterdir() for event in map(_event, log.read_text().splitlines())]
        return _result(events, self.turns[1:turns])


def _event(line: str) -> tuple[float, float]:
    """When it began and ended, from a line of pgbench's log: client, number, microseconds, script, end (s and us)."""
    _, _, taken, _, seconds, micros, *_ = map(int, line.split())
    ended = seconds + micros / 1e6
    return ended - taken / 1e6, ended


def _result(events: Sequence[tuple[float, float]], turns: Sequence[tuple[float, float]]) -> Result:
    within = [[stop - start for start, stop in events if began <= start and stop <= ended] for began, ended in turns]
    times = sorted(taken * 1000 for turn in within for taken in turn)
    rates = [len(turn) / (ended - began) for turn, (began, ended) in zip(within, turns, strict=True)]
    return Result(rates, times[len(times) // 2], times[len(times) * 99 // 100])


@contextmanager
def _run(server: embedded.Server, name: str, kind: str, clients: int, first: int, each: int) -> Iterator[_Run]:
    environ = os.environ | {"PGHOST": server.host, "PGPORT": str(server.port), "PGDATABASE": name, "PGUSER": "postgres"}
    if kind == "ours":
        environ |= {"PGUSER": "handoff_webhook_login", "PGOPTIONS": "-c role=handoff_webhook"}
    variables = {"i": -1, "first": first, "per_client": each, "now": datetime.now(UTC).isoformat(timespec="seconds")}
    command = [server.bindir / "pgbench", "-n", "-M", "prepared", "-c", clients, "-j", min(clients, 2), "-t", each]
    command += [word for name, value in variables.items() for word in ("-D", f"{name}={value}")]
    with tempfile.TemporaryDirectory() as logs:
        command += ["-l", f"--log-prefix={logs}/log", "-f", database.RECEIVE / f"{kind}.sql"]
        words = [str(word) for word in command]
        with subprocess.Popen(words, env=environ, stdout=subprocess.DEVNULL) as process:
            process.send_signal(signal.SIGSTOP)
            try:
                yield _Run(process, Path(logs), [])
            finally:
                process.kill()
