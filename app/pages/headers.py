"""Headers of every answer that keep a browser safe; what shows a frame, and what is in it, have their own policies."""

from __future__ import annotations

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FRAMING = f"{POLICY}; frame-src 'self'"
# A mail as it looks: it has styles of its own, and nothing in it may run, be sent or lead anywhere.
FRAMED = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; "
    "sandbox"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
