"""One line for each request, as it is answered: which route, and nothing that somebody could want to hide."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from tests.world import partners
from tests.world.deploys import until
from tests.world.partners import JSON, SECRETS, STRANGER, Partner, body_of, new_key, raw, raw_request, request
from tests.world.people import Student
from tests.world.postgres import PgServer
from tests.world.server import SECRET_KEY, Server, serving

TOKEN = "a-monitors-token-0123456789-abcdefghij"
HIDDEN = "hidden-1n-h3r3"


@pytest.fixture
def server(
    db: psycopg.Connection[DictRow], db_url: str, pg_server: PgServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server that writes JSON."""
    partners.configure(db_url)
    settings = partners.SETTINGS | {
        "DATABASE_URL": db_url,
        "PAGES_DATABASE_URL": pg_server.url(db.info.dbname, "handoff_pages_login"),
        "WEBHOOK_DATABASE_URL": pg_server.url(db.info.dbname, "handoff_webhook_login"),
        "METRICS_TOKEN": TOKEN,
        "LOG_FORMAT": "json",
    }
    with serving(settings, tmp_path_factory.mktemp("json") / "server.log") as running:
        yield running


def lines(server: Server) -> list[dict[str, Any]]:
    """All lines so far; each must be an object."""
    return [json.loads(line) for line in server.log().splitlines()]


def answered(server: Server, count: int) -> list[dict[str, Any]]:
    """The lines of the last requests; those that asked whether the server has started don't count."""

    def found() -> list[dict[str, Any]]:
        of_requests = [line for line in lines(server) if line["logger"] == "handoff.access"]
        return [line for line in of_requests if line.get("route") != "/healthz"]

    until(lambda: len(found()) >= count, "each request has its line")
    assert len(found()) == count
    return found()


def test_a_delivery_is_one_line_with_its_receipt(server: Server, db: psycopg.Connection[DictRow]) -> None:
    student, hsi, key = Student.enroll(db, "cpr-first-aid"), Partner("hsi", server.port), new_key()
    sent = [hsi.send(body_of("course.completed", student.id), key), hsi.send(b"{", key), hsi.send(b"[]")]
    sent += [hsi.post(STRANGER, JSON), Partner("nobody", server.port).post(STRANGER, JSON)]
    sent += [Partner("no-secret", server.port).post(STRANGER, JSON)]
    told = answered(server, len(sent))
    for line, answer in zip(told, sent, strict=True):
        assert (line["method"], line["route"]) == ("POST", "/api/webhooks/partners/<slug>")
        assert (line["http_status"], line.get("receipt")) == (answer.status, answer.json.get("receipt"))
        assert 0 < line["milliseconds"] < 1000 * answer.seconds + 1
    assert [(line.get("partner"), line["status"], line["reason"]) for line in told] == [
        ("hsi", "accepted", "completed"),
        ("hsi", "conflict", "key_reused"),
        ("hsi", "rejected", "not_an_object"),
        ("hsi", "refused", "missing_header"),
        (None, "refused", "unknown_partner"),
        ("no-secret", "unavailable", "not_configured"),
    ]


def test_each_request_is_one_line_whatever_becomes_of_it(server: Server) -> None:
    asked = [("GET", "/"), ("GET", "/verify/x"), ("GET", "/no-such-page"), ("POST", "/sign-out"), ("GET", "/metrics")]
    asked += [("HEAD", "/sign-in"), ("OPTIONS", "/sign-in"), ("DELETE", "/sign-in"), ("GET", "/admin/dashboard")]
    asked += [("GET", "/static/handoff.css"), ("GET", "/admin/events/00000000-0000-0000-0000-000000000001")]
    got = [request(server.port, method, path) for method, path in asked]
    told = answered(server, len(asked))
    assert [line["http_status"] for line in told] == [answer.status for answer in got]
    assert [line["method"] for line in told] == [method for method, _ in asked]
    assert [line.get("route") for line in told] == [
        "/",
        "/verify/<number>",
        None,
        "/sign-out",
        "/metrics",
        "/sign-in",
        "/sign-in",
        None,
        "/admin/dashboard",
        "/static/<path:filename>",
        "/admin/events/<uuid:receipt>",
    ]
    assert told[-1]["receipt"] == "00000000-0000-0000-0000-000000000001"


