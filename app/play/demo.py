"""The demo: one student goes from enrollment to certificate on signed webhooks, over HTTP, on a running server.

python -m app.play.demo          sets up, runs, prints, and serves until Ctrl-C
python -m app.play.demo --check  the same on a throw-away database and a free port; exits 0 when it all held

It makes an admin and a certificate, so it stays away from DATABASE_URL: DEMO_DATABASE_URL names a server for it.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import secrets
import signal
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from app.operate.deploy import DeployError, deploy
from app.operate.postgres import embedded
from app.operate.seed import seed
from app.operate.which_database import EMBEDDED_DIRECTORY, logins, own_database_url
from app.play.processes import START_SECONDS, NotStarted, free_port, is_taken, web_server, worker
from app.settings import SettingsError
from app.webhooks import signatures

STUDENT = ("student@test.com", "John Student")
ADMIN = ("admin@handoff.example", "Ada Admin")
PROGRAM = "medical-assistant"
DBNAME = re.compile(r"^(postgres(?:ql)?://[^/?]*)(/[^?]*)?")
PAYLOADS: dict[str, dict[str, Any]] = {
    "hsi": {"event": "course.completed", "course_id": "hsi-cpr-101"},
    "certiport": {"event": "exam.completed", "exam_id": "it-specialist", "score": 850, "passed": True},
    "careersafe": {"event": "training.completed", "training_id": "osha-10-789", "certificate_number": "CS-20417"},
}


class DemoError(Exception):
    """Something did not happen as it must; the text says what."""


class Demo:
    """One run against one database and one server, with a worker beside it that mails John, or without."""

    def __init__(
        self, database_url: str, base_url: str, partner_secrets: dict[str, str], *, has_worker: bool = True
    ) -> None:
        self._has_worker = has_worker
        self._db = psycopg.connect(database_url, autocommit=True, row_factory=dict_row)
        self._base_url = base_url
        self._secrets = partner_secrets

    def run(self) -> str:
        """Takes John from enrollment to certificate, printing what happens; returns the certificate's number."""
        admin = self._call("select handoff.create_profile(%s, %s, 'admin')", *ADMIN)
        self._call("select set_config('request.jwt.claims', %s, false)", json.dumps({"sub": str(admin)}))
        self._db.execute("set role handoff_admin")
        student = self._call("select handoff.create_profile(%s, %s)", *STUDENT)
        known = self._call("select count(*) from handoff.enrollments as e where e.student_id = %s", student)
        enrollment = self._call("select handoff.enroll_student(%s, %s)", student, PROGRAM)
        steps = self._steps(enrollment)
        done = f"has {len(steps)} steps" if known else f"{len(steps)} steps created"
        print(f"{STUDENT[1]} ({STUDENT[0]}) in Medical Assistant: {done}")
        self._print_steps(enrollment)
        self._wait_for_mail(enrollment)
        for slug in PAYLOADS:
            current = self._db.execute("select * from handoff.get_current_step(%s)", [enrollment]).fetchone()
            if current is not None and current["partner_slug"] == slug:
                account = f"{slug}-{str(student)[:8]}"
                self._call("select handoff.link_partner_account(%s, %s, %s)", slug, account, student)
                self._send(slug, account)
                self._print_steps(enrollment)
                self._wait_for_mail(enrollment)
        number = self._call("select c.number from handoff.certificates as c where c.enrollment_id = %s", enrollment)
        if number is None or not self._call("select handoff.is_enrollment_complete(%s)", enrollment):
            raise DemoError("the enrollment is not completed")
        print(f"enrollment completed, certificate {number}")
        return str(number)

    def _wait_for_mail(self, enrollment: object) -> None:
        """Until the worker has mailed what is so now: what is no longer so when it looks, it does not mail."""
        mailed = (
            "select count(*) = 0 from handoff.outbox as o"
            " where o.enrollment_id = %s and o.profile_id is not null and o.settled_at is null"
        )
        changed = (
            "select max(t.id) <= max(r.position) from handoff.step_transitions as t, handoff.trail_readers as r"
            " where r.name = 'messages'"
        )
        until = time.monotonic() + START_SECONDS
        while self._has_worker and not (self._call(changed) and self._call(mailed, enrollment)):
            if time.monotonic() > until:
                raise DemoError("the worker has not mailed the student")
            time.sleep(0.1)

    def sign_in_link(self, email: str) -> str:
        """A one-time link, as the command sign-in-link makes it."""
        token = secrets.token_urlsafe(32)
        digest = hashlib.sha256(token.encode()).digest()
        self._db.execute("set role handoff_owner")
        self._call("select handoff_private.make_sign_in_link(%s, %s, 'for the demo')", email, digest)
        return f"{self._base_url}/sign-in/{token}"

    def transitions(self) -> list[str]:
        """The audit trail of the latest enrollment, a line each."""
        rows = self._db.execute("select * from handoff.recent_changes()").fetchall()
        return [
            f"{row['occurred_at']:%H:%M:%S}  {row['partner_name'] or 'enrollment':<26}"
            f"{row['from_status'] or 'new':>11} -> {row['to_status']:<11} {row['cause']}, by {row['actor']}"
            for row in reversed(rows)
        ]

    def _send(self, slug: str, account: str) -> None:
        now = datetime.now(UTC)
        body = json.dumps(PAYLOADS[slug] | {"student_id": account, "completed_at": now.isoformat()}).encode()
        key, timestamp = f"demo-{secrets.token_hex(8)}", int(now.timestamp())
        headers = {
            "Content-Type": "application/json",
            "webhook-id": key,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signatures.sign_standard(self._secrets[slug], key, timestamp, body),
        }
        path = f"/api/webhooks/partners/{slug}"
        print(f"\nPOST {path}\n  {body.decode()}")
        answer = urllib.request.urlopen(urllib.request.Request(self._base_url + path, body, headers), timeout=10)  # noqa: S310
        print(f"  {answer.status} {answer.read().decode().strip()}")

    def _steps(self, enrollment: object) -> list[dict[str, Any]]:
        return self._db.execute(
            "select s.*, p.name from handoff.enrollment_steps as s"
            " join handoff.partners as p on p.slug = s.partner_slug"
            " where s.enrollment_id = %s order by s.sequence_order",
            [enrollment],
        ).fetchall()

    def _print_steps(self, enrollment: object) -> None:
        for step in self._steps(enrollment):
            print(f"  {step['sequence_order']}. {step['name']:<26} {step['status']}")

    def _call(self, statement: str, *arguments: object) -> Any:
        row = self._db.execute(statement.encode(), arguments).fetchone()
        return next(iter(row.values())) if row else None


