"""explain: every usual mistake of a sender is named, alone or two at a time, and nothing tells a secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.webhooks.explain import Explained, Known, explain
from tests.world.partners import new_secret, sign_hmac_sha256, sign_standard

NOW = 1_700_000_000
SECRET, OLD, RETIRED, ANOTHER = (new_secret() for _ in range(4))
BARE = SECRET.removeprefix("whsec_")
KNOWN = Known((OLD, SECRET), (RETIRED,), (("jri", ANOTHER),))
DOCUMENT = {"event": "course.completed", "student_id": "s-1", "ref": "a/b é", "delivery": "evt_77"}
BODY = json.dumps(DOCUMENT).encode()

Pairs = list[tuple[str, str]]


def standard(headers: dict[str, str], body: bytes = BODY, now: float = NOW, known: Known = KNOWN) -> Explained:
    """A delivery in the scheme standard, explained."""
    return explain("standard", known, list(headers.items()), body, now)


def good(body: bytes = BODY, secret: str = SECRET, key: str = "msg_1", at: float = NOW) -> dict[str, str]:
    """The three headers of a good delivery."""
    return sign_standard(secret, body, key, at)


def made(key: bytes, signed: bytes, **more: str) -> dict[str, str]:
    """Headers with a signature of anything under any key."""
    signature = base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    return {"webhook-id": "msg_1", "webhook-timestamp": str(NOW), "webhook-signature": f"v1,{signature}"} | more


def key_of(secret: str) -> bytes:
    """What a standard secret decodes to."""
    return base64.b64decode(secret.removeprefix("whsec_"))


def codes(explained: Explained) -> list[str]:
    """The findings' codes; the text of none of them tells a secret."""
    told = json.dumps(explained)
    for secret in (SECRET, OLD, RETIRED, ANOTHER):
        assert secret not in told
        assert secret.removeprefix("whsec_") not in told
    return [finding.code for finding in explained.findings]


SIGNED = f"msg_1.{NOW}.".encode()


def rewritten(signature: Any) -> dict[str, str]:
    """A good delivery whose signature is written otherwise."""
    headers = good()
    raw = base64.b64decode(headers["webhook-signature"][3:])
    return headers | {"webhook-signature": signature(raw)}


def test_a_good_delivery_is_right_with_every_secret_that_is_in_use() -> None:
    for secret in (SECRET, OLD):
        explained = standard(good(secret=secret))
        assert (explained.verified is not None, explained.findings) == (True, [])


def base64_of(raw: bytes) -> str:
    """As a signature is written."""
    return base64.b64encode(raw).decode()


def urlsafe(raw: bytes) -> str:
    """With the other alphabet; padded."""
    return base64.urlsafe_b64encode(raw).decode()


def with_both_letters() -> dict[str, str]:
    """A good delivery whose signature has a + or a / in it."""
    return next(
        headers
        for number in range(200)
        if {"+", "/"} & set((headers := good(key=f"msg_{number}"))["webhook-signature"])
    )


