"""What partners send in a simulation: most of it straight into the function behind the webhook, some over HTTP."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from app.play.days.database import Connection
from app.play.days.deeds import Deed, Student
from app.play.simulation.sender import Answer, Patience, Sender
from app.webhooks.signatures import sign

STARTED, MODULE, COMPLETED, ISSUED = "course.started", "module.completed", "course.completed", "certificate.issued"
EVENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "start": (STARTED, {}),
    "progress": (MODULE, {"module_id": "one"}),
    "completion": (COMPLETED, {"course_id": "all of it", "passed": True}),
    "failure": (COMPLETED, {"course_id": "all of it", "passed": False}),
    "evidence": (ISSUED, {}),
}  # fmt: skip
PATIENCE = Patience(1, 60)
RECEIVE = "select (e).status, (e).reason from handoff.receive_partner_event(%s, %s, %s) as e"


class Event(NamedTuple):
    """What is sent: to which partner's address, under which key."""

    slug: str
    key: str
    body: bytes


def nonsense(deed: Deed) -> Event:
    """An event that names no student."""
    return Event(deed.partner, deed.key, json.dumps({"event": COMPLETED, "number": deed.key}).encode())


def event_of(student: Student, deed: Deed, profile: UUID, began: datetime) -> Event:
    """The event of a deed, with the time at which it was to happen."""
    slug = deed.partner
    name, fields = EVENTS[deed.what]
    body: dict[str, Any] = {
        "event": name,
        "student_id": str(profile) if student.accounts == "ours" else student.account(slug),
        **fields,
        "completed_at": (began + timedelta(hours=deed.happened)).isoformat(timespec="milliseconds"),
    }
    return Event(slug, deed.key, json.dumps(body).encode())


class Wire:
    """The way in for partners, for one thread: the function behind the webhook, and for a `share` of all events the
    web server at `url`. `visitor`: the connection by which the web server counts what it refuses."""

    def __init__(
        self,
        webhook: Connection,
        visitor: Connection,
        url: str,
        secrets: Mapping[str, str],
        share: float,
        rng: random.Random,
    ) -> None:
        self._webhook, self._visitor = webhook, visitor
        self._secrets, self._share, self._rng = secrets, share, rng
        self._sender = Sender(url, PATIENCE)
        self.by_http = 0

    def send(self, event: Event) -> str:
        """The outcome as status:reason, or what else was answered."""
        if self._rng.random() < self._share:
            return self._post(event)
        row = self._webhook.execute(RECEIVE, [event.slug, event.key, event.body]).fetchone()
        return f"{row['status']}:{row['reason']}" if row else "nothing"

    def count_strangers(self, slug: str, times: int) -> None:
        """So many deliveries in a partner's name were not signed by it."""
        self._visitor.execute("select handoff.count_refusals(%s, 'bad_signature', %s)", [slug, times])

    def _post(self, event: Event) -> str:
        def signed() -> dict[str, str]:
            return sign("standard", self._secrets[event.slug], event.key, int(time.time()), event.body)

        self.by_http += 1
        answer: Answer | None = self._sender.send(event.slug, event.body, signed, lambda _: None)
        if answer is None or answer.status not in (200, 202):
            return f"answered {answer.status if answer else 'nothing'}"
        told = json.loads(answer.body)
        return f"{told['status']}:{told['reason']}"
