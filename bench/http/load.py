"""Drives a server with signed webhooks through wrk, eight connections that stay open."""

from __future__ import annotations

import base64
import os
import subprocess
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.webhooks.signatures import sign_standard

SECRET = "whsec_" + base64.b64encode(b"a secret for the bench only, 32+").decode()
SCRIPT = Path(__file__).with_name("requests.lua")


@dataclass
class Load:
    """What wrk saw: requests in all and per second, latencies in milliseconds, and answers other than 2xx and 3xx."""

    requests: int
    rate: float
    p50: float
    p99: float
    errors: int


def write_requests(path: Path, students: range) -> None:
    """One completion for each of these students of bench/receive/setup.sql, signed now."""
    now = int(time.time())
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with path.open("w") as file:
        for n in students:
            body = f'{{"event":"course.completed","student_id":"s{n}","course_id":"hsi-cpr-101","completed_at":"{at}"}}'
            signature = sign_standard(SECRET, f"key-{n}", now, body.encode())
            file.write(f"key-{n} {now} {signature} {body}\n")


def drive(port: int, requests: Path, seconds: int) -> Load:
    """Runs wrk for so many seconds. Raises FileNotFoundError where there is no wrk."""
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "-s", str(SCRIPT), f"http://127.0.0.1:{port}"]
    environ = os.environ | {"REQUESTS": str(requests)}
    done = subprocess.run(command, env=environ, check=True, capture_output=True, text=True)
    words = next(line for line in done.stdout.splitlines() if line.startswith("RESULT")).split()
    return Load(int(words[1]), float(words[2]), float(words[3]), float(words[4]), int(words[5]))
