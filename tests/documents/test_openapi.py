"""docs/partners/openapi.yaml describes the HTTP interface for programs: all of it, and as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate
from openapi_spec_validator.readers import read_from_filename

from app import create_app
from app.settings import Settings
from tests import ROOT
from tests.documents.event_tables import table
from tests.world.partners import (
    JSON,
    STRANGER,
    Answer,
    Partner,
    body_of,
    new_key,
    raw,
    raw_request,
    request,
    sign_standard,
)
from tests.world.people import Student
from tests.world.server import SECRET_KEY, Server

Partners = Callable[[str], Partner]
DOCUMENT: dict[str, Any] = read_from_filename(str(ROOT / "docs" / "partners" / "openapi.yaml"))[0]
RECEIVE = "/api/webhooks/partners/{slug}"
FOR_PEOPLE = ("/", "/admin", "/mail", "/school-logo", "/sign-in", "/sign-out", "/static", "/student")


def described(path: str) -> dict[str, Any]:
    """The responses of the one operation of a path, by status."""
    [operation] = DOCUMENT["paths"][path].values()
    responses: dict[str, Any] = operation["responses"]
    return responses


def check(path: str, answer: Answer) -> None:
    """The answer is one that the document describes."""
    response = described(path)[str(answer.status)]
    media = response["content"][answer.headers.get_content_type()]
    for name, header in response.get("headers", {}).items():
        OAS31Validator(header["schema"]).validate(answer.headers[name])
    told = answer.json if answer.headers.get_content_type() == "application/json" else answer.body.decode()
    OAS31Validator(media["schema"] | {"components": DOCUMENT["components"]}).validate(told)


def test_it_is_openapi() -> None:
    validate(DOCUMENT)


def test_it_names_every_path_that_is_not_for_people() -> None:
    app = create_app(Settings(secret_key=SECRET_KEY))
    served = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not any(rule.rule == start or rule.rule.startswith(f"{start}/") for start in FOR_PEOPLE)
    }
    assert served == {(path, method) for path, methods in DOCUMENT["paths"].items() for method in methods}


def outcomes_in(schema: object) -> Iterator[tuple[str, str]]:
    """(status or nothing, reason) for every reason that a schema names."""
    if isinstance(schema, dict):
        fields = schema.get("properties", {})
        reasons = (fields.get("reason") or fields.get("code") or {}).get("enum", [])
        for reason in reasons:
            yield fields.get("status", {}).get("const", ""), reason
        for part in schema.values():
            yield from outcomes_in(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from outcomes_in(part)


@pytest.mark.parametrize(("name", "status", "http"), [("Done", "accepted", "200"), ("Done", "ignored", "200"),
                                                      ("Parked", "parked", "202"), ("Unreadable", "", "400"),
                                                      ("Unusable", "", "422")])  # fmt: skip
def test_it_names_the_outcomes_of_the_events_document(name: str, status: str, http: str) -> None:
    named = {reason for found, reason in outcomes_in(DOCUMENT["components"]["schemas"][name]) if found == status}
    rows = table("Outcomes")
    assert named == {row["reason"] for row in rows if row["HTTP"] == http and status in ("", row["status"])}


def test_each_answer_to_a_partner_is_as_it_says(
    partner: Partners, enrolled: Callable[[str], Student], live_server: Server
) -> None:
    hsi, key = partner("hsi"), new_key()
    student = enrolled("cpr-first-aid")
    body = body_of("course.completed", student.id)
    answers = [
        hsi.send(body, key),
        hsi.send(body, key),
        hsi.send(body),
        hsi.send(STRANGER, key),
        hsi.send(STRANGER),
        hsi.send(b"{"),
        hsi.send(b"{}"),
        hsi.post(STRANGER, JSON),
        partner("nobody").post(STRANGER, JSON),
        partner("a/b").post(STRANGER, JSON),
        partner("gone").send(STRANGER),
        hsi.send(b" " * 65537),
        hsi.post(STRANGER, hsi.signed(STRANGER) | {"Content-Type": "text/plain"}),
        hsi.post(STRANGER, hsi.signed(STRANGER) | {"Content-Encoding": "gzip"}),
        partner("no-secret").post(STRANGER, JSON | sign_standard("whsec_AAAA", STRANGER)),
        request(live_server.port, "GET", hsi.path),
    ]
    for answer in answers:
        check(RECEIVE, answer)
    assert {str(answer.status) for answer in answers} == set(described(RECEIVE))


def test_broken_http_is_told_so_in_json(live_server: Server) -> None:
    start = raw_request(f"POST {RECEIVE.format(slug='hsi')} HTTP/1.1", {"Host": "x", "Content-Length": "9", **JSON})
    head, _, body = raw(live_server.port, start, b"{}", half_close=True).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    schema = DOCUMENT["components"]["schemas"]["BrokenHttp"] | {"components": DOCUMENT["components"]}
    OAS31Validator(schema).validate(json.loads(body))


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("/healthz", "/healthz", 200),
        ("/readyz", "/readyz", 200),
        ("/metrics", "/metrics", 404),
        ("/verify", "/verify", 200),
        ("/verify", "/verify?number=x", 404),
        ("/verify/{number}", "/verify/x", 404),
    ],
)
def test_the_other_answers_are_as_it_says(live_server: Server, path: str, sent: str, status: int) -> None:
    answer = request(live_server.port, "GET", sent)
    assert answer.status == status
    check(path, answer)
