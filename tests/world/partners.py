"""The partners of the live server, and their side of a webhook: sign by the scheme, with nothing of ours, and send."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import http.client
import json
import re
import secrets
import socket
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.world.server import HOST

PATIENCE = 15  # seconds for an answer
JSON = {"Content-Type": "application/json"}
PATH = "/api/webhooks/partners/hsi"
POST = f"POST {PATH} HTTP/1.1"
STRANGER = b'{"event":"course.completed","student_id":"nobody"}'

SCHEMES = {"careersafe": "hmac-sha256", "milady": "shared-secret"}  # the others: standard
MORE = {  # slug: status
    "resting": "disabled",
    "gone": "retired",
    "no-secret": "active",
    "bad-secret": "active",
    "testing": "active",
}


def new_secret() -> str:
    """A secret for the scheme standard, as a school would make one."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


# jri is in the middle of a rotation. Made up anew for each run, so none of them can end up in a file.
SECRETS = {
    slug: new_secret() for slug in ("hsi", "certiport", "careersafe", "milady", "resting", "gone", "testing")
} | {
    "jri": f"{new_secret()} {new_secret()}",
    "bad-secret": "this_is_not_base64_but_long",
}
SETTINGS = {f"PARTNER_WEBHOOK_SECRET_{slug.upper().replace('-', '_')}": secret for slug, secret in SECRETS.items()}


def configure(db_url: str) -> None:
    """Gives the partners their schemes, and adds those that are out of order in one way each."""
    with psycopg.connect(db_url, autocommit=True) as db:
        for slug, scheme in SCHEMES.items():
            db.execute("update handoff.partners set signature_scheme = %s where slug = %s", [scheme, slug])
        for slug, status in MORE.items():
            db.execute(
                "insert into handoff.partners (slug, name, status) values (%s, %s, %s)", [slug, slug.title(), status]
            )
            db.execute(
                "insert into handoff.partner_event_types (partner_slug, event_type, meaning)"
                " values (%s, 'course.completed', 'completion')",
                [slug],
            )
        db.execute(
            "insert into handoff.partner_event_types (partner_slug, event_type, meaning)"
            " values ('testing', 'ping', 'test')"
        )


@dataclass(frozen=True)
class Answer:
    """What came back. `seconds`: how long it took."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    seconds: float

    @property
    def json(self) -> dict[str, Any]:
        """The body, which must be a JSON object."""
        assert self.headers.get_content_type() == "application/json", self
        document = json.loads(self.body)
        assert isinstance(document, dict), self
        return document

    @property
    def said(self) -> str:
        """200 accepted:completed, 409 key_reused: the answer as one line."""
        told = self.json
        return f"{self.status} " + (f"{told['status']}:{told['reason']}" if "status" in told else told["code"])


def body_of(event: str, student_id: object, **more: Any) -> bytes:
    """The JSON of an event."""
    return json.dumps({"event": event, "student_id": str(student_id), **more}).encode()


def new_key() -> str:
    """An event key that nobody has used."""
    return f"msg_{secrets.token_hex(8)}"


def sign_standard(secret: str, body: bytes, key: str | None = None, at: float | None = None) -> dict[str, str]:
    """The three headers of Standard Webhooks. `at`: seconds since 1970, by default now."""
    key, timestamp = key or new_key(), str(int(time.time() if at is None else at))
    signed = f"{key}.{timestamp}.".encode() + body
    digest = hmac.new(base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256).digest()
    signature = "v1," + base64.b64encode(digest).decode()
    return {"webhook-id": key, "webhook-timestamp": timestamp, "webhook-signature": signature}


def sign_hmac_sha256(secret: str, body: bytes) -> dict[str, str]:
    """The header of the scheme hmac-sha256."""
    return {"X-Webhook-Signature": "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}


@dataclass(frozen=True)
class Partner:
    """A partner that knows its secret and where to send."""

    slug: str
    port: int

    @property
    def path(self) -> str:
        """Where its webhooks go."""
        return f"/api/webhooks/partners/{self.slug}"

    @property
    def secret(self) -> str:
        """The newest of its secrets."""
        return SECRETS[self.slug].split(" ")[-1]

    def signed(self, body: bytes, key: str | None = None) -> dict[str, str]:
        """All headers of a good delivery. `key` counts in the scheme standard only."""
        scheme = SCHEMES.get(self.slug, "standard")
        if scheme == "standard":
            return JSON | sign_standard(self.secret, body, key)
        if scheme == "hmac-sha256":
            return JSON | sign_hmac_sha256(self.secret, body)
        return JSON | {"X-Webhook-Secret": self.secret}

    def send(self, body: bytes, key: str | None = None) -> Answer:
        """A good delivery of these bytes."""
        return self.post(body, self.signed(body, key))

    def post(self, body: bytes | Iterable[bytes], headers: Mapping[str, str]) -> Answer:
        """These bytes with these headers; chunked when the body is a list of bytes."""
        return request(self.port, "POST", self.path, body, headers)


def request(
    port: int,
    method: str,
    path: str,
    body: bytes | Iterable[bytes] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    began = time.monotonic()
    try:
        # A server that has read enough answers and closes, while we are still sending.
        with contextlib.suppress(BrokenPipeError):
            connection.request(method, path, body, dict(headers or {}))
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read(), time.monotonic() - began)
    finally:
        connection.close()


def raw(port: int, *parts: bytes, half_close: bool = False) -> bytes:
    """Sends bytes as they are; all that comes back until the server closes. `half_close`: no more will be sent."""
    with socket.create_connection((HOST, port), timeout=PATIENCE) as connection:
        for part in parts:
            connection.sendall(part)
        if half_close:
            connection.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
        return answer


def raw_request(line: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    """The bytes of a request; Content-Length only when `headers` say so."""
    lines = [line, *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def statuses(answer: bytes) -> list[int]:
    """The status of each response on a connection."""
    return [int(code) for code in re.findall(rb"HTTP/1\.[01] (\d{3}) ", answer)]


def for_socket(partner: Partner, body: bytes, key: str | None = None, **more: str) -> dict[str, str]:
    """The headers of a good delivery for a raw socket, which the server closes afterwards unless `more` says else."""
    once = {"Host": "x", "Content-Length": str(len(body)), "Connection": "close"}
    return {**once, **partner.signed(body, key), **more}


def stored(db: psycopg.Connection[Any], key: str) -> int:
    """How many events came under a key, at whichever partner."""
    return db.execute("select from handoff.partner_events as e where e.event_key = %s", [key]).rowcount
