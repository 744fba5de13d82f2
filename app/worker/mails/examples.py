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
    "instructions": "Use the address to which this mail came.",
    "hint": 'Choose "New student" on their page.',
}
CERTIFICATE: dict[str, Any] = {
    "program": "Medical Assistant",
    "certificate": "0000-0000-0000-0000-0",
    "issued_at": "2026-03-02T15:00:00+00:00",
}
ALERTS: list[dict[str, Any]] = [
    {
        "kind": "delivery_failing",
        "about": "unreachable",
        "partner": "Health & Safety Institute",
        "numbers": {"messages": 12},
    },
    {
        "kind": "stuck_student",
        "about": None,
        "partner": "Health & Safety Institute",
        "numbers": {"days": 21, "limit_days": 7},
    },
    {"kind": "events_waiting", "about": "parked", "partner": "Certiport", "numbers": {"events": 3}},
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
    "digest": [{"alerts": ALERTS[1:]}, {"alerts": ALERTS[1:], "more": 4}],
    "alert": [{"alerts": ALERTS[:1]}],
}


def examples(kind: str, school: str | None, time_zone: str, base_url: str) -> list[Written]:
    """The mail of this kind for somebody made up, in each of its forms."""
    common: dict[str, Any] = {"now": "2026-03-02T15:00:00+00:00", "school": school, "time_zone": time_zone}
    return [write(kind, MESSAGE, STUDENT, common | facts, base_url) for facts in FACTS[kind]]
