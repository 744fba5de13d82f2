"""The signature check by itself in every scheme: secrets, and how they are compared. Also: test_signature_witnesses."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.webhooks import signatures
from app.webhooks.signatures import Refused, verify
from tests.webhooks.signed import BODY, NOW, OLD, SECRET, good, hmac_headers
from tests.world.partners import new_secret


@pytest.mark.parametrize("scheme", ["standard", "hmac-sha256", "shared-secret"])
def test_an_empty_secret_verifies_nothing(scheme: str) -> None:
    headers = hmac_headers("") | {"x-webhook-secret": ""} | good()
    with pytest.raises(ValueError, match=r"too short|base64"):
        verify(scheme, (SECRET, ""), headers, BODY, NOW)


def test_without_secrets_everything_is_refused() -> None:
    for scheme, headers in (
        ("standard", good()),
        ("hmac-sha256", {"x-webhook-signature": "sha256=" + "0" * 64}),
        ("shared-secret", {"x-webhook-secret": SECRET}),
    ):
        with pytest.raises(Refused):
            verify(scheme, (), headers, BODY, NOW)


@pytest.mark.parametrize("scheme", ["none", "", "hmac-sha512"])
def test_an_unknown_scheme_is_an_error_of_ours_and_never_a_pass(scheme: str) -> None:
    with pytest.raises(ValueError, match="scheme"):
        verify(scheme, (SECRET,), good(), BODY, NOW)


@pytest.mark.parametrize("scheme", ["standard", "hmac-sha256", "shared-secret"])
def test_a_secret_of_less_than_24_bytes_verifies_nothing(scheme: str) -> None:
    enough = base64.b64encode(b"k" * 24).decode() if scheme == "standard" else "k" * 24
    short = base64.b64encode(b"k" * 23).decode() if scheme == "standard" else "k" * 23
    assert signatures.fault_of(scheme, enough) is None
    for secrets in ((short,), (SECRET, short)):
        with pytest.raises(ValueError, match="too short"):
            verify(scheme, secrets, good(secret=SECRET), BODY, NOW)


@pytest.mark.parametrize("at", [NOW, NOW - 3600, 1, 999_999_999_999])
def test_who_signed_is_known_whenever_that_was(at: int) -> None:
    assert signatures.signed_with("standard", (SECRET, OLD), good(secret=OLD, at=at), BODY) == signatures.fingerprint(
        OLD
    )


def test_who_signed_is_not_known_without_the_secret() -> None:
    for scheme in ("standard", "hmac-sha256", "shared-secret"):
        headers = good() | hmac_headers(SECRET) | {"x-webhook-secret": SECRET}
        assert signatures.signed_with(scheme, (SECRET,), headers, BODY) == signatures.fingerprint(SECRET)
        assert signatures.signed_with(scheme, (OLD, "not base64"), headers, BODY) is None
        assert signatures.signed_with(scheme, (SECRET,), {}, BODY) is None
        assert signatures.signed_with(scheme, (), headers, BODY) is None


@pytest.mark.parametrize("scheme", ["standard", "hmac-sha256", "shared-secret"])
def test_every_secret_is_compared_in_constant_time_even_after_a_match(
    scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = good() | hmac_headers(SECRET) | {"x-webhook-secret": SECRET}
    compared = []

    def compare(a: bytes, b: bytes) -> bool:
        compared.append((a, b))
        return a == b

    monkeypatch.setattr(signatures.hmac, "compare_digest", compare)
    verify(scheme, (SECRET, OLD, new_secret()), headers, BODY, NOW)
    assert len(compared) == 3


@settings(deadline=None)
@given(st.binary(max_size=80), st.text(max_size=80), st.text(max_size=80), st.text(max_size=200))
def test_no_header_and_no_body_makes_anything_but_a_refusal(body: bytes, first: str, second: str, third: str) -> None:
    headers = {
        "webhook-id": first,
        "webhook-timestamp": second,
        "webhook-signature": f"v1,{third}",
        "x-webhook-signature": third,
        "x-webhook-secret": third,
    }
    for scheme in ("standard", "hmac-sha256", "shared-secret"):
        with pytest.raises(Refused):
            verify(scheme, (SECRET,), headers, body, NOW)


def test_a_fingerprint_names_a_secret_without_telling_it() -> None:
    told = signatures.fingerprint(SECRET)
    assert len(told) == 12
    assert told not in SECRET
    assert told != signatures.fingerprint(OLD)
