"""What a sender may have signed, and how, when it was not quite what it should be: each variant with its mistake."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from app.partner_secrets import PREFIX, fingerprint, standard_key
from app.webhooks.explain.findings import Finding
from app.webhooks.explain.headers import Headers

BOM = b"\xef\xbb\xbf"
BODY = b"\0body\0"  # stands for the body in what was signed


class Variant(NamedTuple):
    """Bytes, and the mistake in them; None: they are as they should be."""

    value: bytes
    finding: Finding | None = None


def keys(
    scheme: str, current: Sequence[str], retired: Sequence[str], others: Sequence[tuple[str, str]]
) -> list[Variant]:
    """Every key that may have been used; the right ones first."""
    found = [Variant(_right_key(scheme, secret)) for secret in current]
    for secret in current:
        found += _misread(scheme, secret)
    for secret in retired:
        told = f"a retired secret was used, fingerprint {fingerprint(secret)}; the partner must use the new one"
        found += _under_any_reading(secret, Finding("secret", "retired_secret", told))
    for slug, secret in others:
        told = f"the secret of {slug} was used, fingerprint {fingerprint(secret)}"
        found += _under_any_reading(secret, Finding("secret", "secret_of_another", told))
    return found


def _right_key(scheme: str, secret: str) -> bytes:
    return standard_key(secret) if scheme == "standard" else secret.encode()


def _misread(scheme: str, secret: str) -> Iterator[Variant]:
    """A current secret in a way that is not the scheme's."""
    bare = secret.removeprefix(PREFIX)
    newline = Finding(
        "secret", "secret_with_newline", "there is a line end after the secret, as when it is read from a file"
    )
    for end in ("\n", "\r\n"):
        yield Variant((secret + end).encode(), newline)
        yield Variant((bare + end).encode(), newline)
    if scheme == "standard":
        told = "was used as text, {} whsec_; its base64-decoded bytes are the key"
        yield Variant(secret.encode(), Finding("secret", "secret_not_decoded", "the secret " + told.format("with")))
        yield Variant(bare.encode(), Finding("secret", "secret_not_decoded", "the secret " + told.format("without")))
        return
    if bare != secret:
        told = "whsec_ was left out; in this scheme it belongs to the secret"
        yield Variant(bare.encode(), Finding("secret", "secret_without_prefix", told))
    else:
        told = "whsec_ was put before the secret; in this scheme the secret is used as it is"
        yield Variant((PREFIX + secret).encode(), Finding("secret", "secret_with_prefix", told))
    for decoded in _decodings(bare):
        told = "the secret was base64-decoded; in this scheme its text is used as it is"
        yield Variant(decoded.value, Finding("secret", "secret_decoded", told))


def _under_any_reading(secret: str, finding: Finding) -> Iterator[Variant]:
    bare = secret.removeprefix(PREFIX)
    yield Variant(secret.encode(), finding)
    yield Variant(bare.encode(), finding)
    yield from (Variant(decoded.value, finding) for decoded in _decodings(bare))


def digests(scheme: str, headers: Headers) -> list[Variant]:
    """The signatures of a delivery as bytes, however they are written."""
    if scheme == "hmac-sha256":
        text = headers.one("x-webhook-signature")
        prefix, form = "sha256=", Finding("signature", "signature_without_sha256", "sha256= is missing before it")
        tokens = [text]
    else:
        text = headers.one("webhook-signature")
        prefix, form = "v1,", Finding("signature", "signature_without_v1", "v1, is missing before it")
        tokens = re.split(r"\s+|,\s*(?=v1,)", text)
    found = []
    for token in (token.strip("\"'") for token in tokens):
        bare = re.sub(r"^(v1a?[,=]|sha256=)", "", token)
        for decoded in [*_decodings(bare), *_hexadecimal(bare)]:
            finding = decoded.finding if token.startswith(prefix) else form
            if scheme == "hmac-sha256" and token.startswith(prefix):
                is_hex = bool(re.fullmatch(r"[0-9a-fA-F]{64}", bare))
                finding = None if is_hex else Finding("signature", "signature_base64", "it is base64; send hexadecimal")
            if len(decoded.value) == 32:
                found.append(Variant(decoded.value, finding or _separated(scheme, text, headers)))
    return found


def _separated(scheme: str, text: str, headers: Headers) -> Finding | None:
    if scheme == "standard" and re.search(r",\s*v1,", text) and headers.times("webhook-signature") < 2:
        return Finding("signature", "signatures_with_comma", "several signatures are separated by a space, not a comma")
    return None


