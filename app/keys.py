"""Keys made from SECRET_KEY, one for each purpose, and ids that are signed with them."""

from __future__ import annotations

import base64
import binascii
import hmac
from uuid import UUID

MAC_BYTES = 10  # 80 bits, 16 letters: an address before the @ has no room for more
ID_LETTERS, MAC_LETTERS = 26, 16


def derived_key(secret_key: str, purpose: str) -> bytes:
    """32 bytes for one purpose: what is signed for it is worth nothing for another. Raises ValueError without a key."""
    if not secret_key:
        raise ValueError("there is no secret key to make one from")
    return hmac.digest(secret_key.encode(), b"handoff key for " + purpose.encode(), "sha256")


class SignedIds:
    """Ids as text that only we can make, for one purpose: 43 letters, digits and a dot, whose case does not matter."""

    PATTERN = rf"[a-z2-7]{{{ID_LETTERS}}}\.[a-z2-7]{{{MAC_LETTERS}}}"

    def __init__(self, secret_key: str, purpose: str) -> None:
        """Raises ValueError without a key."""
        self._key = derived_key(secret_key, purpose)

    def sign(self, id: UUID) -> str:
        """The id and its MAC (HMAC-SHA256, its first 80 bits), both in base32."""
        return f"{_letters(id.bytes)}.{_letters(hmac.digest(self._key, id.bytes, 'sha256')[:MAC_BYTES])}"

    def read(self, text: str) -> UUID | None:
        """The id, when it is we who signed it; compared in constant time."""
        try:
            id = UUID(bytes=base64.b32decode(text[:ID_LETTERS].upper() + "======"))
        except (binascii.Error, ValueError):
            return None
        return id if hmac.compare_digest(self.sign(id).encode(), text.lower().encode()) else None


def _letters(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()