def main() -> int:
    """`make demo` and `make demo-check`."""
    parser = argparse.ArgumentParser(description="One student, from enrollment to certificate.")
    parser.add_argument("--check", action="store_true", help="on a throw-away database and a free port, then exit")
    check = parser.parse_args().check
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    began = time.monotonic()
    try:
        with _database(check) as settings:
            _run(settings, check, began)
    except (
        DemoError,
        NotStarted,
        DeployError,
        SettingsError,
        embedded.PostgresError,
        psycopg.Error,
        urllib.error.URLError,
    ) as error:
        print(f"demo failed: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped")
    return 0


def _run(settings: dict[str, str], check: bool, began: float) -> None:
    deployed = deploy(settings["DATABASE_URL"])
    configured = seed(settings["DATABASE_URL"])
    print(f"database deployed: {len(deployed)} files applied; {'; '.join(configured) or 'configuration was there'}")
    port = free_port() if check else int(os.environ.get("PORT") or "8000")
    base_url = f"http://127.0.0.1:{port}"
    if is_taken(port):
        raise DemoError(f"port {port} is in use; PORT=8001 make demo takes another")
    partner_secrets = {slug: "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode() for slug in PAYLOADS}
    environ = os.environ | settings
    environ |= {f"PARTNER_WEBHOOK_SECRET_{slug.upper()}": secret for slug, secret in partner_secrets.items()}
    environ |= {"PORT": str(port), "BASE_URL": base_url, "SMTP_URL": "", "HANDOFF_PRINT_LINKS": "1"}  # mails nobody
    environ.setdefault("SECRET_KEY", secrets.token_hex(32))
    with web_server(environ, base_url) as process, worker(environ):
        demo = Demo(settings["DATABASE_URL"], base_url, partner_secrets)
        number = demo.run()
        print("\nEvery change, as the audit trail has it:")
        print("\n".join(f"  {line}" for line in demo.transitions()))
        print(f"\nfrom the start of the command to the certificate: {time.monotonic() - began:.1f} s")
        if check:
            _check_pages(demo, base_url, number)
            print("demo-check passed")
            return
        print(f"\nstudent's page   {demo.sign_in_link(STUDENT[0])}?next=/student/progress")
        print(f"admin's page     {demo.sign_in_link(ADMIN[0])}?next=/admin/dashboard")
        print(f"the certificate  {base_url}/verify/{number}")
        print(f"his mails        {base_url}/admin/mails, signed in as the admin")
        print(f"\nserving on {base_url} until Ctrl-C")
        process.wait()
        raise DemoError("the server stopped by itself")


def _check_pages(demo: Demo, base_url: str, number: str) -> None:
    """Looks at every page as its people do: over HTTP, signed in by the link."""
    student = _signed_in(demo.sign_in_link(STUDENT[0]))
    admin = _signed_in(demo.sign_in_link(ADMIN[0]))
    visitor = urllib.request.build_opener()
    for opener, path, expected in (
        (visitor, "/healthz", b"true"),
        (visitor, "/readyz", b"true"),
        (visitor, f"/verify/{number}", STUDENT[1].encode()),
        (student, "/student/progress", number.encode()),
        (student, f"/student/certificates/{number}.pdf", b"%PDF"),
        (admin, "/admin/dashboard", b"CareerSafe"),
        (admin, "/admin/mails", b"Certificate issued"),
    ):
        answer = opener.open(base_url + path, timeout=10)
        if answer.status != 200 or expected not in answer.read():
            raise DemoError(f"GET {path} does not show {expected.decode()}")
        print(f"GET {path} 200")


def _signed_in(link: str) -> urllib.request.OpenerDirector:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = opener.open(link, timeout=10).read().decode()
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    opener.open(link, urlencode({"csrf_token": token}).encode(), timeout=10)
    return opener


@contextmanager
def _database(check: bool) -> Iterator[dict[str, str]]:
    """The database settings: the server that DEMO_DATABASE_URL names, else the embedded one."""
    url = own_database_url("DEMO_DATABASE_URL")
    unset = {"PAGES_DATABASE_URL": "", "WEBHOOK_DATABASE_URL": "", "WORKER_DATABASE_URL": ""}
    if os.environ.get("DATABASE_URL", "").strip():
        place = "DEMO_DATABASE_URL" if url else "a PostgreSQL of its own; DEMO_DATABASE_URL names another"
        print(f"DATABASE_URL is set, and the demo leaves it alone: it works on {place}")
    if url and not check:
        yield {**unset, "DATABASE_URL": url}
    elif url:
        name = f"handoff_check_{secrets.token_hex(4)}"
        with psycopg.connect(url, autocommit=True) as connection:
            create = sql.SQL("create database {} encoding 'UTF8' template template0")
            connection.execute(create.format(sql.Identifier(name)))
            try:
                yield {**unset, "DATABASE_URL": DBNAME.sub(rf"\g<1>/{name}", url)}
            finally:
                connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
    elif not check:
        yield logins(embedded.start(EMBEDDED_DIRECTORY))
    else:
        with tempfile.TemporaryDirectory(prefix="handoff-check-") as directory:
            server = embedded.start(Path(directory) / "pg")
            try:
                yield logins(server)
            finally:
                server.destroy()


if __name__ == "__main__":
    sys.exit(main())
