"""Bodies, keys and requests that nobody thought of: made up, mixed and broken by a seeded random generator."""

from __future__ import annotations

import json
from random import Random
from typing import Any

EVENTS = {
    "hsi": ["course.completed", "certificate.issued", "enrollment.created"],
    "certiport": ["exam.completed", "certification.issued", "enrollment.created"],
    "careersafe": ["training.completed", "certificate.issued"],
    "jri": ["program.completed", "module.completed", "certificate.issued"],
    "milady": ["course.completed", "assessment.passed", "certificate.issued"],
    "nobody": ["course.deleted", "ping", "", "Course.Completed", "course.completed\n", "x" * 101],
}
FIELDS = [
    "event", "student_id", "enrollment_id", "course_id", "exam_id", "training_id", "module_id", "completed_at",
    "passed", "score", "grade", "certificate_url", "note", "data", "", "event\u0000", "Event", "évent",
]  # fmt: skip
TIMES = [
    "2026-11-22T10:30:00Z", "2026-11-22T10:30:00.123456789+05:30", "2026-11-22t10:30:00z", "2026-02-30T00:00:00Z",
    "now", "infinity", "-infinity", "epoch", "0000-01-01T00:00:00Z", "9999-12-31T23:59:60Z", "2026-11-22T24:00:00Z",
    "2026-11-22T10:30:00-00:00", "2026-11-22T10:30:00+23:59", "294277-01-01T00:00:00Z", "2026-11-22T10:30:00",
    "20261122T103000Z", " 2026-11-22T10:30:00Z", "٢٠٢٦-11-22T10:30:00Z", "2026-11-22T10:30:00.Z",
    "2026-W47-7T10:30:00Z",
]  # fmt: skip
VALUES: list[Any] = [
    None, True, False, 0, -0.0, 1, 1e308, 2**63, 10**300, "", " ", "null", "true", "x" * 255, "x" * 256, "x" * 5000,
    "😀", "\ud800", "\u0000", "\u202e", "\ufeff", "é", "e\u0301", "\u0085", "\u2028", "\x7f", "\x1f", "\\", '"',
    "'; --", "%s", "{}", [], {}, [[]], {"": {"": {}}}, ["event"], [None] * 50,
]  # fmt: skip
SNIPPETS = [
    b"\x00", b"\xff", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80", b"\xef\xbb\xbf", b"\\u0000", b"\\ud800",
    b"\\udc00", b"\\u00", b"1e400", b"-", b"NaN", b"Infinity", b"01", b".5", b"5.", b"1e", b'"', b"\\", b"{", b"}",
    b"[", b"]", b",", b":", b"//", b"\t", b"\n", b"\x0b", b'"event":"x",', b"true", b"null", b"[" * 70, b"]" * 70,
    b"9" * 5000, b'{"a":' * 70,
]  # fmt: skip
KEY_CHARACTERS = [chr(code) for code in range(32, 127)]
HEADER_LINES = [
    b"webhook-id: other", b"webhook-id:", b"Webhook_Id: x", b"webhook-timestamp: 1", b"webhook-signature: v1,AAAA",
    b"X-Webhook-Secret: \xff", b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip", b"Content-Length: 5",
    b"Content-Length: -1", b"Content-Length: 99999999999999999999", b"Content-Encoding: gzip",
    b"Content-Type: text/plain",
    b"Content-Type: application/json; charset=utf-8", b"Expect: 100-continue", b"Expect: 200-ok", b"Upgrade: h2c",
    b"Connection: upgrade", b"Host: \xff", b"Host:", b"Host: a..b", b"Host: [::1", b"Host: " + b"h" * 64,
    b"X: \x00", b" folded", b"no colon", b": empty", b"X : y",
    b"X-Forwarded-Proto: https", b"X-HTTP-Method-Override: DELETE", b"Range: bytes=0-0", b"Cookie: \xff=\x01;;;==",
    b"Accept-Encoding: \x7f", b"X-" + b"h" * 9000 + b": y", b"X: " + b"y" * 9000, b"Trailer: X", b"TE: trailers",
    b"SCRIPT_NAME: /x", b"Forwarded: for=\"_\"", b"Proxy: http://x",
]  # fmt: skip
PATHS = [
    b"/api/webhooks/partners/%s", b"/api/webhooks/partners/%s?x=%%zz", b"/api/webhooks/partners/%s/", b"//api/%s",
    b"http://evil.example/api/webhooks/partners/%s", b"/api/webhooks/partners/%%00%s", b"/api/webhooks/partners/%%ff%s",
    b"/api/webhooks/partners/%s#x", b"*", b"/verify/%s", b"/verify?number=%%00%s", b"/sign-in/%s", b"/%s",
    b"/student/%s",
]  # fmt: skip
METHODS = [b"POST", b"GET", b"HEAD", b"PUT", b"OPTIONS", b"TRACE", b"CONNECT", b"post", b"BREW", b"P\x00ST", b""]
VERSIONS = [b"HTTP/1.1", b"HTTP/1.0", b"HTTP/0.9", b"HTTP/2.0", b"HTTP/1.1 x", b"http/1.1", b""]


