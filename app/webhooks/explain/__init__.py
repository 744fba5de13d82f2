"""Why a delivery is refused: which of secret, body, timestamp or id is wrong, found by trying the usual mistakes.

No text of a finding quotes a secret or a header: a secret may stand in it by mistake.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from app.partner_secrets import fault_of
from app.webhooks.explain.findings import Finding
from app.webhooks.explain.headers import Headers, header_findings
from app.webhooks.explain.variants import BODY, Variant, bodies, contents, digests, keys
from app.webhooks.signatures import TOLERANCE_SECONDS, Refused, Verified, verify

NEARBY_SECONDS = 3600


class Known(NamedTuple):
    """The secrets that could have been used: the partner's, its retired ones, and those of others by their slug."""

    current: Sequence[str]
    retired: Sequence[str] = ()
    others: Sequence[tuple[str, str]] = ()


class Explained(NamedTuple):
    """`verified`: as what the delivery is accepted; None: the answer is 401 `code`, and the findings say why."""

    verified: Verified | None
    code: str
    findings: list[Finding]


def explain(scheme: str, known: Known, given: Sequence[tuple[str, str]], body: bytes, now: float) -> Explained:
    """Explains a delivery: its headers in order, its raw body, and when it was received, in seconds since 1970."""
    headers = Headers(given)
    if scheme == "standard":
        headers = headers.as_standard()
    for secret in known.current:
        if fault := fault_of(scheme, secret):
            return Explained(None, "not_configured", [Finding("secret", "secret_unusable", f"our own secret {fault}")])
    if not known.current:
        return Explained(None, "not_configured", [Finding("secret", "secret_missing", "we have none of this partner")])
    try:
        return Explained(verify(scheme, known.current, headers.joined, body, now), "", [])
    except Refused as refused:
        code = refused.code
    found = header_findings(scheme, headers)
    headers = headers.once()
    if code in ("stale_timestamp", "future_timestamp"):
        return Explained(None, code, [_clock(headers, now)])
    if any(finding.code == "missing_header" for finding in found):
        return Explained(None, code, found)
    if scheme == "shared-secret":
        return Explained(None, code, found + _shared(known, headers))
    return Explained(None, code, _unique(found + _signed(scheme, known, headers, body, now)))


def _signed(scheme: str, known: Known, headers: Headers, body: bytes, now: float) -> list[Finding]:
    """The mistakes that together make one of the signatures right."""
    given = digests(scheme, headers)
    if not given:
        return [
            Finding("signature", "signature_unreadable", "no signature in it has the form that the scheme asks for")
        ]
    # The right ones come first in each list, so the first that fits is the simplest explanation.
    tried = product(
        keys(scheme, known.current, known.retired, known.others), contents(scheme, headers, body), bodies(body)
    )
    for key, content, variant in tried:
        expected = hmac.digest(key.value, content.value.replace(BODY, variant.value), "sha256")
        for digest in given:
            if hmac.compare_digest(expected, digest.value):
                return [part.finding for part in (digest, key, content, variant) if part.finding]
    return _other_time(known, headers, body, now, given) or [_nothing(body)]


def _other_time(known: Known, headers: Headers, body: bytes, now: float, given: Sequence[Variant]) -> list[Finding]:
    """Whether the signature is right with another timestamp than the one that was sent."""
    webhook_id, sent = headers.one("webhook-id"), headers.one("webhook-timestamp")
    if not sent.isdecimal() or not sent.isascii() or len(sent) > 12:
        return []
    near = {base + away for base in (int(sent), int(now)) for away in range(-NEARBY_SECONDS, NEARBY_SECONDS + 1)}
    for key in keys("standard", known.current, (), ())[: len(known.current)]:
        for second in sorted(near, key=lambda at: abs(at - int(sent))):
            message = f"{webhook_id}.{second}.".encode("latin-1", "replace") + body
            if any(hmac.compare_digest(hmac.digest(key.value, message, "sha256"), one.value) for one in given):
                away = int(sent) - second
                told = f"what was signed is {abs(away)} seconds {'before' if away > 0 else 'after'} what was sent"
                return [Finding("timestamp", "timestamp_not_signed", f"{told}: sign and send the same number")]
    return []


def _shared(known: Known, headers: Headers) -> list[Finding]:
    # What is put around it is named by header_findings; what else is wrong shows without it.
    sent = re.sub(r"^(bearer|basic)\s+", "", headers.one("x-webhook-secret"), flags=re.IGNORECASE).strip("\"'")
    for variant in keys("shared-secret", known.current, known.retired, known.others):
        if hmac.compare_digest(variant.value, sent.encode("latin-1", "replace")):
            return [variant.finding] if variant.finding else []
    return [Finding("secret", "no_match", "it is not one that we know, nor a usual misspelling of one")]


def _clock(headers: Headers, now: float) -> Finding:
    away = int(headers.one("webhook-timestamp")) - int(now)
    hours = abs(away) // 3600
    told = f"the signature is right, but its time is {abs(away)} seconds {'ahead of' if away > 0 else 'behind'} ours"
    if hours and min(abs(away) % 3600, -abs(away) % 3600) <= TOLERANCE_SECONDS:
        told += ", about whole hours: local time was taken for UTC"
    elif away < 0:
        told += ": a retry must be signed anew, or the sender's clock is slow"
    return Finding("timestamp", "stale_timestamp" if away < 0 else "future_timestamp", told)


def _nothing(body: bytes) -> Finding:
    return Finding(
        "secret",
        "no_match",
        "no secret that we know made this signature over this body, nor over a usual variation of it. Compare with the"
        f" sender: the body we have is of {len(body)} bytes, SHA-256 {hashlib.sha256(body).hexdigest()}",
    )


def _unique(findings: list[Finding]) -> list[Finding]:
    return list({finding.code: finding for finding in findings}.values())
