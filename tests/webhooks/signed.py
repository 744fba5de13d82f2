"""Deliveries that are signed as they should be, and the check of one by itself."""

from __future__ import annotations

import pytest

from app.webhooks.signatures import Refused, Verified, verify
from tests.world.partners import new_secret, sign_hmac_sha256, sign_standard

NOW = 1_700_000_000
SECRET = new_secret()
OLD = new_secret()
TEXT_SECRET = "a-plain-text-secret-long-enough"
BODY = b'{"event":"course.completed","student_id":"s-1"}'


def check(
    headers: dict[str, str], body: bytes = BODY, now: float = NOW, secrets: tuple[str, ...] = (SECRET,)
) -> Verified:
    """A delivery in the scheme standard."""
    return verify("standard", secrets, headers, body, now)


def refusal(scheme: str, headers: dict[str, str], *secrets: str, body: bytes = BODY, now: float = NOW) -> str:
    """The code of a delivery that must be refused."""
    with pytest.raises(Refused) as refused:
        verify(scheme, secrets or (SECRET,), headers, body, now)
    return refused.value.code


def good(body: bytes = BODY, at: float = NOW, secret: str = SECRET, key: str = "msg_1") -> dict[str, str]:
    """The three headers of a good delivery."""
    return sign_standard(secret, body, key, at)


def hmac_headers(secret: str = TEXT_SECRET, body: bytes = BODY) -> dict[str, str]:
    """The header of a good delivery, its name in lower case as a case-blind mapping would find it."""
    return {name.lower(): value for name, value in sign_hmac_sha256(secret, body).items()}
