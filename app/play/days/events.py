"""What partners send in a simulation: most of it straight into the function behind the webhook, some over HTTP."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from app.operate.worker_watch import LOOK
from app.play.days.database import Connection
from app.play.days.deeds import Deed, Student
from app.play.simulation.sender import Answer, Patience, Sender
from app.webhooks.answers import MAX_BYTES
from app.webhooks.signatures import sign

STARTED, MODULE, COMPLETED, ISSUED = "course.started", "module.completed", "course.completed", "certificate.issued"
EVENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "start": (STARTED, {}),
    "progress": (MODULE, {"module_id": "one"}),
    "completion": (COMPLETED, {"course_id": "all of it", "passed": True}),
    "failure": (COMPLETED, {"course_id": "all of it", "passed": False}),
    "evidence": (ISSUED, {}),
    "credit": (COMPLETED, {"course_id": "all of it", "passed": True}),
}  # fmt: skip
JSON, XML = "application/json", "application/xml"
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


def refused(deed: Deed) -> Event:
    """One that is refused before it is read: it is too large, or says to be of another type."""
    size = MAX_BYTES if deed.what == "oversized" else 0
    return Event(deed.partner, deed.key, json.dumps({"event": COMPLETED, "text": "x" * size}).encode())


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
            return self.post(event)
        row = self._webhook.execute(RECEIVE, [event.slug, event.key, event.body]).fetchone()
        return f"{row['status']}:{row['reason']}" if row else "nothing"

    def sees_silence(self) -> bool:
        """What the web process asks again and again: whether no worker has looked for a while."""
        row = self._visitor.execute(LOOK).fetchone()
        return bool(row and row["since"])

    def count_strangers(self, slug: str, times: int) -> None:
        """So many deliveries in a partner's name were not signed by it."""
        self._visitor.execute("select handoff.count_refusals(%s, 'bad_signature', %s)", [slug, times])

    def post(self, event: Event, media_type: str = JSON) -> str:
        """By the web server, whatever the share; the outcome as send() gives it."""

        def signed() -> dict[str, str]:
            signature = sign("standard", self._secrets[event.slug], event.key, int(time.time()), event.body)
            return {**signature, "Content-Type": media_type}

        self.by_http += 1
        answer: Answer | None = self._sender.send(event.slug, event.body, signed, lambda _: None)
        if answer is None or answer.status not in (200, 202):
            return f"answered {answer.status if answer else 'nothing'}"
        told = json.loads(answer.body)
        return f"{told['status']}:{told['reason']}"
