"""Is this delivery from the partner? Strict, over the raw bytes, every secret tried, in constant time.

The three schemes are those of partners.signature_scheme; docs/partners/webhooks.md says what a partner sends.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.partner_secrets import fault_of, fingerprint, standard_key

TOLERANCE_SECONDS = 300
# A comma would be a header sent twice; a dot would blur where the id ends in what is signed.
WEBHOOK_ID = re.compile(r"[!-+\-/-~]{1,255}")
TIMESTAMP = re.compile(r"[1-9][0-9]{0,11}")
STANDARD = ("webhook-id", "webhook-timestamp", "webhook-signature")
SVIX = {name.replace("webhook-", "svix-"): name for name in STANDARD}


class Refused(Exception):
    """Not authentic, or not fresh. `code` and `header` (its name, when one is wrong) are for the answer; no secret."""

    def __init__(self, code: str, header: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.header = header


class Verified(NamedTuple):
    """What an authentic delivery is known by: its event key, and the fingerprint of the secret that verified it."""

    key: str
    secret: str


def verify(scheme: str, secrets: Sequence[str], headers: Mapping[str, str], body: bytes, now: float) -> Verified:
    """Checks a delivery by a scheme; `headers` by name in lower case, `now` in seconds since 1970.

    Raises Refused, or ValueError when it can't be checked for a reason of ours.
    """
    if scheme not in SCHEMES:
        raise ValueError(f"there is no signature scheme {scheme}")
    for secret in secrets:
        if fault := fault_of(scheme, secret):
            raise ValueError(f"a secret {fault}")
    return SCHEMES[scheme](secrets, headers, body, now)


def signed_with(scheme: str, secrets: Sequence[str], headers: Mapping[str, str], body: bytes) -> str | None:
    """The fingerprint of the one of these secrets that signed a delivery, whenever that was; None when none did."""
    for secret in secrets:
        try:
            return SCHEMES[scheme]([secret], headers, body, 0.0).secret
        except Refused as refused:
            if refused.code == "future_timestamp":  # rightly signed: any time is ahead of 1970
                return fingerprint(secret)
        except ValueError:
            continue
    return None


def sign(scheme: str, secret: str, key: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers of a delivery; key and timestamp (seconds since 1970) count in `standard` only.

    Raises ValueError when the secret can't be used.
    """
    if scheme == "hmac-sha256":
        return {"X-Webhook-Signature": f"sha256={_hmac(secret.encode(), body).hex()}"}
    if scheme == "shared-secret":
        return {"X-Webhook-Secret": secret}
    signature = sign_standard(secret, key, timestamp, body)
    return {"webhook-id": key, "webhook-timestamp": str(timestamp), "webhook-signature": signature}


def standard_headers(headers: Mapping[str, str]) -> Mapping[str, str]:
    """The same, with svix-* headers under the names of STANDARD when there are none of those."""
    if any(name in headers for name in STANDARD):
        return headers
    return {SVIX.get(name, name): text for name, text in headers.items()}


def event_key(scheme: str, webhook_id: str, body: bytes) -> str:
    """What a delivery is known by: the sender's id where it is signed, else the body's hash."""
    return webhook_id if scheme == "standard" else hashlib.sha256(body).hexdigest()


def sign_standard(secret: str, webhook_id: str, timestamp: int, body: bytes) -> str:
    """The value of webhook-signature for a delivery."""
    digest = _hmac(standard_key(secret), f"{webhook_id}.{timestamp}.".encode() + body)
    return "v1," + base64.b64encode(digest).decode()


def _standard(secrets: Sequence[str], headers: Mapping[str, str], body: bytes, now: float) -> Verified:
    headers = standard_headers(headers)
    webhook_id = _header(headers, "webhook-id")
    timestamp = _header(headers, "webhook-timestamp")
    signatures = _header(headers, "webhook-signature")
    if not WEBHOOK_ID.fullmatch(webhook_id):
        raise Refused("malformed_header", "webhook-id")
    if not TIMESTAMP.fullmatch(timestamp):
        raise Refused("malformed_header", "webhook-timestamp")
    given = [_decoded(token[3:]) for token in signatures.split(" ") if token.startswith("v1,")]
    signed = f"{webhook_id}.{timestamp}.".encode() + body
    secret = _matching(secrets, [(standard_key(secret), signed) for secret in secrets], given)
    # Only an authentic sender learns that its clock is off.
    if int(timestamp) < now - TOLERANCE_SECONDS:
        raise Refused("stale_timestamp")
    if int(timestamp) > now + TOLERANCE_SECONDS:
        raise Refused("future_timestamp")
    return Verified(webhook_id, fingerprint(secret))


def _hmac_sha256(secrets: Sequence[str], headers: Mapping[str, str], body: bytes, now: float) -> Verified:
    signature = _header(headers, "x-webhook-signature")
    match = re.fullmatch(r"sha256=([0-9a-fA-F]{64})", signature)
    given = [bytes.fromhex(match[1])] if match else []
    secret = _matching(secrets, [(secret.encode(), body) for secret in secrets], given)
    return Verified(event_key("hmac-sha256", "", body), fingerprint(secret))


def _shared_secret(secrets: Sequence[str], headers: Mapping[str, str], body: bytes, now: float) -> Verified:
    # Compared as digests, so that not even the length of the secret shows in the time.
    given = [_hmac(b"shared", _header(headers, "x-webhook-secret").encode("latin-1", "replace"))]
    secret = _matching(secrets, [(b"shared", secret.encode()) for secret in secrets], given)
    return Verified(event_key("shared-secret", "", body), fingerprint(secret))


SCHEMES = {"standard": _standard, "hmac-sha256": _hmac_sha256, "shared-secret": _shared_secret}


def _header(headers: Mapping[str, str], name: str) -> str:
    value = headers.get(name, "")
    if not value.strip():
        raise Refused("missing_header", name)
    return value


def _hmac(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _matching(secrets: Sequence[str], signed: Sequence[tuple[bytes, bytes]], given: Sequence[bytes]) -> str:
    """The secret under which one of the signatures is right. No early exit: the time tells nothing."""
    found = None
    for secret, (key, message) in zip(secrets, signed, strict=True):
        expected = _hmac(key, message)
        for signature in given:
            if hmac.compare_digest(expected, signature):
                found = secret
    if found is None:
        raise Refused("bad_signature")
    return found
