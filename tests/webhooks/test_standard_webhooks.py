"""The scheme of Standard Webhooks by itself: the published vector and every strict case."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from app.webhooks import signatures
from tests.webhooks.signed import BODY, NOW, OLD, SECRET, check, good, refusal


def with_timestamp(text: str) -> dict[str, str]:
    """A delivery that is rightly signed over a timestamp written like this."""
    digest = hmac.new(base64.b64decode(SECRET[6:]), f"msg_1.{text}.".encode() + BODY, hashlib.sha256).digest()
    signature = "v1," + base64.b64encode(digest).decode()
    return {"webhook-id": "msg_1", "webhook-timestamp": text, "webhook-signature": signature}


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


@pytest.mark.parametrize(
    "secret", ["whsec_", "not base64", "whsec_ÄÖ", "v1,whsec_" + SECRET[6:], SECRET + "!", "whsec_abc"]
)
def test_a_secret_that_is_not_base64_verifies_nothing(secret: str) -> None:
    with pytest.raises(ValueError, match="base64"):
        check(good(), secrets=(secret,))
    with pytest.raises(ValueError, match="base64"):
        check(good(), secrets=(SECRET, secret))
