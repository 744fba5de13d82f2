"""What shows a partner that a message is ours: a signature by Standard Webhooks, with a secret of that partner."""

from __future__ import annotations

from app.settings import Settings
from app.webhooks.signatures import sign


def signed_headers(settings: Settings, slug: str, key: str, body: bytes, now: float) -> dict[str, str] | None:
    """The headers of a message, by the partner's newest secret; None when it has none: then it can't be told.

    `key` is the message's own, 1 to 255 printable ASCII characters, the same for each try; `now` in seconds since 1970.
    """
    secrets = settings.outgoing_secrets_for(slug)
    return sign("standard", secrets[-1], key, int(now), body) if secrets else None
