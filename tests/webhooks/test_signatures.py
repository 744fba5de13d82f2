"""The signature check by itself: the published vector and every strict case. See also test_signature_witnesses."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.webhooks import signatures
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


def with_timestamp(text: str) -> dict[str, str]:
    """A delivery that is rightly signed over a timestamp written like this."""
    digest = hmac.new(base64.b64decode(SECRET[6:]), f"msg_1.{text}.".encode() + BODY, hashlib.sha256).digest()
    signature = "v1," + base64.b64encode(digest).decode()
    return {"webhook-id": "msg_1", "webhook-timestamp": text, "webhook-signature": signature}


# Standard Webhooks


def test_the_vector_of_the_specification_verifies() -> None:
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    headers = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    assert check(headers, body, 1614265330, (secret,)).key == headers["webhook-id"]
    assert signatures.sign_standard(secret, headers["webhook-id"], 1614265330, body) == headers["webhook-signature"]


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
@pytest.mark.parametrize("value", [None, "", " ", "\t "])
def test_each_of_the_three_headers_is_needed(name: str, value: str | None) -> None:
    headers = good()
    headers.pop(name) if value is None else headers.update({name: value})
    assert refusal("standard", headers) == "missing_header"


@pytest.mark.parametrize(
    "text",
    [
        "1700000000.9",
        "1700_000000",
        " 1700000000",
        "1700000000 ",
        "+1700000000",
        "-1",
        "01700000000",
        "1.7e9",
        "0x6553f100",
        "\u0661\u0667" + "\u0660" * 8,
        "\uff11\uff17" + "\uff10" * 8,
        "1700000000\n",
        "1700000000,1700000000",
        "9" * 400,
        "nan",
        "inf",
    ],
)
def test_a_timestamp_is_plain_digits_even_when_it_is_rightly_signed(text: str) -> None:
    assert refusal("standard", with_timestamp(text)) == "malformed_header"


@pytest.mark.parametrize("key", ["a.b", "a,b", "a b", " a", "a ", "é", "a\x00b", "a\x7fb", "x" * 256, "msg_1, msg_1"])
def test_an_id_is_printable_ascii_without_space_comma_or_dot(key: str) -> None:
    assert refusal("standard", good(key=key)) == "malformed_header"


@pytest.mark.parametrize("key", ["m", "x" * 255, "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W", "0190-a/b:c;d=e+f~!#"])
def test_other_ids_are_taken_as_they_are(key: str) -> None:
    assert check(good(key=key)).key == key


@pytest.mark.parametrize(
    "signature",
    [
        "{good}",
        "v1,{good},",
        "v1,,{good}",
        "v1,{good}=",
        "v1, {good}",
        "v1{good}",
        "V1,{good}",
        "v2,{good}",
        "v1a,{good}",
        "v11,{good}",
        "v1,{unpadded}",
        "v1,{urlsafe}",
        "v1,{hex}",
        "v1,{half}",
        "v1,",
        ",",
        "v1",
        "v1,%%%%",
        "v1,été",
        "v1,{good}\n",
        "sha256={hex}",
    ],
)
def test_anything_but_a_v1_signature_in_base64_is_refused(signature: str) -> None:
    headers = with_timestamp(str(NOW))
    text = headers["webhook-signature"].removeprefix("v1,")
    digest = base64.b64decode(text)
    # A digest whose base64 differs in the URL-safe alphabet.
    urlsafe = base64.urlsafe_b64encode(digest).decode()
    headers["webhook-signature"] = signature.format(
        good=text,
        unpadded=text.rstrip("="),
        urlsafe=urlsafe if urlsafe != text else "-_" + urlsafe[2:],
        hex=digest.hex(),
        half=base64.b64encode(digest[:16]).decode(),
    )
    assert refusal("standard", headers) == "bad_signature"


@pytest.mark.parametrize(
    "signature",
    [
        "{bad} {good}",
        "{good} {bad}",
        "v1a,x {good}",
        "v2,x  {good}",
        "no-comma {good}",
        "v1,a,b {good} {bad}",
        "v1,é {good}",
    ],
)
def test_one_good_signature_among_others_is_enough(signature: str) -> None:
    headers = good()
    bad = good(secret=OLD)["webhook-signature"]
    headers["webhook-signature"] = signature.format(good=headers["webhook-signature"], bad=bad)
    assert check(headers).key == "msg_1"


def test_a_header_full_of_wrong_signatures_is_refused() -> None:
    headers = good()
    headers["webhook-signature"] = " ".join([good(secret=OLD)["webhook-signature"]] * 170)
    assert refusal("standard", headers) == "bad_signature"


@pytest.mark.parametrize(
    "body",
    [
        BODY + b" ",
        BODY[:-1],
        b"",
        BODY.replace(b"s-1", b"s-2"),
        BODY.replace(b'"', b"'"),
        bytes([BODY[0] ^ 1]) + BODY[1:],
    ],
)
def test_a_signature_of_another_body_is_refused(body: bytes) -> None:
    assert refusal("standard", good(), body=body) == "bad_signature"


def test_a_signature_of_another_id_or_time_is_refused() -> None:
    assert refusal("standard", good() | {"webhook-id": "msg_2"}) == "bad_signature"
    assert refusal("standard", good() | {"webhook-timestamp": str(NOW + 1)}) == "bad_signature"


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", '{"a":"é"}'.encode("utf-16"), b"\x00" * 1000])
def test_bytes_are_signed_whatever_they_are(body: bytes) -> None:
    assert check(good(body), body).key == "msg_1"


@pytest.mark.parametrize("at", [NOW - 300, NOW - 299, NOW, NOW + 299, NOW + 300])
def test_three_hundred_seconds_both_ways_are_fresh(at: int) -> None:
    assert check(good(at=at)).key == "msg_1"


@pytest.mark.parametrize(
    ("at", "now", "code"),
    [
        (NOW - 301, NOW, "stale_timestamp"),
        (NOW + 301, NOW, "future_timestamp"),
        (NOW - 300, NOW + 0.001, "stale_timestamp"),
        (NOW + 300, NOW - 0.001, "future_timestamp"),
        (1, NOW, "stale_timestamp"),
        (999_999_999_999, NOW, "future_timestamp"),
    ],
)
def test_a_delivery_older_or_newer_than_that_is_refused(at: int, now: float, code: str) -> None:
    assert refusal("standard", good(at=at), now=now) == code


def test_only_an_authentic_sender_learns_that_its_clock_is_off() -> None:
    assert refusal("standard", good(at=NOW - 3600, secret=OLD)) == "bad_signature"


def test_every_secret_is_good_during_a_rotation_and_the_one_that_verified_is_known() -> None:
    with_new, with_old = check(good(), secrets=(OLD, SECRET)), check(good(secret=OLD), secrets=(OLD, SECRET))
    assert with_new.secret == signatures.fingerprint(SECRET)
    assert with_old.secret == signatures.fingerprint(OLD)
    both = good()
    both["webhook-signature"] += " " + good(secret=OLD)["webhook-signature"]
    assert check(both, secrets=(OLD, SECRET)).key == "msg_1"


def test_a_secret_that_was_taken_away_is_no_longer_good() -> None:
    assert refusal("standard", good(secret=OLD), SECRET) == "bad_signature"


def test_the_prefix_of_a_secret_makes_no_difference() -> None:
    bare = SECRET.removeprefix("whsec_")
    assert check(good(), secrets=(bare,)).key == check(good(secret=bare), secrets=(SECRET,)).key == "msg_1"


@pytest.mark.parametrize("scheme", ["standard", "hmac-sha256", "shared-secret"])
def test_an_empty_secret_verifies_nothing(scheme: str) -> None:
    headers = hmac_headers("") | {"x-webhook-secret": ""} | good()
    with pytest.raises(ValueError, match=r"too short|base64"):
        verify(scheme, (SECRET, ""), headers, BODY, NOW)


@pytest.mark.parametrize(
    "secret", ["whsec_", "not base64", "whsec_ÄÖ", "v1,whsec_" + SECRET[6:], SECRET + "!", "whsec_abc"]
)
def test_a_secret_that_is_not_base64_verifies_nothing(secret: str) -> None:
    with pytest.raises(ValueError, match="base64"):
        check(good(), secrets=(secret,))
    with pytest.raises(ValueError, match="base64"):
        check(good(), secrets=(SECRET, secret))


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


# Retired secrets


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


# X-Webhook-Signature


def hmac_headers(secret: str = TEXT_SECRET, body: bytes = BODY) -> dict[str, str]:
    """The header of a good delivery, its name in lower case as a case-blind mapping would find it."""
    return {name.lower(): value for name, value in sign_hmac_sha256(secret, body).items()}


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


# All of them


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
