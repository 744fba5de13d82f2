"""Our signature check beside three independent libraries: what they sign we let in, and what we let in they let in."""

from __future__ import annotations

import base64
import time
from datetime import UTC, datetime
from typing import Any

import pytest
import standardwebhooks
import svix.webhooks
from hypothesis import given, settings
from hypothesis import strategies as st
from stripe import SignatureVerificationError, WebhookSignature

from app.webhooks import signatures
from app.webhooks.signatures import Refused
from tests.world.partners import new_secret

LIBRARIES = [standardwebhooks.Webhook, svix.webhooks.Webhook]
REFUSALS = (standardwebhooks.WebhookVerificationError, svix.webhooks.WebhookVerificationError)
NOW = 1_700_000_000
SECRET = new_secret()
NAMES = ("webhook-id", "webhook-timestamp", "webhook-signature")
PUT_IN = ["", ".", ",", " ", "0", "v1,", "=", "\u0661", "\n"]

ids = st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)
keys = st.binary(min_size=24, max_size=64)
texts = st.text("abcdefghijklmnopqrstuvwxyz0123456789-_+=/", min_size=24, max_size=64)
bodies = st.text(max_size=300)


def lets_in(scheme: str, secret: str, headers: dict[str, str], body: str, now: float) -> bool:
    """Whether we do."""
    try:
        signatures.verify(scheme, (secret,), headers, body.encode(), now)
    except Refused:
        return False
    return True


def spoiled(data: Any, text: str) -> str:
    """The text with one place of it changed, or not at all."""
    at = data.draw(st.integers(0, len(text)))
    return text[:at] + data.draw(st.sampled_from(PUT_IN)) + text[at + 1 :]


@pytest.mark.parametrize("library", LIBRARIES)
@settings(deadline=None)
@given(key=keys, webhook_id=ids, body=bodies, prefix=st.sampled_from(["", "whsec_"]))
def test_standard_signs_as_the_library_does(library: Any, key: bytes, webhook_id: str, body: str, prefix: str) -> None:
    secret = prefix + base64.b64encode(key).decode()
    signature = library(secret).sign(webhook_id, datetime.fromtimestamp(NOW, UTC), body)
    headers = dict(zip(NAMES, (webhook_id, str(NOW), signature), strict=True))
    assert lets_in("standard", secret, headers, body, NOW)
    assert signatures.sign_standard(secret, webhook_id, NOW, body.encode()) == signature


@pytest.mark.parametrize("library", LIBRARIES)
@settings(deadline=None)
@given(data=st.data())
def test_standard_lets_in_nothing_that_the_library_refuses(library: Any, data: Any) -> None:
    body, now = data.draw(bodies), time.time()
    at = int(now) + data.draw(st.integers(-400, 400))
    headers = signatures.sign("standard", SECRET, data.draw(ids), at, body.encode())
    name = data.draw(st.sampled_from([*headers, "body"]))
    if name == "body":
        body = spoiled(data, body)
    else:
        headers[name] = spoiled(data, headers[name])
    if lets_in("standard", SECRET, headers, body, now):
        try:
            library(SECRET).verify(body, headers)
        except REFUSALS:
            pytest.fail(f"let in what the library refuses: {headers} {body!r}")
        except ValueError:
            pass  # it reads the signed body as JSON, which we leave for later


@settings(deadline=None)
@given(secret=texts, body=bodies)
def test_hmac_sha256_signs_as_stripe_does(secret: str, body: str) -> None:
    theirs = WebhookSignature.generate_signature_header(body, secret, NOW)
    # They sign the time and the body; for us both are body.
    ours = signatures.sign("hmac-sha256", secret, "", NOW, f"{NOW}.{body}".encode())["X-Webhook-Signature"]
    assert theirs == f"t={NOW},v1={ours.removeprefix('sha256=')}"
    headers = {"x-webhook-signature": "sha256=" + theirs.split("v1=")[1]}
    assert lets_in("hmac-sha256", secret, headers, f"{NOW}.{body}", NOW)


@settings(deadline=None)
@given(data=st.data())
def test_hmac_sha256_lets_in_nothing_that_stripe_refuses(data: Any) -> None:
    secret, body = data.draw(texts), data.draw(bodies)
    signature = signatures.sign("hmac-sha256", secret, "", NOW, f"{NOW}.{body}".encode())["X-Webhook-Signature"]
    signature, body = spoiled(data, signature.removeprefix("sha256=")), spoiled(data, body)
    if lets_in("hmac-sha256", secret, {"x-webhook-signature": f"sha256={signature}"}, f"{NOW}.{body}", NOW):
        try:
            WebhookSignature.verify_header(body, f"t={NOW},v1={signature.lower()}", secret)
        except SignatureVerificationError:
            pytest.fail(f"let in what the library refuses: {signature} {body!r}")