STANDARD: dict[str, tuple[dict[str, str], list[str]]] = {
    "no headers at all": ({}, ["missing_header"]),
    "no id": ({name: value for name, value in good().items() if name != "webhook-id"}, ["missing_header"]),
    "an empty timestamp": (good() | {"webhook-timestamp": " "}, ["missing_header"]),
    "the headers of another library, one missing": (
        {name.replace("webhook", "svix"): value for name, value in good().items() if name != "webhook-id"},
        ["missing_header"],
    ),
    "Stripe's": ({"Stripe-Signature": "t=1,v1=00"}, ["missing_header", "other_system"]),
    "GitHub's": ({"X-Hub-Signature-256": "sha256=00"}, ["missing_header", "other_system"]),
    "another scheme": (sign_hmac_sha256(SECRET, BODY), ["missing_header"]),
    "a dot in the id": (good(key="msg.1"), ["malformed_id"]),
    "milliseconds": (good(at=NOW * 1000), ["timestamp_milliseconds"]),
    "milliseconds sent, seconds signed": (
        good() | {"webhook-timestamp": f"{NOW}000"},
        ["timestamp_milliseconds", "timestamp_not_signed"],
    ),
    "a date": (
        made(key_of(SECRET), b"msg_1.2023-11-14T22:13:20Z." + BODY, **{"webhook-timestamp": "2023-11-14T22:13:20Z"}),
        ["malformed_timestamp"],
    ),
    "no v1": (rewritten(base64_of), ["signature_without_v1"]),
    "hexadecimal": (rewritten(lambda raw: "v1," + raw.hex()), ["signature_hex"]),
    "sha256= and hexadecimal": (rewritten(lambda raw: "sha256=" + raw.hex()), ["signature_without_v1"]),
    "no padding": (rewritten(lambda raw: "v1," + base64_of(raw).rstrip("=")), ["signature_padding"]),
    "base64url": (
        with_both_letters()
        | {"webhook-signature": "v1," + urlsafe(base64.b64decode(with_both_letters()["webhook-signature"][3:]))},
        ["signature_base64url"],
    ),
    "another version": (rewritten(lambda raw: "v2," + base64_of(raw)), ["signature_unreadable"]),
    "no signature in it": (good() | {"webhook-signature": "v1,abc"}, ["signature_unreadable"]),
    "commas between signatures": (
        rewritten(lambda raw: f"v1,{base64_of(bytes(32))},v1,{base64_of(raw)}"),
        ["signatures_with_comma"],
    ),
    "signed with a line end": (made(key_of(SECRET), SIGNED + BODY + b"\n"), ["body_line_end"]),
    "signed pretty": (made(key_of(SECRET), SIGNED + json.dumps(DOCUMENT, indent=2).encode()), ["body_reformatted"]),
    "signed compact": (
        made(key_of(SECRET), SIGNED + json.dumps(DOCUMENT, separators=(",", ":"), ensure_ascii=False).encode()),
        ["body_reformatted"],
    ),
    "signed an empty body": (made(key_of(SECRET), SIGNED), ["body_empty"]),
    "signed with a byte order mark": (made(key_of(SECRET), SIGNED + b"\xef\xbb\xbf" + BODY), ["body_byte_order_mark"]),
    "signed the body alone": (made(key_of(SECRET), BODY), ["signed_otherwise"]),
    "signed timestamp and body": (made(key_of(SECRET), f"{NOW}.".encode() + BODY), ["signed_otherwise"]),
    "the secret as text": (made(SECRET.encode(), SIGNED + BODY), ["secret_not_decoded"]),
    "the secret as text without whsec_": (made(BARE.encode(), SIGNED + BODY), ["secret_not_decoded"]),
    "the secret from a file": (made(SECRET.encode() + b"\n", SIGNED + BODY), ["secret_with_newline"]),
    "a retired secret": (good(secret=RETIRED), ["retired_secret"]),
    "another partner's secret": (good(secret=ANOTHER), ["secret_of_another"]),
    "a secret that nobody knows": (good(secret=new_secret()), ["no_match"]),
    "another body": (good(b"{}"), ["no_match"]),
    "another id": (made(key_of(SECRET), f"evt_77.{NOW}.".encode() + BODY), ["id_not_signed"]),
    "another second": (good(at=NOW - 3) | {"webhook-timestamp": str(NOW)}, ["timestamp_not_signed"]),
    "two mistakes": (made(SECRET.encode(), SIGNED + BODY + b"\n"), ["secret_not_decoded", "body_line_end"]),
    "two others": (
        rewritten(lambda _: "v1," + hmac.digest(key_of(RETIRED), SIGNED + BODY, "sha256").hex()),
        ["signature_hex", "retired_secret"],
    ),
}


@pytest.mark.parametrize("mistake", STANDARD)
def test_a_mistake_in_the_scheme_standard_is_named(mistake: str) -> None:
    headers, expected = STANDARD[mistake]
    explained = standard(headers)
    assert explained.verified is None
    assert list(dict.fromkeys(codes(explained))) == expected


def test_signed_without_the_line_end_that_is_sent() -> None:
    assert codes(standard(good(), BODY + b"\n")) == ["body_line_end"]
    assert codes(standard(good(b'{\n"a": 1}'), b'{\r\n"a": 1}')) == ["body_line_ends_changed"]


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp"])
def test_a_header_sent_twice_is_named(name: str) -> None:
    headers = good()
    explained = explain("standard", KNOWN, [*headers.items(), (name, headers[name])], BODY, NOW)
    assert codes(explained) == ["header_sent_twice"]


@pytest.mark.parametrize(
    ("away", "code"), [(-400, "stale_timestamp"), (400, "future_timestamp"), (-7200, "stale_timestamp")]
)
def test_a_right_signature_of_another_time_is_only_that(away: int, code: str) -> None:
    explained = standard(good(at=NOW + away))
    assert (explained.code, codes(explained)) == (code, [code])
    assert ("UTC" in explained.findings[0].text) is (away == -7200)


def test_the_missing_header_tells_what_was_sent_instead() -> None:
    [finding, *_] = standard(sign_hmac_sha256(SECRET, BODY)).findings
    assert "hmac-sha256" in finding.text
    [finding, *_] = standard({f"x-{name}": value for name, value in good().items()}).findings
    assert "x-webhook-id" in finding.text


def test_the_headers_of_svix_are_as_good() -> None:
    headers = {name.replace("webhook", "svix"): value for name, value in good().items()}
    assert standard(headers).verified is not None
    assert codes(standard(headers | {"svix-timestamp": f"{NOW}000"})) == [
        "timestamp_milliseconds",
        "timestamp_not_signed",
    ]


