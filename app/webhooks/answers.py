"""The HTTP status of an outcome, and the size up to which a body is taken."""

from __future__ import annotations

MAX_BYTES = 65536
HTTP_OF_STATUS = {"accepted": 200, "duplicate": 200, "ignored": 200, "parked": 202, "rejected": 400, "conflict": 409}
UNPROCESSABLE = ("missing_field", "bad_field", "bad_time")


def http_of(status: str, reason: str) -> int:
    """What a sender is answered for a row of handoff.event_receipt."""
    return 422 if status == "rejected" and reason in UNPROCESSABLE else HTTP_OF_STATUS[status]
