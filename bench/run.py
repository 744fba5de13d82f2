"""`make bench`: what an event costs, on a PostgreSQL of its own with durability on.

    python -m bench.run [--events 24000] [--rounds 5] [--seconds 5] [--only CLAIM]

receive: receive_partner_event completing a step and starting the next, with everything on, beside the same row
         writes as one bare statement of a superuser; by turns, with 1 and with 8 clients.
scale:   ours with 10 thousand and with 1 million steps in the tables.
http:    signed webhooks through each web server, beside the same server without the database, and beside pgbench.
calls:   of functions and statements, by what becomes of an event.
figures: what the dashboard reads with 10 thousand and with 1 million steps, the worker 100,000 rows behind.
outbox:  following the trail and claiming messages while one partner has 50,000 due, beside a queue by age.
held:    claiming at 100 messages a second while a snapshot is held open.
metrics: what a monitor's question costs, with 10 thousand and with 1 million steps.
alerts:  a sweep with 100,000 students in progress, none late and many, and watching the trail.
search:  looking for a person with 200 and with 100,000 students.
today:   what needs a person, and the pace of partners, with 200 and with 100,000 enrollments.
instructions: of the processor for one event, ours and the bare statement's; for a machine that others use as well.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
from operator import truediv

from app.operate.postgres import embedded
from bench import alerts, calls, database, figures, instructions, metrics, outbox, search, today, turns
from bench.http import claim

CLIENTS = (1, 8)


def main() -> None:
    """Runs the claims and prints a table for each."""
    parser = argparse.ArgumentParser(prog="python -m bench.run", description="Measurements.", allow_abbrev=False)
    parser.add_argument("--events", type=int, default=24000, help="events of each kind in receive (default: 24000)")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each kind over HTTP, interleaved (default: 5)")
    parser.add_argument("--seconds", type=int, default=5, help="length of a run over HTTP (default: 5)")
    parser.add_argument(
        "--only",
        choices=[
            "receive",
            "scale",
            "http",
            "calls",
            "figures",
            "outbox",
            "held",
            "metrics",
            "alerts",
            "search",
            "today",
            "instructions",
        ],
        help="one of the claims",
    )
    parser.add_argument("--minutes", type=float, default=1, help="length of held, whose goal is at 10 (default: 1)")
    options = parser.parse_args()
    with database.server() as server:
        print(f"{_machine()}, PostgreSQL {server.version}, fsync on, {database.SETTINGS}")
        print(f"load average at the start {os.getloadavg()[0]:.1f}")
        if options.only in (None, "receive"):
            _receive(server, options.events)
        if options.only in (None, "scale"):
            _scale(server)
        if options.only in (None, "http"):
            claim.measure(server, options.rounds, options.seconds)
        if options.only in (None, "calls"):
            calls.show(server)
        if options.only in (None, "figures"):
            figures.show(server)
        if options.only in (None, "outbox"):
            outbox.show(server, options.seconds)
        if options.only in (None, "held"):
            outbox.show_held(server, options.minutes)
        if options.only in (None, "metrics"):
            metrics.show(server)
        if options.only in (None, "alerts"):
            alerts.show(server)
        if options.only in (None, "search"):
            search.show(server)
        if options.only in (None, "today"):
            today.show(server)
        if options.only in (None, "instructions"):
            instructions.measure(server)


def _machine() -> str:
    with open("/proc/cpuinfo") as file:
        model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), "")
    return f"{platform.machine()} {model}, {os.cpu_count()} cores"


def _receive(server: embedded.Server, events: int) -> None:
    kinds = {"ours": "ours", "bare": "bare"}
    for name in kinds:
        database.create(server, name, students=events * len(CLIENTS), history=5000)
    database.leave_trail_to_statement(server, "bare")
    print(
        f"\nreceive, {events} events of each kind, medians of turns of {turns.TURN} s (of the ratio: its middle half)"
    )
    print(
        f"{'clients':>7} {'ours/s':>7} {'bare/s':>7} {'ratio':>20}  {'ours p50, p99 ms':>16}  {'bare p50, p99 ms':>16}"
    )
    first = 1
    for clients in CLIENTS:
        results = turns.measure(server, kinds, clients, first, events)
        ours, bare = results["ours"], results["bare"]
        low, ratio, high = statistics.quantiles(map(truediv, ours.rates, bare.rates), n=4)
        print(
            f"{clients:>7} {ours.rate:>7.0f} {bare.rate:>7.0f} {f'{ratio:.2f} ({low:.2f}-{high:.2f})':>20}  "
            f"{ours.p50:>8.2f} {ours.p99:>7.2f}  {bare.p50:>8.2f} {bare.p99:>7.2f}"
        )
        first += events
    for name in kinds:
        database.check(server, name, events * len(CLIENTS))
        database.drop(server, name)


def _scale(server: embedded.Server) -> None:
    sizes = {"steps_10k": 10_000, "steps_1m": 1_000_000}
    events = 4000  # two steps each, so most of the smaller one
    for name, steps in sizes.items():
        database.create(server, name, students=events, history=steps // 2 - events)
    results = turns.measure(server, dict.fromkeys(sizes, "ours"), 1, 1, events)
    print(f"\nscale, {events} events of each, 1 client, medians of turns of {turns.TURN} s")
    print(f"{'steps':>9} {'ours/s':>8} {'p50, p99 ms':>15}")
    for name, steps in sizes.items():
        result = results[name]
        database.check(server, name, events)
        print(f"{steps:>9} {result.rate:>8.0f} {result.p50:>7.2f} {result.p99:>7.2f}")
        database.drop(server, name)
    slower = statistics.median(map(truediv, results["steps_10k"].rates, results["steps_1m"].rates))
    print(f"times slower with a million: {slower:.2f}")


if __name__ == "__main__":
    main()