def test_without_a_secret_that_can_be_used_it_says_so() -> None:
    assert codes(standard(good(), known=Known(()))) == ["secret_missing"]
    assert codes(standard(good(), known=Known(("not base64, but long enough",)))) == ["secret_unusable"]


# hmac-sha256


def hexed(key: bytes, signed: bytes = BODY, form: str = "sha256={}") -> dict[str, str]:
    """The header of hmac-sha256 with a signature of anything under any key."""
    return {"X-Webhook-Signature": form.format(hmac.digest(key, signed, "sha256").hex())}


HMAC: dict[str, tuple[dict[str, str], list[str]]] = {
    "no header": ({}, ["missing_header"]),
    "another scheme": (good(), ["missing_header"]),
    "no sha256=": (hexed(SECRET.encode(), form="{}"), ["signature_without_sha256"]),
    "base64": (
        {"X-Webhook-Signature": "sha256=" + base64_of(hmac.digest(SECRET.encode(), BODY, "sha256"))},
        ["signature_base64"],
    ),
    "sha1": (
        {"X-Webhook-Signature": "sha1=" + hmac.digest(SECRET.encode(), BODY, "sha1").hex()},
        ["signature_unreadable"],
    ),
    "a line end": (hexed(SECRET.encode(), BODY + b"\n"), ["body_line_end"]),
    "sorted": (hexed(SECRET.encode(), json.dumps(DOCUMENT, sort_keys=True).encode()), ["body_reformatted"]),
    "without whsec_": (hexed(BARE.encode()), ["secret_without_prefix"]),
    "decoded": (hexed(key_of(SECRET)), ["secret_decoded"]),
    "from a file": (hexed(SECRET.encode() + b"\n"), ["secret_with_newline"]),
    "retired": (hexed(RETIRED.encode()), ["retired_secret"]),
    "another's": (hexed(ANOTHER.encode()), ["secret_of_another"]),
    "an id was signed, too": (
        hexed(SECRET.encode(), SIGNED + BODY) | {"webhook-id": "msg_1", "webhook-timestamp": str(NOW)},
        ["signed_more_than_the_body"],
    ),
    "nobody's": (hexed(b"k" * 32), ["no_match"]),
}


@pytest.mark.parametrize("mistake", HMAC)
def test_a_mistake_in_the_scheme_hmac_sha256_is_named(mistake: str) -> None:
    headers, expected = HMAC[mistake]
    assert codes(explain("hmac-sha256", KNOWN, list(headers.items()), BODY, NOW)) == expected


def test_a_prefix_that_is_not_of_the_secret_is_named() -> None:
    known = Known((BARE,))
    assert codes(explain("hmac-sha256", known, list(hexed(SECRET.encode()).items()), BODY, NOW)) == [
        "secret_with_prefix"
    ]


# shared-secret


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ([], ["missing_header"]),
        ([BARE], ["secret_without_prefix"]),
        ([f'"{SECRET}"'], ["quoted"]),
        ([f"Bearer {SECRET}"], ["auth_word"]),
        ([RETIRED], ["retired_secret"]),
        ([ANOTHER], ["secret_of_another"]),
        (["x"], ["no_match"]),
        ([f"Bearer {RETIRED}"], ["auth_word", "retired_secret"]),
        ([SECRET, SECRET], ["header_sent_twice"]),
        ([RETIRED, RETIRED], ["header_sent_twice", "retired_secret"]),
    ],
)
def test_a_mistake_in_the_scheme_shared_secret_is_named(sent: list[str], expected: list[str]) -> None:
    pairs = [("X-Webhook-Secret", value) for value in sent]
    assert codes(explain("shared-secret", KNOWN, pairs, BODY, NOW)) == expected


# Whatever comes


texts = st.text(max_size=60)


@settings(deadline=None, max_examples=50)
@given(
    scheme=st.sampled_from(["standard", "hmac-sha256", "shared-secret"]),
    names=st.lists(st.sampled_from([*good(), "x-webhook-signature", "x-webhook-secret"]), max_size=6),
    values=st.lists(texts, min_size=6, max_size=6),
    body=st.binary(max_size=60) | st.sampled_from([BODY, b"[" * 5000]),
)
def test_whatever_comes_is_explained(scheme: str, names: list[str], values: list[str], body: bytes) -> None:
    explained = explain(scheme, KNOWN, list(zip(names, values, strict=False)), body, NOW)
    assert explained.verified is None
    assert codes(explained)


def test_the_hash_of_the_body_is_told_when_nothing_fits() -> None:
    [finding] = standard(good(b"{}")).findings
    assert hashlib.sha256(BODY).hexdigest() in finding.text
