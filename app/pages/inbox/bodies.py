"""What a partner sent, as text that can be shown."""

from __future__ import annotations

from app.pages.formats import escaped

MOST_SHOWN = 8 * 1024  # bytes of a body


def readable(body: bytes | None) -> tuple[str, int]:
    """A body as text that shows every byte and does nothing, and how many bytes of it are left out."""
    body = body or b""
    text = body[:MOST_SHOWN].decode("utf-8", "backslashreplace")
    return "\n".join(map(escaped, text.split("\n"))), max(0, len(body) - MOST_SHOWN)
