"""Links to sign in: made of an id and a key that is not in the database, where they are needed, and stored nowhere."""

from __future__ import annotations

import base64
import hashlib
import hmac
from urllib.parse import quote
from uuid import UUID

from app.keys import derived_key

PURPOSE = "sign-in link"
BLANK = "%THE-LINK-TO-SIGN-IN%"  # stands in what is stored, in place of the link


def sign_in_token(key: str, link_id: UUID) -> str:
    """The token of a link: 43 characters of URL-safe base64. Raises ValueError without a key: all could make it."""
    mac = hmac.digest(derived_key(key, PURPOSE), link_id.bytes, "sha256")
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def digest(token: str) -> bytes:
    """SHA-256 of a link's or a cookie's token, 32 bytes: what the database has of it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def sign_in_url(base_url: str, token: str, following: str | None) -> str:
    """The link, with the path of the page that is shown after it."""
    return f"{base_url}/sign-in/{token}" + (f"?next={quote(following, safe='/')}" if following else "")
