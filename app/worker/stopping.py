"""The link by which a person stops mails of one kind (RFC 8058), and the headers that carry it."""

from __future__ import annotations

from uuid import UUID

from app.keys import SignedIds
from app.settings import Settings

PURPOSE = "stop mail"
KINDS = ("reminder", "digest")  # a link, a certificate or what the school decides is no news letter: it comes always


def stop_headers(settings: Settings, kind: str, message_id: UUID) -> dict[str, str]:
    """What a mail program needs to show its own button; none where the mail can't be stopped."""
    if kind not in KINDS or not settings.secret_key:
        return {}
    headers = {"List-Unsubscribe": f"<{settings.base_url}/mail/stop/{_ids(settings).sign(message_id)}>"}
    if settings.secure:  # without https no mail program may press it for a person
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def message_of(settings: Settings, token: str) -> UUID | None:
    """The mail whose link this is; None: none that we made."""
    return _ids(settings).read(token) if settings.secret_key else None


def _ids(settings: Settings) -> SignedIds:
    return SignedIds(settings.secret_key, PURPOSE)
