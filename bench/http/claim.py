"""Which web server: by rate, by p99, and by what it refuses."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from app.operate.postgres import embedded
from bench import database, turns
from bench.http.load import SECRET, Load, drive, write_requests
from bench.http.servers import CANDIDATES, PROBES, Server, answer, running

STUDENTS_PER_SECOND = 4000  # more than any of them manages with the database


def measure(server: embedded.Server, rounds: int, seconds: int) -> None:
    """Prints the table, and the table of probes."""
    if not shutil.which("wrk"):
        print("\nhttp: left out, there is no wrk here (apt-get install wrk)")
        return
    runs: dict[tuple[Server, str], list[Load]] = {(one, with_db): [] for one in CANDIDATES for with_db in "10"}
    in_database = []
    for _ in range(rounds):
        for candidate, with_db in runs:
            runs[candidate, with_db].append(_run(server, candidate, with_db, seconds))
        database.create(server, "http", students=8000, history=5000)
        in_database.append(turns.measure(server, {"http": "ours"}, 8, 1, 8000)["http"])
        database.drop(server, "http")
    rate, p50, p99 = (median(getattr(one, name) for one in in_database) for name in ("rate", "p50", "p99"))
    print(f"\nhttp, 8 connections, runs of {seconds} s; pgbench calls the function {rate:.0f} times a second,")
    print(f"with 8 clients, p50 {p50:.2f} ms, p99 {p99:.2f} ms")
    print(f"{'server':<24} {'events/s':>8} {'p50, p99 ms':>15}   {'without database/s':>18} {'p50, p99 ms':>15}")
    for candidate in CANDIDATES:
        print(f"{candidate.name:<24} {_figures(runs[candidate, '1'], 8)}   {_figures(runs[candidate, '0'], 18)}")
    _probe()


def _figures(loads: Sequence[Load], width: int) -> str:
    rate, p50, p99 = (median(getattr(load, name) for load in loads) for name in ("rate", "p50", "p99"))
    errors = sum(load.errors for load in loads)
    return f"{rate:>{width}.0f} {p50:>7.2f} {p99:>7.2f}" + (f" ({errors} errors)" if errors else "")


def _run(server: embedded.Server, candidate: Server, with_db: str, seconds: int) -> Load:
    warm, students = STUDENTS_PER_SECOND, (1 + seconds) * STUDENTS_PER_SECOND
    database.create(server, "http", students=students, history=5000)
    settings = _settings(server.url("http")) | {"BENCH_DATABASE": with_db}
    with tempfile.TemporaryDirectory() as directory, running(candidate, settings) as port:
        requests = Path(directory) / "requests"
        write_requests(requests, range(1, 1 + warm))
        drive(port, requests, 1)
        write_requests(requests, range(1 + warm, 1 + students))
        load = drive(port, requests, seconds)
    database.check_none_twice(server, "http")
    database.drop(server, "http")
    return load


def _settings(url: str) -> dict[str, str]:
    return {"DATABASE_URL": url, "SECRET_KEY": "k" * 64, "PARTNER_WEBHOOK_SECRET_HSI": SECRET}


def _probe() -> None:
    print(f"\n{'what should be refused':<24} " + " ".join(f"{name:>18}" for name in PROBES))
    for candidate in CANDIDATES:
        with running(candidate, _settings("postgresql://nobody@127.0.0.1:1/none") | {"BENCH_DATABASE": "0"}) as port:
            answers = [answer(port, request) for request in PROBES.values()]
        print(f"{candidate.name:<24} " + " ".join(f"{status:>18}" for status in answers))
