"""The demo makes an admin, a student and a certificate: never on DATABASE_URL, on another server when that is named."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import psycopg
import pytest
from psycopg.rows import DictRow

from tests import ROOT
from tests.world import deploys
from tests.world.postgres import PgServer
from tests.world.server import free_port, stop

DEMO = [sys.executable, "-m", "app.play.demo"]


@pytest.fixture
def school(db: psycopg.Connection[DictRow]) -> psycopg.Connection[DictRow]:
    """A database of a school that has begun."""
    db.execute("select handoff.create_profile('head@school.example', 'Head of School', 'admin')")
    return db


@pytest.fixture
def settings(school: psycopg.Connection[DictRow], pg_server: PgServer) -> dict[str, str]:
    """What an operator has exported: everything leads to the school's database, and mail goes out."""
    url = pg_server.url(school.info.dbname)
    return {
        "DATABASE_URL": url,
        "PAGES_DATABASE_URL": pg_server.url(school.info.dbname, "handoff_pages_login"),
        "WEBHOOK_DATABASE_URL": pg_server.url(school.info.dbname, "handoff_webhook_login"),
        "SMTP_URL": "smtp://mail.invalid",
        "MAIL_FROM": "school@school.example",
    }


def people(url: str) -> list[str]:
    """Everybody's address, by name of the role."""
    with psycopg.connect(url) as connection:
        rows = connection.execute("select p.email from handoff.profiles as p order by p.role, p.email").fetchall()
    return [email for (email,) in rows]


def databases(db: psycopg.Connection[DictRow]) -> int:
    return db.execute("select from pg_catalog.pg_database").rowcount


@contextmanager
def running(environ: dict[str, str]) -> Iterator[list[str]]:
    """`make demo`, and what it has said by the time that it serves."""
    process = subprocess.Popen(DEMO, cwd=ROOT, env=os.environ | environ, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        said = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("serving on "):
                break
        yield said
    finally:
        stop(process)  # type: ignore[arg-type]


def test_the_check_leaves_the_database_of_database_url_alone(
    school: psycopg.Connection[DictRow], settings: dict[str, str]
) -> None:
    before = databases(school)
    done = subprocess.run([*DEMO, "--check"], cwd=ROOT, env=os.environ | settings, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line for line in done.stdout.splitlines() if line.startswith("DATABASE_URL ")]
    assert people(settings["DATABASE_URL"]) == ["head@school.example"]
    assert (school.execute("select from handoff.certificates").rowcount, databases(school)) == (0, before)


def test_the_demo_works_on_demo_database_url_alone_and_its_admin_is_of_a_reserved_domain(
    settings: dict[str, str], pg_server: PgServer
) -> None:
    with deploys.database(pg_server, f"demo_{os.getpid()}") as name:
        url, port = pg_server.url(name), str(free_port())
        with running(settings | {"DEMO_DATABASE_URL": url, "PORT": port}) as said:
            text = "".join(said)
            assert said[-1].startswith(f"serving on http://127.0.0.1:{port} "), text
            assert [line for line in said if line.startswith("DATABASE_URL ") and "DEMO_DATABASE_URL" in line]
            link = re.search(r"admin's page +(\S+)\?next", text)
            assert link
            browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
            token = re.search(r'name="csrf_token" value="([^"]+)"', browser.open(link[1]).read().decode())
            assert token
            page = browser.open(link[1], urlencode({"csrf_token": token[1]}).encode())
            assert page.url.endswith("/admin/dashboard")
        assert people(url) == ["admin@handoff.example", "student@test.com"]
        assert people(settings["DATABASE_URL"]) == ["head@school.example"]


def test_the_check_on_demo_database_url_makes_a_database_of_its_own_and_drops_it(
    school: psycopg.Connection[DictRow], settings: dict[str, str]
) -> None:
    before = databases(school)
    environ = os.environ | settings | {"DEMO_DATABASE_URL": settings["DATABASE_URL"]}
    done = subprocess.run([*DEMO, "--check"], cwd=ROOT, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert people(settings["DATABASE_URL"]) == ["head@school.example"]
    assert databases(school) == before


def test_a_malformed_demo_database_url_is_one_line(settings: dict[str, str]) -> None:
    environ = os.environ | settings | {"DEMO_DATABASE_URL": "mysql://u:correct-horse@h/d"}
    done = subprocess.run(DEMO, cwd=ROOT, env=environ, capture_output=True, text=True)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "DEMO_DATABASE_URL" in line and "correct-horse" not in line
