"""Telling the operator's own address of what is severe: a JSON object whose `text` a chat shows as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from app.alert_words import in_one_line, said
from app.worker.delivery import Delivery, Message, Outcome, outcome_of
from app.worker.outgoing.faults import NotPosted
from app.worker.outgoing.post import Answer, post
from app.worker.outgoing.target import USUAL

CLAIM = "select * from handoff.claim_alert_webhooks(make_interval(secs => %s))"
TOLD = ("kind", "subject", "severity", "opened_at", "closed_at", "numbers")


class AlertDelivery(Delivery):
    """How messages about alerts leave, to ALERT_WEBHOOK_URL alone."""

    def _outcome(self, message: Message) -> Outcome:
        if self._settings.alert_webhook_url is None:
            return Outcome("refused", detail="ALERT_WEBHOOK_URL is not set any more")
        body = alert_body(json.loads(message.body), self._settings.base_url)
        try:
            answer = post_alert(self._settings.alert_webhook_url, message.key, body)
            return outcome_of(answer, self._clock.now())
        except NotPosted as fault:
            return Outcome("unreachable", detail=fault.reason)


def alert_body(alert: Mapping[str, Any], base_url: str) -> dict[str, Any]:
    """What is told of an alert: an entry of handoff_private.alert_facts(), in words, codes and numbers."""
    is_over = alert.get("closed_at") is not None
    text = f"Over: {said(alert).title}." if is_over else in_one_line(alert)
    return {"text": text} | {name: alert.get(name) for name in TOLD} | {"url": base_url + said(alert).path}


def post_alert(url: str, key: str, body: Mapping[str, Any]) -> Answer:
    """Posts it, wherever the operator's address leads. `key`: by which a repeat is known. Raises NotPosted."""
    address = urlsplit(url)
    host = address.netloc.rpartition(":")[0] if address.port else address.netloc
    trusted = frozenset({f"{host.lower()}:{address.port or USUAL[address.scheme]}"})
    return post(url, json.dumps(body).encode(), {"webhook-id": key}, test_hosts=trusted)
