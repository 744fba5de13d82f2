"""Is a body sent as JSON in UTF-8, as it is?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

JSON_TYPE = re.compile(r"application/json|[!#$&^_.a-z0-9-]+/[!#$&^_.+a-z0-9-]*\+json")
PARAMETER = re.compile(r';\s*([^=;\s]*)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^;]*))?')
CHARSETS = ("utf-8", "utf8")


class Fault(NamedTuple):
    """`code` of the answer 415, and the header that is wrong."""

    code: str
    header: str


def fault_of_media_type(headers: Mapping[str, str]) -> Fault | None:
    """Why a delivery is answered 415, or None; `headers` by name in lower case."""
    kind, _, rest = headers.get("content-type", "").strip().lower().partition(";")
    charsets = [value.strip(" \t\"'") for name, value in PARAMETER.findall(f";{rest}") if name == "charset"]
    if not JSON_TYPE.fullmatch(kind.strip()) or any(charset not in CHARSETS for charset in charsets):
        return Fault("unsupported_type", "Content-Type")
    if headers.get("content-encoding", "identity").strip().lower() != "identity":
        return Fault("unsupported_encoding", "Content-Encoding")
    return None
