"""Time zones by name, without a name that could stop a page."""

from __future__ import annotations

import logging
from datetime import tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

log = logging.getLogger("handoff.zones")


@cache
def zone(name: str) -> tzinfo:
    """The zone with this name. One that is unknown here is said in the log, once: read in any case, else as UTC."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        found = next((known for known in available_timezones() if known.lower() == name.lower()), "UTC")
    log.warning("%r is no time zone here: days are those of %s", name, found)
    return ZoneInfo(found)
