"""What can be wrong with the headers of a delivery before anything is computed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.webhooks.explain.findings import Finding
from app.webhooks.signatures import STANDARD, SVIX, TIMESTAMP, WEBHOOK_ID

NEEDED = {
    "standard": STANDARD,
    "hmac-sha256": ("x-webhook-signature",),
    "shared-secret": ("x-webhook-secret",),
}
ALIASES = ("svix-", "x-webhook-", "x-", "webhook_")
OTHER_SYSTEMS = {
    "stripe-signature": "Stripe signs",
    "x-hub-signature-256": "GitHub signs",
    "x-hub-signature": "GitHub signs",
    "x-slack-signature": "Slack signs",
    "x-shopify-hmac-sha256": "Shopify signs",
    "svix-signature": "Svix signs, which the scheme standard takes as well",
}


class Headers:
    """Headers by name in lower case, joined by a comma when sent twice, as a web server hands them over."""

    def __init__(self, given: Sequence[tuple[str, str]]) -> None:
        self.given = [(name.strip().lower(), text.strip()) for name, text in given]
        self.joined: dict[str, str] = {}
        for name, text in self.given:
            self.joined[name] = f"{self.joined[name]},{text}" if name in self.joined else text

    def one(self, name: str) -> str:
        """The value; empty when it was not sent."""
        return self.joined.get(name, "")

    def once(self) -> Headers:
        """The same with the first of those that were sent twice: what else is wrong shows without the comma."""
        return Headers(list({name: (name, text) for name, text in reversed(self.given)}.values()))

    def as_standard(self) -> Headers:
        """The same, as the scheme standard takes them: svix-* for webhook-* when there are none of those."""
        if any(name in STANDARD for name, _ in self.given):
            return self
        return Headers([(SVIX.get(name, name), text) for name, text in self.given])

    def times(self, name: str) -> int:
        """How often it was sent."""
        return sum(1 for other, _ in self.given if other == name)


def header_findings(scheme: str, headers: Headers) -> list[Finding]:
    """Every fault of the headers that the scheme needs."""
    twice = [name for name in NEEDED[scheme] if headers.times(name) > 1]
    found = [Finding("header", "header_sent_twice", f"{name} was sent twice; send it once") for name in twice]
    headers = headers.once()
    for name in NEEDED[scheme]:
        if not headers.one(name):
            found.append(
                Finding("header", "missing_header", f"{name} is missing or empty{_instead(scheme, name, headers)}")
            )
    found += [
        Finding("header", "other_system", f"{name} is how {signs}; the partner's scheme is {scheme}")
        for name, signs in OTHER_SYSTEMS.items()
        if headers.one(name)
    ]
    if scheme == "standard":
        found += _id(headers) + _timestamp(headers)
    if scheme == "shared-secret":
        found += _quoted(headers.one("x-webhook-secret"))
    return found


def _instead(scheme: str, name: str, headers: Headers) -> str:
    """What was sent in its place, to be read after the complaint."""
    last = name.removeprefix("webhook-")
    for other in headers.joined:
        if other != name and other in {alias + last for alias in ALIASES} | {name.replace("-", "_")}:
            return f"; {other} is another header"
    for other_scheme, names in NEEDED.items():
        if other_scheme != scheme and all(headers.one(other) for other in names):
            return f"; this is signed by the scheme {other_scheme}, the partner's is {scheme}"
    return ""


def _id(headers: Headers) -> list[Finding]:
    text = headers.one("webhook-id")
    if not text or WEBHOOK_ID.fullmatch(text):
        return []
    why = (
        "has a dot, which separates the parts that are signed"
        if "." in text
        else "has a comma, as when it is sent twice"
        if "," in text
        else "is longer than 255 characters"
        if len(text) > 255
        else "must be printable ASCII without spaces"
    )
    return [Finding("id", "malformed_id", f"webhook-id {why}")]


def _timestamp(headers: Headers) -> list[Finding]:
    text = headers.one("webhook-timestamp")
    if re.fullmatch(r"[1-9][0-9]{12}", text):
        return [Finding("timestamp", "timestamp_milliseconds", "webhook-timestamp is in milliseconds; send seconds")]
    if not text or TIMESTAMP.fullmatch(text):
        return []
    why = "has a comma, as when it is sent twice" if "," in text else "must be plain digits: seconds since 1970"
    return [Finding("timestamp", "malformed_timestamp", f"webhook-timestamp {why}")]


def _quoted(text: str) -> list[Finding]:
    if text[:1] in "\"'" and text:
        return [Finding("header", "quoted", "there are quotation marks around the secret; leave them out")]
    if text.lower().startswith(("bearer ", "basic ")):
        return [Finding("header", "auth_word", "send the secret alone, without Bearer or Basic before it")]
    return []
