"""`make bench`: what an event costs, on a PostgreSQL of its own with durability on.

    python -m bench.run [--events 4000] [--rounds 5] [--seconds 5] [--only receive|scale|http|instructions]

receive: receive_partner_event completing a step and starting the next, with everything on, beside the same row
         writes as one bare statement of a superuser; interleaved, with 1 and with 8 clients.
scale:   the same with 10 thousand and with 1 million steps in the tables.
http:    signed webhooks through each web server, beside the same server without the database, and beside pgbench.
instructions: of the processor for one event, ours and the bare statement's; for a machine that others use as well.
"""

from __future__ import annotations

import argparse
import os
import platform

from app.dev import embedded
from bench import database, instructions
from bench.database import Result, median
from bench.http import claim

CLIENTS = (1, 8)


def main() -> None:
    """Runs the claims and prints a table for each."""
    parser = argparse.ArgumentParser(prog="python -m bench.run", description="Measurements.", allow_abbrev=False)
    parser.add_argument("--events", type=int, default=4000, help="events in one run (default: 4000)")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each kind, interleaved (default: 5)")
    parser.add_argument("--seconds", type=int, default=5, help="length of a run over HTTP (default: 5)")
    parser.add_argument("--only", choices=["receive", "scale", "http", "instructions"], help="one of the claims")
    options = parser.parse_args()
    with database.server() as server:
        print(f"{_machine()}, PostgreSQL {server.version}, fsync on, {database.SETTINGS}")
        print(f"medians of {options.rounds} runs, interleaved; load average at the start {os.getloadavg()[0]:.1f}")
        if options.only in (None, "receive"):
            _receive(server, options.events, options.rounds)
        if options.only in (None, "scale"):
            _scale(server, options.events, options.rounds)
        if options.only in (None, "http"):
            claim.measure(server, options.rounds, options.seconds)
        if options.only in (None, "instructions"):
            instructions.measure(server)


def _machine() -> str:
    with open("/proc/cpuinfo") as file:
        model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), "")
    return f"{platform.machine()} {model}, {os.cpu_count()} cores"


def _receive(server: embedded.Server, events: int, rounds: int) -> None:
    kinds = ("ours", "bare")
    for kind in kinds:
        database.create(server, kind, students=events * rounds * len(CLIENTS), history=5000)
    database.leave_trail_to_statement(server, "bare")
    print(f"\nreceive, {events} events a run")
    print(
        f"{'clients':>7} {'ours/s':>8} {'bare/s':>8} {'ratio':>6}   {'ours p50, p99 ms':>16} {'bare p50, p99 ms':>16}"
    )
    first = 1
    for clients in CLIENTS:
        runs: dict[str, list[Result]] = {kind: [] for kind in kinds}
        for _ in range(rounds):
            for kind in kinds:
                runs[kind].append(database.pgbench(server, kind, kind, clients, first, events))
            first += events
        ours, bare = (median(runs[kind]) for kind in kinds)
        print(
            f"{clients:>7} {ours.rate:>8.0f} {bare.rate:>8.0f} {ours.rate / bare.rate:>6.2f}   "
            f"{ours.p50:>8.2f} {ours.p99:>7.2f} {bare.p50:>8.2f} {bare.p99:>7.2f}"
        )
    for kind in kinds:
        database.check(server, kind, events * rounds * len(CLIENTS))
        database.drop(server, kind)


def _scale(server: embedded.Server, events: int, rounds: int) -> None:
    sizes = {"steps_10k": 10_000, "steps_1m": 1_000_000}
    for name, steps in sizes.items():
        database.create(server, name, students=events * rounds, history=max(steps // 2 - events * rounds, 1))
    runs: dict[str, list[Result]] = {name: [] for name in sizes}
    for number in range(rounds):
        for name, results in runs.items():
            results.append(database.pgbench(server, name, "ours", 1, 1 + number * events, events))
    print(f"\nscale, {events} events a run, 1 client\n{'steps':>9} {'ours/s':>8} {'p50, p99 ms':>15}")
    for name, steps in sizes.items():
        result = median(runs[name])
        database.check(server, name, events * rounds)
        print(f"{steps:>9} {result.rate:>8.0f} {result.p50:>7.2f} {result.p99:>7.2f}")
        database.drop(server, name)
    print(f"times slower with a million: {median(runs['steps_10k']).rate / median(runs['steps_1m']).rate:.2f}")


if __name__ == "__main__":
    main()
