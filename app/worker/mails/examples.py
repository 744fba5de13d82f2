"""Made-up facts for every kind, by which an admin sees its words before anybody gets them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.worker.mails.writing import Written, write

MESSAGE = UUID("00000000-0000-4000-8000-000000000000")
STUDENT = "Jane Example"
STEP: dict[str, Any] = {
    "program": "Medical Assistant",
    "partner": "Health & Safety Institute",
    "step": 2,
    "steps": 3,
    "launch_url": "https://partner.example/start",
    "support": "help@partner.example",
}
CERTIFICATE: dict[str, Any] = {
    "program": "Medical Assistant",
    "certificate": "0000-0000-0000-0000-0",
    "issued_at": "2026-03-02T15:00:00+00:00",
}
LINES: list[dict[str, Any]] = [
    {
        "title": "John Example has been in a step for 21 days",
        "text": "Medical Assistant, step 2",
        "url": "/admin/dashboard",
    },
    {"title": "3 events wait for a person", "url": "/admin/events"},
]
FACTS: dict[str, list[dict[str, Any]]] = {
    "sign_in_link": [{}],
    "enrolled": [STEP | {"step": 1}, {"program": "Medical Assistant", "awaits_approval": True}],
    "approved": [STEP | {"step": 1}],
    "step_ready": [STEP, {name: fact for name, fact in STEP.items() if name != "launch_url"}],
    "not_passed": [STEP, STEP | {"failed": True}],
    "on_hold": [{"program": "Medical Assistant"}],
    "resumed": [STEP, {"program": "Medical Assistant"}],
    "withdrawn": [{"program": "Medical Assistant"}],
    "taken_back": [STEP, STEP | {"refused": True}, {"program": "Medical Assistant", "enrollment": "on_hold"}],
    "certificate_issued": [CERTIFICATE],
    "certificate_reissued": [CERTIFICATE],
    "certificate_revoked": [CERTIFICATE],
    "reminder": [STEP],
    "digest": [{"lines": LINES}],
    "alert": [{"lines": LINES[:1]}],
}


def examples(kind: str, school: str | None, time_zone: str, base_url: str) -> list[Written]:
    """The mail of this kind for somebody made up, in each of its forms."""
    common: dict[str, Any] = {"now": "2026-03-02T15:00:00+00:00", "school": school, "time_zone": time_zone}
    return [write(kind, MESSAGE, STUDENT, common | facts, base_url) for facts in FACTS[kind]]
