"""`make bench`: what an event costs. Runs pgbench on a PostgreSQL of its own, with durability on.

    python -m bench.run [--events 4000] [--rounds 3] [--only receive|scale]

receive: receive_partner_event completing a step and starting the next, with everything on, beside the same row
         writes as one bare statement of a superuser; interleaved, with 1 and with 8 clients.
scale:   the same with 10 thousand and with 1 million steps in the tables.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from app.deploy import deploy
from app.dev import embedded
from app.seed import seed

HERE = Path(__file__).resolve().parent / "receive"
SETTINGS = {"shared_buffers": "1GB", "max_wal_size": "8GB", "checkpoint_timeout": "1h", "autovacuum": "off"}


@dataclass
class Result:
    """One run: events per second, and latencies in milliseconds."""

    rate: float
    p50: float
    p99: float


def main() -> None:
    """Runs the claims and prints a table for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--events", type=int, default=4000, help="events in one run")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each kind, interleaved")
    parser.add_argument("--only", choices=["receive", "scale"])
    options = parser.parse_args()
    with _server() as server:
        print(f"{platform.machine()}, {os.cpu_count()} cores, PostgreSQL {server.version}, fsync on, {SETTINGS}")
        if options.only != "scale":
            _receive(server, options.events, options.rounds)
        if options.only != "receive":
            _scale(server, options.events, options.rounds)


def _receive(server: embedded.Server, events: int, rounds: int) -> None:
    print("\nreceive: events per second, median of", rounds, "runs")
    print(f"{'clients':>7} {'ours':>8} {'bare':>8} {'ratio':>6}   {'ours p50/p99 ms':>16} {'bare p50/p99 ms':>16}")
    for clients in (1, 8):
        runs: dict[str, list[Result]] = {"ours": [], "bare": []}
        for _ in range(rounds):
            for kind, results in runs.items():
                with _database(server, events, history=5000) as name:
                    results.append(_pgbench(server, name, kind, clients, events))
        ours, bare = (_median(runs[kind]) for kind in ("ours", "bare"))
        print(
            f"{clients:>7} {ours.rate:>8.0f} {bare.rate:>8.0f} {ours.rate / bare.rate:>6.2f}   "
            f"{ours.p50:>7.2f} /{ours.p99:>7.2f} {bare.p50:>7.2f} /{bare.p99:>7.2f}"
        )


def _scale(server: embedded.Server, events: int, rounds: int) -> None:
    print("\nscale: ours, events per second with 1 client, median of", rounds, "runs")
    rates = {}
    for steps in (10_000, 1_000_000):
        results = []
        for _ in range(rounds):
            with _database(server, events, history=max(steps // 2 - events, 1)) as name:
                results.append(_pgbench(server, name, "ours", 1, events))
        rates[steps] = _median(results).rate
        print(f"{steps:>9} steps {rates[steps]:>8.0f}")
    print(f"times slower with a million: {rates[10_000] / rates[1_000_000]:.2f}")


@contextmanager
def _server() -> Iterator[embedded.Server]:
    with tempfile.TemporaryDirectory(prefix="handoff-bench-", dir=Path.cwd()) as directory:
        server = embedded.start(Path(directory))
        try:
            with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
                for name, value in SETTINGS.items():
                    connection.execute(f"alter system set {name} = '{value}'".encode())
            server.stop()
            yield embedded.start(Path(directory))
        finally:
            embedded.destroy(Path(directory))


@contextmanager
def _database(server: embedded.Server, students: int, history: int) -> Iterator[str]:
    name = "handoff_bench"
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"drop database if exists {name} with (force)".encode())
        connection.execute(f"create database {name}".encode())
    deploy(server.url(name))
    seed(server.url(name))
    psql = [server.bindir / "psql", "-XqAt", "-d", server.url(name)]
    numbers = ["-v", f"students={students}", "-v", f"history={history}"]
    subprocess.run([*psql, *numbers, "-f", HERE / "setup.sql"], check=True)
    yield name


def _pgbench(server: embedded.Server, name: str, kind: str, clients: int, events: int) -> Result:
    """One run of bench/receive/<kind>.sql; each client has students of its own."""
    environ = os.environ | {"PGHOST": server.host, "PGPORT": str(server.port), "PGDATABASE": name, "PGUSER": "postgres"}
    if kind == "ours":
        environ |= {"PGUSER": "handoff_webhook_login", "PGOPTIONS": "-c role=handoff_webhook"}
    else:
        # Its statement writes the trail itself.
        with psycopg.connect(server.url(name)) as connection:
            connection.execute("alter table handoff.enrollment_steps disable trigger user")
    each = events // clients
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with tempfile.TemporaryDirectory() as logs:
        command = [
            server.bindir / "pgbench",
            "-n",
            "-M",
            "prepared",
            "-c",
            clients,
            "-j",
            min(clients, 2),
            "-t",
            each - 1,
        ]
        variables = ["-D", "i=0", "-D", f"per_client={each}", "-D", f"now={now}"]
        output = ["-l", f"--log-prefix={logs}/log", "-f", HERE / f"{kind}.sql"]
        done = subprocess.run(
            [str(word) for word in [*command, *variables, *output]],
            env=environ,
            check=True,
            capture_output=True,
            text=True,
        )
        latencies = sorted(
            int(line.split()[2]) / 1000 for log in Path(logs).iterdir() for line in log.read_text().splitlines()
        )
    rate = next(float(line.split()[2]) for line in done.stdout.splitlines() if line.startswith("tps"))
    return Result(rate, latencies[len(latencies) // 2], latencies[len(latencies) * 99 // 100])


def _median(results: list[Result]) -> Result:
    return (
        sorted(results, key=lambda result: result.rate)[len(results) // 2]
        if len(results) % 2
        else Result(
            *(statistics.median(getattr(result, field) for result in results) for field in ("rate", "p50", "p99"))
        )
    )


if __name__ == "__main__":
    main()
