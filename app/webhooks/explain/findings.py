"""One thing that is wrong with a delivery."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """`part`: header, signature, secret, body, timestamp or id; `code` for programs; `text` for people."""

    part: str
    code: str
    text: str