def body(random: Random, slug: str, students: list[str]) -> bytes:
    """A body for a partner, of one of many kinds: from an event that means something to bytes that mean nothing."""
    kind = random.random()
    if kind < 0.25:
        return json.dumps(_event(random, slug, students)).encode()
    if kind < 0.55:
        return mutated(random, _odd_json(random, _event(random, slug, students)))
    if kind < 0.75:
        return _odd_json(random, _event(random, slug, students) | {random.choice(FIELDS): _value(random)})
    if kind < 0.9:
        return mutated(random, json.dumps(_event(random, slug, students)).encode())
    if kind < 0.97:
        return _odd_json(random, _value(random))
    return random.randbytes(random.choice([0, 1, 2, 10, 100, 1000]))


def key(random: Random, mark: str) -> str:
    """1 to 255 printable characters; some keys come again. `mark`: whose they are."""
    kind = random.random()
    if kind < 0.1:
        return f"again-{mark}-{random.randrange(1000)}"
    length = 255 if kind < 0.12 else random.randint(12, 40)
    return "".join(random.choices(KEY_CHARACTERS, k=length))


def mutated(random: Random, data: bytes) -> bytes:
    """These bytes with one to six changes: flipped, cut, doubled, moved, or with something put in."""
    changed = bytearray(data)
    for _ in range(random.randint(1, 6)):
        at, to = sorted((random.randint(0, len(changed)), random.randint(0, len(changed))))
        kind = random.randrange(6)
        if kind == 0 and at < len(changed):
            changed[at] ^= 1 << random.randrange(8)
        elif kind == 1:
            del changed[at : min(to, at + 8)]
        elif kind == 2:
            changed[at:at] = changed[at : min(to, at + 100)]
        elif kind == 3:
            changed[at:at] = random.choice(SNIPPETS)
        elif kind == 4 and at < len(changed):
            changed[at] = random.randrange(256)
        elif random.random() < 0.1:
            del changed[at:]
    return bytes(changed[:65536])


def request(random: Random, slug: str, headers: dict[str, str], sent: bytes) -> bytes:
    """A request that was a good one: with other headers, another path or method, or broken at any byte."""
    kind = random.random()
    line = b"POST /api/webhooks/partners/%s HTTP/1.1" % slug.encode()
    if kind < 0.2:
        path = random.choice(PATHS).replace(b"%s", slug.encode()).replace(b"%%", b"%")
        line = b" ".join([random.choice(METHODS), path, random.choice(VERSIONS)])
    lines = [f"{name}: {value}".encode("latin-1") for name, value in headers.items()]
    framing = [b"Content-Length: %d" % len(sent)]
    if kind > 0.8:
        framing, sent = [b"Transfer-Encoding: chunked"], chunked(random, sent)
    lines += [b"Host: x", b"Connection: close", *framing]
    for _ in range(random.choice([0, 0, 1, 1, 2])):
        lines.insert(random.randint(0, len(lines)), random.choice(HEADER_LINES))
    random.shuffle(lines)
    whole = b"\r\n".join([line, *lines, b"", sent])
    return mutated(random, whole) if random.random() < 0.4 else whole


def chunked(random: Random, sent: bytes) -> bytes:
    """The body in chunks of any size, well made or nearly so."""
    pieces, at = [], 0
    while at < len(sent):
        size = random.randint(1, max(1, len(sent)))
        piece = sent[at : at + size]
        extension = random.choice([b"", b"", b"", b";x=1", b" ", b";\x00", b";" + b"e" * 300])
        pieces.append(b"%x%s\r\n%s\r\n" % (len(piece), extension, piece))
        at += size
    end = random.choice([b"0\r\n\r\n"] * 4 + [b"0\r\nX: y\r\n\r\n", b"0\r\n", b"", b"0\r\n\xff\r\n\r\n", b"-1\r\n"])
    return b"".join(pieces) + end


def _event(random: Random, slug: str, students: list[str]) -> dict[str, Any]:
    names = EVENTS[slug if slug in EVENTS and random.random() < 0.8 else random.choice(list(EVENTS))]
    event: dict[str, Any] = {"event": random.choice(names), "student_id": random.choice(students)}
    for field in random.sample(FIELDS[2:12], random.randint(0, 3)):
        event[field] = random.choice(TIMES) if field == "completed_at" else f"{field}-{random.randrange(4)}"
    if random.random() < 0.5:
        event["passed"] = random.random() < 0.5
    return event


def _value(random: Random, depth: int = 0) -> Any:
    kind = random.random()
    if depth < 4 and kind < 0.15:
        return [_value(random, depth + 1) for _ in range(random.randrange(4))]
    if depth < 4 and kind < 0.3:
        return {random.choice(FIELDS): _value(random, depth + 1) for _ in range(random.randrange(4))}
    return random.choice(TIMES) if kind < 0.4 else random.choice(VALUES)


def _odd_json(random: Random, value: Any) -> bytes:
    """JSON in one of its spellings: escaped or not, spaced or not, in UTF-8 or not."""
    text = json.dumps(value, ensure_ascii=random.random() < 0.7, indent=random.choice([None, None, 1]), allow_nan=True)
    encoding = random.choice(["utf-8"] * 30 + ["utf-16", "latin-1", "utf-32", "utf-8-sig"])
    return text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")[:65536]
