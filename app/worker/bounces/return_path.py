"""The envelope's sender, one for each mail: what comes back to it is about that mail, and only we can make it."""

from __future__ import annotations

import re
from uuid import UUID

from app.keys import SignedIds
from app.settings import Settings

PURPOSE = "return path"


class ReturnPath:
    """The addresses made from MAIL_BOUNCES: bounces+<message id>.<mac>@school.example."""

    def __init__(self, address: str, secret_key: str) -> None:
        """`address`: MAIL_BOUNCES. Raises ValueError without a key."""
        self._local, _, self._domain = address.rpartition("@")
        self._ids = SignedIds(secret_key, PURPOSE)
        # Begins with a literal, so that a megabyte of anything is searched in one go.
        self._pattern = re.compile(
            rf"(?<![\w.+-]){re.escape(self._local)}\+({SignedIds.PATTERN})@{re.escape(self._domain)}(?![\w-]|\.\w)",
            re.IGNORECASE | re.ASCII,
        )

    @classmethod
    def of(cls, settings: Settings) -> ReturnPath | None:
        """None where no bounces are wanted, or there is no key to know them by."""
        if not settings.mail_bounces or not settings.secret_key:
            return None
        return cls(settings.mail_bounces, settings.secret_key)

    def address(self, message_id: UUID) -> str:
        """The envelope's sender of a mail."""
        return f"{self._local}+{self._ids.sign(message_id)}@{self._domain}"

    def message_in(self, text: str) -> UUID | None:
        """The mail whose address stands first in a text; an address that only looks like ours is passed over."""
        for signed in self._pattern.findall(text):
            if message_id := self._ids.read(signed):
                return message_id
        return None
