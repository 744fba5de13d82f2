"""What the page of the search alone says."""

from __future__ import annotations

KIND = {
    "certificate": "Certificate",
    "event": "Partner's event",
    "account": "Partner's id",
    "student": "Student",
}
