"""Telling a partner of a student: one message, one try, and what became of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from app.database.pools import Pools, taken
from app.logs import about, note
from app.settings import Settings
from app.worker.clock import Clock
from app.worker.outgoing.answers import read_answer
from app.worker.outgoing.faults import NotPosted, RefusedAddress
from app.worker.outgoing.post import Answer, post
from app.worker.outgoing.retry import retry_after
from app.worker.outgoing.signing import signed_headers

log = logging.getLogger("handoff.worker")

BEGIN = "select handoff.begin_sending(%s, %s)"
SETTLE = "select handoff.settle_message(%s, %s, %s, %s, %s, %s, %s)"
SETTLE_TRIES = 3
AGAIN = (408, 425, 429)  # the partner says that it may go well later
RENAMED = ("23503", "TH404")  # no partner has the slug that was read a moment before
HIGHEST = 599  # what is above means a fault of the server: RFC 9110, 15


class Message(NamedTuple):
    """A row of handoff.claimed_message."""

    message_id: UUID
    key: str
    lease_token: UUID
    partner_slug: str
    url: str
    body: str

    @classmethod
    def of(cls, rows: Iterable[tuple[Any, ...]]) -> list[Message]:
        """Each row as a message."""
        return [cls._make(row) for row in rows]


class Outcome(NamedTuple):
    """The arguments of handoff.settle_message behind message and lease."""

    result: str
    http_status: int | None = None
    detail: str | None = None
    retry_after: timedelta | None = None
    answer: str = "{}"


class Delivery:
    """How messages leave: with these settings, and connections of this pool."""

    def __init__(self, settings: Settings, pools: Pools, clock: Clock | None = None) -> None:
        self._settings = settings
        self._pools = pools
        self._clock = clock or Clock()

    def attempt(self, message: Message) -> None:
        """One try. When the database is away, the message is free again when its lease ends."""
        with about(message_id=message.message_id, partner=message.partner_slug):
            self._attempt(message)

    def _attempt(self, message: Message) -> None:
        try:
            if self._call(BEGIN, message.message_id, message.lease_token):
                self._settle(message, self._outcome(message))
        except Exception as fault:  # nobody waits for this thread: the log is the only place to tell
            log.warning("a message is left to its lease: %s", type(fault).__name__)

    def _outcome(self, message: Message) -> Outcome:
        body = message.body.encode()
        headers = signed_headers(self._settings, message.partner_slug, message.key, body, self._clock.now().timestamp())
        if headers is None:
            return Outcome("failed", detail="no outgoing secret is set for the partner")
        try:
            answer = post(message.url, body, headers, test_hosts=self._settings.outgoing_test_hosts)
        except RefusedAddress as fault:
            # What a name means may change; what an address is does not.
            result = "failed" if fault.reason == "not_public" else "refused"
            return Outcome(result, detail=f"the address is refused: {fault.reason}")
        except NotPosted as fault:
            return Outcome("unreachable", detail=fault.reason)
        return outcome_of(answer, self._clock.now())

    def _settle(self, message: Message, outcome: Outcome) -> None:
        for tries_left in reversed(range(SETTLE_TRIES)):
            try:
                status = self._call(SETTLE, message.message_id, message.lease_token, *outcome)
                note(status=status, http_status=outcome.http_status)
                log.info("a message was tried")
                return
            except psycopg.Error as fault:
                if not tries_left or not may_go_well(fault):
                    raise

    def _call(self, statement: str, *arguments: object) -> object:
        with taken(self._pools.get("worker")) as db:
            row = db.execute(statement.encode(), arguments).fetchone()
        return next(iter(row.values())) if row else None


def may_go_well(fault: psycopg.Error) -> bool:
    """Whether telling the database once more may go well: it was away, or the partner was just given another name."""
    if isinstance(fault, psycopg.OperationalError | psycopg.errors.ReadOnlySqlTransaction):
        return True
    return fault.sqlstate in RENAMED


def outcome_of(answer: Answer, now: datetime) -> Outcome:
    """What a partner's answer means for the message; `now`: when it came."""
    status = answer.status
    if answer.is_success:
        said = read_answer(answer.body)
        told = {
            "external_student_id": said.external_student_id,
            "external_enrollment_id": said.external_enrollment_id,
            "launch_url": said.launch_url,
        }
        left_out = f"left out of the answer: {', '.join(said.left_out)}" if said.left_out else None
        return Outcome("sent", status, left_out, None, json.dumps({k: v for k, v in told.items() if v is not None}))
    wait = retry_after(answer.headers, now)
    if status >= 500:
        return Outcome("unreachable", status if status <= HIGHEST else None, f"answered {status}", wait)
    if status in AGAIN:
        return Outcome("failed", status, f"answered {status}", wait)
    return Outcome("refused", status, f"answered {status}")