def _decodings(text: str) -> Iterator[Variant]:
    padded = text + "=" * (-len(text) % 4)
    padding = Finding("signature", "signature_padding", "= is missing at the end of the base64")
    url = Finding("signature", "signature_base64url", "it is base64url, with - and _; send base64, with + and /")
    readings = ((text, b"+/", None), (padded, b"+/", padding), (padded, b"-_", url))
    for written, alphabet, finding in readings:
        try:
            yield Variant(base64.b64decode(written, alphabet, validate=True), finding)
            return
        except (binascii.Error, ValueError):
            continue


def _hexadecimal(text: str) -> Iterator[Variant]:
    if re.fullmatch(r"[0-9a-fA-F]{64}", text):
        yield Variant(bytes.fromhex(text), Finding("signature", "signature_hex", "it is hexadecimal; send base64"))


def contents(scheme: str, headers: Headers, body: bytes) -> list[Variant]:
    """What may have been signed, with BODY for the body; the right one first."""
    webhook_id, timestamp = headers.one("webhook-id"), headers.one("webhook-timestamp")
    if scheme == "hmac-sha256":
        wrong = Finding("body", "signed_more_than_the_body", "more than the body was signed; here only the body is")
        return [Variant(BODY)] + [
            Variant(f"{before}.".encode("latin-1", "replace") + BODY, wrong)
            for before in (f"{webhook_id}.{timestamp}", timestamp, webhook_id)
            if before.strip(".")
        ]
    found = [_content(webhook_id, timestamp)]
    told = "not <id>.<timestamp>.<body> was signed, but {}"
    for form, parts in (
        ("the body alone", ()),
        ("<timestamp>.<body>", (timestamp,)),
        ("<id>.<body>", (webhook_id,)),
        ("<timestamp>.<id>.<body>", (timestamp, webhook_id)),
    ):
        before = "".join(f"{part}." for part in parts).encode("latin-1", "replace")
        found.append(Variant(before + BODY, Finding("body", "signed_otherwise", told.format(form))))
    if timestamp.isdecimal():
        told = "seconds were signed and milliseconds sent, or the other way round: send the number that is signed"
        for other in (str(int(timestamp) // 1000), f"{timestamp}000"):
            found.append(_content(webhook_id, other, Finding("timestamp", "timestamp_not_signed", told)))
    told = "another id was signed than the one in webhook-id"
    for other in _other_ids(webhook_id, headers, body):
        found.append(_content(other, timestamp, Finding("id", "id_not_signed", told)))
    return found


def _content(webhook_id: str, timestamp: str, finding: Finding | None = None) -> Variant:
    return Variant(f"{webhook_id}.{timestamp}.".encode("latin-1", "replace") + BODY, finding)


def _other_ids(webhook_id: str, headers: Headers, body: bytes) -> set[str]:
    """Every short text of the delivery that may be an id."""
    texts = {"", *webhook_id.split(","), *(text for _, text in headers.given)}
    document = _parsed(body)
    if isinstance(document, dict):
        texts |= {str(value) for value in document.values() if isinstance(value, str | int)}
    return {text for text in texts if len(text) <= 255} - {webhook_id}


def bodies(body: bytes) -> list[Variant]:
    """The body as it came, and what else may have been signed."""
    ends = "the body was signed {} a line end at its end, and sent {} one; sign the bytes that you send"
    added = Finding("body", "body_line_end", ends.format("with", "without"))
    taken = Finding("body", "body_line_end", ends.format("without", "with"))
    changed = Finding("body", "body_line_ends_changed", "the line ends in the body were changed after signing")
    mark = Finding("body", "body_byte_order_mark", "a byte order mark was added or taken away after signing")
    form = Finding("body", "body_reformatted", "the JSON was written anew after signing; sign the bytes that you send")
    empty = Finding("body", "body_empty", "an empty body was signed")
    found = [
        Variant(body),
        Variant(body + b"\n", added),
        Variant(body + b"\r\n", added),
        Variant(body.rstrip(b"\r\n"), taken),
        Variant(body.replace(b"\r\n", b"\n"), changed),
        Variant(body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), changed),
        Variant(body.removeprefix(BOM) if body.startswith(BOM) else BOM + body, mark),
        *(Variant(text.encode(), form) for text in _written_anew(body)),
        Variant(b"", empty),
    ]
    first: dict[bytes, Variant] = {}
    for variant in found:
        first.setdefault(variant.value, variant)
    return list(first.values())


def _written_anew(body: bytes) -> Iterator[str]:
    document = _parsed(body)
    if document is None:
        return
    for sort_keys in (False, True):
        for ensure_ascii in (True, False):
            options: dict[str, Any] = {"sort_keys": sort_keys, "ensure_ascii": ensure_ascii}
            for form in ({}, {"separators": (",", ":")}, {"indent": 2}, {"indent": 4}, {"indent": "\t"}):
                written = json.dumps(document, **options, **form)
                yield from (written, written + "\n", written.replace("/", "\\/"))


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
