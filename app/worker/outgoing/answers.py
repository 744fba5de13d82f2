"""What a partner's answer says of an enrollment: all of it is optional, and what can't be used is left out, noted."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

LONGEST_ID = 255
LONGEST_URL = 2000
MOST_DIGITS = 18  # of an id that is written as a number, as in events


class EnrollmentAnswer(NamedTuple):
    """What was said; `left_out`: the fields that were there and can't be used, or `body` when none can be read."""

    external_student_id: str | None = None
    external_enrollment_id: str | None = None
    launch_url: str | None = None
    left_out: tuple[str, ...] = ()


def read_answer(body: bytes) -> EnrollmentAnswer:
    """Reads an answer's body, whatever it is. Raises nothing; an empty one says nothing."""
    if not body.strip():
        return EnrollmentAnswer()
    try:
        said = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, Mapping):
        return EnrollmentAnswer(left_out=("body",))
    found = {
        "external_student_id": _id(said.get("external_student_id")),
        "external_enrollment_id": _id(said.get("external_enrollment_id")),
        "launch_url": _url(said.get("launch_url")),
    }
    left_out = tuple(name for name, value in found.items() if value is None and said.get(name) not in (None, ""))
    return EnrollmentAnswer(**found, left_out=left_out)


def _id(value: object) -> str | None:
    """An id as text, composed (NFC) as the ids of events are; nobody sees a hidden character, so it is none."""
    if type(value) is int and 0 <= value < 10**MOST_DIGITS:
        return str(value)
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        return None
    composed = unicodedata.normalize("NFC", value)
    return composed if len(composed) <= LONGEST_ID else None


def _url(value: object) -> str | None:
    """An address that a student can be sent to, with its scheme in lower case."""
    if not isinstance(value, str) or len(value) > LONGEST_URL or not value.isprintable():
        return None
    if any(sign.isspace() or sign == "\\" for sign in value):
        return None
    try:
        url = urlsplit(value)
        good = url.scheme in ("http", "https") and url.hostname and url.port != 0 and "@" not in url.netloc
    except ValueError:
        good = False
    return url.scheme + value[len(url.scheme) :] if good else None
