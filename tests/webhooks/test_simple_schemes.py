"""The two simpler schemes by themselves: X-Webhook-Signature over the body, and X-Webhook-Secret."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from app.webhooks import signatures
from app.webhooks.signatures import Verified, verify
from tests.webhooks.signed import BODY, NOW, OLD, SECRET, TEXT_SECRET, hmac_headers, refusal

# X-Webhook-Signature


def test_hmac_sha256_takes_the_secret_as_text_and_the_bodys_hash_as_the_key() -> None:
    verified = verify("hmac-sha256", (OLD, TEXT_SECRET), hmac_headers(), BODY, NOW)
    assert verified == Verified(hashlib.sha256(BODY).hexdigest(), signatures.fingerprint(TEXT_SECRET))


def test_hmac_sha256_does_not_decode_a_secret_that_looks_like_base64() -> None:
    assert verify("hmac-sha256", (SECRET,), hmac_headers(SECRET), BODY, NOW)
    decoded = hmac.new(base64.b64decode(SECRET[6:]), BODY, hashlib.sha256).hexdigest()
    assert refusal("hmac-sha256", {"x-webhook-signature": f"sha256={decoded}"}) == "bad_signature"


def test_hexadecimal_digits_may_be_upper_case() -> None:
    digits = hmac_headers()["x-webhook-signature"].removeprefix("sha256=").upper()
    assert verify("hmac-sha256", (TEXT_SECRET,), {"x-webhook-signature": f"sha256={digits}"}, BODY, NOW)


@pytest.mark.parametrize(
    "value",
    [
        "{good}",
        "SHA256={good}",
        "sha256= {good}",
        "sha256={good} ",
        "sha256={good}00",
        "sha256={short}",
        "sha512={good}",
        "sha256=",
    ],
)
def test_anything_but_sha256_and_64_digits_is_refused(value: str) -> None:
    text = hmac_headers()["x-webhook-signature"].removeprefix("sha256=")
    headers = {"x-webhook-signature": value.format(good=text, short=text[:-2])}
    assert refusal("hmac-sha256", headers, TEXT_SECRET) == "bad_signature"


@pytest.mark.parametrize("headers", [{}, {"x-webhook-signature": ""}, {"x-webhook-signature": "  "}])
def test_hmac_sha256_needs_its_header(headers: dict[str, str]) -> None:
    assert refusal("hmac-sha256", headers) == "missing_header"


def test_hmac_sha256_of_another_body_is_refused() -> None:
    assert refusal("hmac-sha256", hmac_headers(), TEXT_SECRET, body=BODY + b"\n") == "bad_signature"


# X-Webhook-Secret


def test_shared_secret_is_the_secret_itself_and_the_bodys_hash_the_key() -> None:
    verified = verify("shared-secret", (OLD, SECRET), {"x-webhook-secret": SECRET}, BODY, NOW)
    assert verified == Verified(hashlib.sha256(BODY).hexdigest(), signatures.fingerprint(SECRET))


@pytest.mark.parametrize(
    "value", [SECRET[:-1], SECRET + "x", SECRET.upper(), SECRET.removeprefix("whsec_"), "x", "é", "日本"]
)
def test_another_secret_is_refused(value: str) -> None:
    assert refusal("shared-secret", {"x-webhook-secret": value}) == "bad_signature"


@pytest.mark.parametrize("headers", [{}, {"x-webhook-secret": ""}, {"x-webhook-secret": "  "}])
def test_shared_secret_needs_its_header(headers: dict[str, str]) -> None:
    assert refusal("shared-secret", headers) == "missing_header"
