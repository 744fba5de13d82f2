"""The processor instructions of one event, ours and the bare statement's, counted by valgrind in a stand-alone backend.

A rate depends on who else uses the machine; this hardly does, so it shows what a change of a few per cent is worth. It
says nothing of waiting, of commits to disk and of cold caches.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
from datetime import UTC, datetime

from app.operate.postgres import embedded
from app.operate.postgres.binaries import credentials, runnable_by
from bench import database

EVENTS = 200  # in the longer of two runs
WARM = 50  # in the shorter: by then every plan is made


def measure(server: embedded.Server) -> None:
    """Prints both figures and their ratio. Stops the server: a stand-alone backend has the data to itself."""
    if not shutil.which("valgrind"):
        print("\ninstructions: left out, there is no valgrind here (apt-get install valgrind)")
        return
    for kind in ("ours", "bare"):
        database.create(server, kind, students=WARM + EVENTS, history=100)
    database.leave_trail_to_statement(server, "bare")
    server.stop()
    ours, bare = (_of_one_event(server, kind) for kind in ("ours", "bare"))
    print(f"\ninstructions of an event, mean of {EVENTS - WARM}, in a stand-alone backend")
    print(f"ours {ours / 1e6:.2f} million, bare {bare / 1e6:.2f} million, ratio {bare / ours:.2f}")


def _of_one_event(server: embedded.Server, kind: str) -> float:
    """Of a backend that takes many, less those of one that takes a few: starting and planning cancel out."""
    few, many = (_count(server, kind, first, events) for first, events in ((1, WARM), (WARM + 1, EVENTS)))
    return (many - few) / (EVENTS - WARM)


def _count(server: embedded.Server, kind: str, first: int, events: int) -> int:
    """Instructions of a backend that starts, takes an event for each student from `first` on, and ends."""
    owner = server.data.stat().st_uid
    account = pwd.getpwuid(owner) if owner != os.geteuid() else None
    postgres = runnable_by(account, server.bindir, server.home) / "postgres"
    backend = [str(postgres), "--single", "-D", str(server.data), kind]
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *backend],
        input=_statements(kind, first, events),
        capture_output=True,
        text=True,
        check=True,
        cwd="/",
        **credentials(account),
    )
    if "ERROR" in done.stderr:
        raise RuntimeError(done.stderr)
    return int(re.findall(r"Collected : (\d+)", done.stderr)[0])


def _statements(kind: str, first: int, events: int) -> str:
    """The script of pgbench as a prepared statement and its calls, one on each line."""
    lines = (database.RECEIVE / f"{kind}.sql").read_text().splitlines()
    statement = " ".join(line for line in lines if not line.startswith(("\\", "--")))
    statement = statement.replace(":now", "$2").replace(":n", "$1").rstrip("; ")
    role = ["set role handoff_webhook"] if kind == "ours" else []
    now = datetime.now(UTC).isoformat(timespec="seconds")
    calls = [f"execute one({number}, '{now}')" for number in range(first, first + events)]
    return "\n".join([*role, f"prepare one (integer, text) as {statement}", *calls, ""])