def test_nothing_that_somebody_sends_is_in_the_log(server: Server, db: psycopg.Connection[DictRow]) -> None:
    student = Student.enroll(db, "cpr-first-aid")
    db.execute("update handoff.profiles set full_name = %s where id = %s", [HIDDEN.title(), student.id])
    hsi, body = Partner("hsi", server.port), body_of("course.completed", student.id, name=HIDDEN, item=HIDDEN)
    everywhere = {
        "Authorization": f"Bearer {HIDDEN}",
        "Cookie": f"handoff_session={HIDDEN}; handoff_form={HIDDEN}",
        "Referer": f"http://{HIDDEN}/",
        "User-Agent": HIDDEN,
        "X-Webhook-Secret": SECRETS["milady"],
        "X-Forwarded-For": HIDDEN,
        HIDDEN: HIDDEN,
    }
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    paths = [f"/{HIDDEN}", f"/sign-in/{HIDDEN}", f"/sign-in/{HIDDEN}/{HIDDEN}", f"/verify/{HIDDEN}", f"/%0a{HIDDEN}"]
    paths += [f"/?q={HIDDEN}", f"/verify?number={HIDDEN}", f"/admin/events?reason={HIDDEN}", f"/metrics?token={HIDDEN}"]
    paths += [f"/api/webhooks/partners/{HIDDEN}", f"/static/{HIDDEN}.css", f"/student/certificates/{HIDDEN}.pdf"]
    for path in paths:
        for method in ("GET", "POST", HIDDEN.upper()):
            request(server.port, method, path, f"email={HIDDEN}@school.example".encode(), everywhere | form)
    for slug in ("hsi", "careersafe", "milady", "bad-secret", "gone", "no-secret", HIDDEN):
        Partner(slug, server.port).post(body, JSON | everywhere)
    hsi.send(body, f"key-{HIDDEN}")
    hsi.send(body_of("course.completed", HIDDEN))
    hsi.send(b'{"' + HIDDEN.encode())
    hsi.post(STRANGER, hsi.signed(STRANGER) | {"Content-Type": HIDDEN})
    request(server.port, "GET", "/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    raw(server.port, raw_request(f"GET /sign-in HTTP/1.1\r\nHost: {HIDDEN}", {"Connection": "close"}))
    raw(server.port, raw_request(f"GET /sign-in HTTP/1.1\r\nHost: {HIDDEN}/{HIDDEN}", {"Connection": "close"}))
    raw(server.port, f"GET /{HIDDEN} {HIDDEN}\r\n\r\n".encode(), half_close=True)
    short = raw_request("POST /sign-in HTTP/1.1", {"Host": "x", "Content-Length": "99"}, HIDDEN.encode())
    raw(server.port, short, half_close=True)
    count = 3 * len(paths) + 7 + 4 + 1
    until(lambda: server.log().count('"answered"') > count, "each has its line")
    log = server.log().lower()
    secrets = [one for several in SECRETS.values() for one in several.split(" ")]
    assert [word for word in [HIDDEN, TOKEN, SECRET_KEY, str(student.id), *secrets] if word.lower() in log] == []
    assert not re.search(r"[\w.+-]+@[\w-]+\.\w+", log)
    assert {line["logger"] for line in lines(server)} <= {
        "gunicorn.error",
        "handoff.access",
        "handoff.serve",
        "handoff.webhooks",
        "handoff.mail",
    }


def test_the_lines_of_gunicorn_are_of_the_same_form(server: Server) -> None:
    raw(server.port, b"no HTTP at all\r\n\r\n", half_close=True)
    until(lambda: "Invalid request" in server.log(), "it is logged")
    told = [line for line in lines(server) if line["logger"] == "gunicorn.error"]
    assert any("Starting gunicorn" in line["message"] for line in told)
    assert all(line["time"] and line["level"] for line in told)
