"""A long run of odd bytes against the real function and the real server. `make fuzz`

python -m tests.tools.fuzz [--seconds 600] [--seed N]

Two processes hand bodies to handoff.receive_partner_event, two send signed and broken requests to the web server. A
finding is an answer that input alone must not cause (500, 503, apply_error, an unknown SQLSTATE), a body that was taken
and is not in the inbox under its key, a broken invariant, or a traceback in the log. Ends with 1 when there is one.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import multiprocessing
import random as random_module
import socket
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import psycopg

from app.operate.postgres import embedded
from app.operate.which_database import logins
from tests.tools.fuzz_inputs import body, key, request
from tests.tools.suites import prepare
from tests.world import partners, setup_sql
from tests.world.partners import HOST, SCHEMES, Partner, statuses
from tests.world.postgres import deploy_and_seed, work_directory
from tests.world.server import serving

BATCH = 50
TRIES = 3
MOST_FOUND = 100
STUDENTS_STAY = 200  # batches
SLUGS = ["hsi", "certiport", "careersafe", "jri", "milady", "resting"]
PROGRAMS = ["medical-assistant", "cna", "barber-apprenticeship", "cpr-first-aid", "cdl-training", "web-development"]
STATUSES = {"accepted", "ignored", "parked", "rejected", "duplicate", "conflict"}
TROUBLE = ("40001", "40P01", "55P03", "57014")  # another process was in the way: not the input's fault
HTTP = {100, 200, 202, 302, 303, 400, 401, 403, 404, 405, 409, 410, 413, 414, 415, 417, 422, 431, 501, 505}
HAND_OVER = """
select d.n, r.status, r.reason
from unnest(%s::text[], %s::text[], %s::bytea[]) with ordinality as d (slug, key, body, n)
cross join lateral handoff.receive_partner_event(d.slug, d.key, d.body) as r
"""
LOST = """
select d.slug, d.key
from unnest(%s::text[], %s::text[], %s::bytea[]) as d (slug, key, body)
where not exists (
  select from handoff.partner_events as e
  left join handoff.partner_event_conflicts as c on c.receipt = e.receipt and c.body_sha256 = sha256(d.body)
  where e.partner_slug = d.slug and e.event_key = d.key and coalesce(c.body, e.body) = d.body
)
"""
ENROLL = """
select p.id, handoff.enroll_student(p.id, %(program)s)
from (
  select handoff.create_profile(%(mark)s || '-' || n || '@test.example', 'Odd Student') as id
  from pg_catalog.generate_series(1, 30) as n
) as p
"""


@dataclass
class Report:
    """What a process did. `found`: a line each."""

    batches: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    found: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Job:
    """What a process needs to know."""

    urls: dict[str, str]
    port: int
    seed: str
    until: float


def hand_over(job: Job) -> Report:
    """Bodies straight to the function, fifty at a time; each one must be in the inbox afterwards."""
    random, report = Random(job.seed), Report()
    with (
        psycopg.connect(job.urls["WEBHOOK_DATABASE_URL"], autocommit=True) as db,
        psycopg.connect(job.urls["DATABASE_URL"], autocommit=True) as dba,
    ):
        db.execute("set role handoff_webhook")
        while time.time() < job.until and len(report.found) < MOST_FOUND:
            if not report.batches % STUDENTS_STAY:  # the others have completed what they can
                students = _students(dba, f"{job.seed}-{report.batches}")
            report.batches += 1
            slugs = random.choices(SLUGS, k=BATCH)
            batch = [(slug, key(random, job.seed), body(random, slug, students)) for slug in slugs]
            try:
                rows = db.execute(HAND_OVER, list(map(list, zip(*batch, strict=True)))).fetchall()
            except psycopg.Error:  # which one?
                rows = _one_by_one(db, batch, report)
            for number, status, reason in rows:
                report.counts[f"{status}:{reason}" if status != "duplicate" else status] += 1
                if status not in STATUSES or reason == "apply_error":
                    report.found.append(f"{status}:{reason} {batch[number - 1]!r}")
            taken = [batch[number - 1] for number, _, _ in rows]
            _check_kept(dba, taken, report)
    return report


def _one_by_one(db: psycopg.Connection[Any], batch: list[tuple[str, str, bytes]], report: Report) -> list[Any]:
    rows = []
    for number, (slug, event_key, sent) in enumerate(batch, 1):
        try:
            [(_, status, reason)] = db.execute(HAND_OVER, [[slug], [event_key], [sent]]).fetchall()
            rows.append((number, status, reason))
        except psycopg.Error as error:
            report.counts[f"error {error.sqlstate}"] += 1
            if error.sqlstate not in TROUBLE:
                report.found.append(f"{error.sqlstate} {error} {batch[number - 1]!r}")
    return rows


def _check_kept(dba: psycopg.Connection[Any], taken: list[tuple[str, str, bytes]], report: Report) -> None:
    for slug, event_key in dba.execute(LOST, list(map(list, zip(*taken, strict=True)))) if taken else ():
        report.found.append(f"lost: {slug} {event_key}")
    report.counts["found in the inbox"] += len(taken)


def send(job: Job) -> Report:
    """Signed odd bodies, and requests that are broken anywhere, to the web server."""
    random, report = Random(job.seed), Report()
    with psycopg.connect(job.urls["DATABASE_URL"], autocommit=True) as dba:
        students = _students(dba, job.seed)
        taken: list[tuple[str, str, bytes]] = []
        connection = http.client.HTTPConnection(HOST, job.port, timeout=partners.PATIENCE)
        while time.time() < job.until and len(report.found) < MOST_FOUND:
            partner = Partner(random.choice(SLUGS), job.port)
            sent, event_key = body(random, partner.slug, students), f"{job.seed}-{random.getrandbits(64):x}"
            if partner.slug in SCHEMES:
                event_key = hashlib.sha256(sent).hexdigest()
            headers = partner.signed(sent, event_key)
            if random.random() < 0.5:
                status = _whole(connection, partner, headers, sent, report)
                if status in (200, 202, 400, 409, 422):
                    taken.append((partner.slug, event_key, sent))
            else:
                _broken(job.port, request(random, partner.slug, headers, sent), report)
            if len(taken) >= BATCH:
                _check_kept(dba, taken, report)
                taken.clear()
    return report


def _whole(
    connection: http.client.HTTPConnection, partner: Partner, headers: dict[str, str], sent: bytes, report: Report
) -> int | None:
    """A request that is well made and rightly signed: it must be answered."""
    for _ in range(TRIES):
        try:
            connection.request("POST", partner.path, sent, headers)
            response = connection.getresponse()
            told = response.read()
        except (OSError, http.client.HTTPException):
            connection.close()  # the server ends a kept connection now and then
            continue
        if response.status != 503:
            break
    else:
        report.found.append(f"no answer but 503: {headers} {sent!r}")
        return None
    report.counts[f"http {response.status}"] += 1
    if response.status not in (200, 202, 400, 409, 422) or b"apply_error" in told:
        report.found.append(f"{response.status} {told!r} {headers} {sent!r}")
    return response.status


def _broken(port: int, data: bytes, report: Report) -> None:
    """A request in any state: it may be refused or hung up on, and the server must not fail."""
    for _ in range(TRIES):
        told = statuses(_exchange(port, data, report))
        if 503 not in told:
            break
    for status in told or [0]:
        report.counts[f"http {status}" if status else "http, hung up on"] += 1
        if (status and status not in HTTP) or (300 <= status < 400 and b"/api/" in data.partition(b"\r\n")[0]):
            report.found.append(f"{status} {data!r}")


def _exchange(port: int, data: bytes, report: Report) -> bytes:
    answer = b""
    try:
        with socket.create_connection((HOST, port), timeout=partners.PATIENCE) as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            while piece := connection.recv(65536):
                answer += piece
    except TimeoutError:
        report.found.append(f"no answer, and not hung up on: {data!r}")
    except OSError:  # it has read enough
        pass
    return answer


def _students(dba: psycopg.Connection[Any], mark: str) -> list[str]:
    """Ids of students of this process, and of nobody."""
    ids = [f"nobody-{mark}", "", f"{mark:x<255}"]
    for program in PROGRAMS:
        arguments = {"program": program, "mark": f"{mark}-{program}"}
        ids += [str(row[0]) for row in dba.execute(ENROLL, arguments)]
    return ids


def run(seconds: float, seed: int) -> Report:
    """All processes, so many seconds, on a throw-away server. The sum of their reports."""
    directory, began = work_directory(), time.time()
    try:
        server = embedded.start(directory, fast=True)
        deploy_and_seed(server.url())
        partners.configure(server.url())
        with psycopg.connect(server.url()) as dba:  # two batches may be in each other's way
            dba.execute("alter database handoff set deadlock_timeout = '20ms'")
        urls = logins(server)
        with tempfile.TemporaryDirectory() as logs, serving(partners.SETTINGS | urls, Path(logs) / "log") as web:
            until = time.time() + seconds
            works = [hand_over, hand_over, send, send]
            jobs = [Job(urls, web.port, f"{seed}-{number}", until) for number in range(len(works))]
            with multiprocessing.get_context("fork").Pool(len(works)) as pool:
                results = [pool.apply_async(work, [job]) for work, job in zip(works, jobs, strict=True)]
                for result in results:
                    while not result.ready():
                        result.wait(10)
                        print(f"\r{time.time() - began:.0f} s", end="", flush=True, file=sys.stderr)
                reports = [result.get() for result in results]
            total = Report()
            for report in reports:
                total.counts += report.counts
                total.found += report.found
            if "Traceback" in web.log():
                total.found.append(web.log()[web.log().index("Traceback") :][:5000])
        with psycopg.connect(server.url()) as dba:
            setup_sql.load(dba)
            total.found += [str(row) for row in dba.execute("select * from test.violations()")]
    finally:
        embedded.destroy(directory)
    return total


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.fuzz", description="Odd bytes, for long.")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=random_module.SystemRandom().getrandbits(32))
    options = parser.parse_args()
    prepare()
    print(f"seed {options.seed}")
    total = run(options.seconds, options.seed)
    bodies = sum(n for what, n in total.counts.items() if not what.startswith(("http", "found")))
    requests = sum(n for what, n in total.counts.items() if what.startswith("http"))
    for what, number in sorted(total.counts.items()):
        print(f"{number:>9}  {what}")
    for line in total.found[:20]:
        print(f"FOUND {line[:1000]}")
    print(f"{bodies} bodies and {requests} requests; {len(total.found)} findings")
    return 1 if total.found or not bodies or not requests else 0


if __name__ == "__main__":
    sys.exit(main())
