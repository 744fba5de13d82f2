"""What makes a partner's webhook secret usable, and how it is named without being told."""

from __future__ import annotations

import base64
import binascii
import hashlib

PREFIX = "whsec_"
SECRET_BYTES = 24  # at least: what Standard Webhooks asks for


def standard_key(secret: str) -> bytes:
    """The key of a Standard Webhooks secret: base64, with or without whsec_. Raises ValueError."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not key:
        raise ValueError("a standard secret is base64, with or without whsec_ before it")
    return key


def fault_of(scheme: str, secret: str) -> str | None:
    """Why a secret can't be used in a scheme, to be read after "a secret"; None when it can."""
    try:
        key = standard_key(secret) if scheme == "standard" else secret.encode()
    except ValueError:
        return "is not base64"
    return None if len(key) >= SECRET_BYTES else f"is too short: it must have at least {SECRET_BYTES} bytes"


def fingerprint(secret: str) -> str:
    """Names a secret without telling it: 12 hex digits."""
    return hashlib.sha256(b"handoff secret " + secret.encode()).hexdigest()[:12]


def bare(secret: str) -> str:
    """A secret without whsec_, to compare it with others: the key is the same."""
    return secret.removeprefix(PREFIX)
