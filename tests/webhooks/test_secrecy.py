"""What a stranger costs, and what anybody gets to see: no secret, no query, nothing of what was sent."""

from __future__ import annotations

import re
from collections.abc import Callable

import psycopg
from psycopg.rows import DictRow

from tests import ROOT
from tests.world.partners import (
    JSON,
    SECRETS,
    SETTINGS,
    Partner,
    body_of,
    new_key,
    new_secret,
    sign_standard,
)
from tests.world.people import events
from tests.world.server import SECRET_KEY, Server

Partners = Callable[[str], Partner]
Db = psycopg.Connection[DictRow]
BODY = b'{"event":"course.completed","student_id":"nobody"}'
HSI = SECRETS["hsi"]


def test_a_stranger_leaves_no_event(partner: Partners, live_db: Db) -> None:
    """Only a count, see test_refusals.py."""
    marker = new_key()
    body = body_of("course.completed", marker)
    for headers in ({}, sign_standard(new_secret(), body, marker), {"webhook-id": marker}):
        assert partner("hsi").post(body, JSON | headers).status == 401
    assert events(live_db, marker) == []
    assert live_db.execute("select from handoff.partner_events as e where e.event_key = %s", [marker]).rowcount == 0


def test_an_unknown_path_is_not_even_counted(partner: Partners, live_server: Server, live_db: Db) -> None:
    assert Partner("nobody", live_server.port).post(BODY, JSON).said == "404 unknown_partner"
    assert live_db.execute("select from handoff.webhook_refusals as r where r.partner_slug = 'nobody'").rowcount == 0


def test_no_answer_tells_a_secret_a_query_or_what_was_sent(partner: Partners) -> None:
    marker = new_key()
    body = body_of("course.completed", marker)
    answers = [
        partner("hsi").send(body),
        partner("hsi").send(body[:-1]),
        partner("hsi").post(body, JSON | {"webhook-id": marker, "X-Webhook-Secret": HSI}),
        partner("milady").post(body, JSON | {"X-Webhook-Secret": marker}),
        partner("careersafe").post(body, JSON | {"X-Webhook-Signature": marker}),
        partner("gone").post(body, {"webhook-id": marker}),
        partner("bad-secret").post(body, JSON | sign_standard(HSI, body)),
        partner("hsi").post(body, partner("hsi").signed(body) | {"Content-Type": marker}),
    ]
    for answer in answers:
        told = answer.body.decode() + str(answer.headers)
        assert marker not in told
        assert not any(secret in told for secret in all_secrets())
        assert not any(word in told.lower() for word in ("select", "handoff.", "traceback", "psycopg", "postgres"))


def test_the_log_holds_no_secret_and_no_body(partner: Partners, live_server: Server) -> None:
    marker = new_key()
    body = body_of("course.completed", marker)
    for slug in ("hsi", "careersafe", "milady", "bad-secret", "gone"):
        partner(slug).post(body, JSON | sign_standard(HSI, body) | {"X-Webhook-Secret": SECRETS["milady"]})
        partner(slug).post(body, JSON | {"X-Webhook-Secret": marker})
    partner("hsi").send(body + b"}")
    log = live_server.log()
    assert marker not in log
    assert not any(secret in log for secret in [*all_secrets(), SECRET_KEY])


def test_the_log_names_the_partners_whose_secret_cannot_be_used_at_start(live_server: Server) -> None:
    named = re.findall(r"WARNING handoff.serve: partner (\S+) (.*)", live_server.log())
    assert [slug for slug, _ in named] == ["bad-secret", "no-secret"]
    assert all("503" in told for _, told in named)


def test_no_secret_is_in_the_files_of_the_repository() -> None:
    published = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # the example of the Standard Webhooks specification
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        made = any(part.startswith((".", "__pycache__")) or part.endswith(".egg-info") for part in parts)
        if path.is_file() and not made:
            found = re.findall(rb"whsec_[A-Za-z0-9+/=]{24,}", path.read_bytes())
            assert [secret for secret in found if secret != published.encode()] == [], path


def all_secrets() -> list[str]:
    """Each secret that the server knows, and what it decodes from."""
    found = [secret for setting in SETTINGS.values() for secret in setting.split()]
    return found + [secret.removeprefix("whsec_") for secret in found]
