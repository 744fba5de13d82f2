"""An alert as its words need it, and what they make of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

ALERTS = "/admin/alerts"


class Said(NamedTuple):
    """What is wrong, and why it is told and what to do next; `path`: the page to go to, where there is a better one."""

    title: str
    text: str
    path: str = ALERTS


class About:
    """An alert as the words need it. `told`: kind, about, numbers, and names where they are known."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._told = told
        self.numbers: Mapping[str, Any] = told["numbers"]
        self.partner = told.get("partner_name") or told.get("partner") or "a partner"
        self.student = told.get("student_name") or "A student"
        self.person = told.get("person_name") or "one person"
        self.code = str(self.numbers.get("code") or "")
        self.lasting = counted(self.numbers.get("days", 0), "day") if self.numbers.get("days") else "less than a day"
        self.ago = f"{self.lasting} ago"

    def number(self, name: str) -> int:
        """A count among the numbers; 0 where it is missing."""
        return int(self.numbers.get(name, 0))

    def events(self, status: str) -> str:
        """The page of this partner's events with this status."""
        slug = self._told.get("partner_slug")
        return "/admin/events?" + urlencode({"status": status} | ({"partner": slug} if slug else {}))


def counted(number: int, noun: str) -> str:
    """'1 day', '1,200 days'."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def agreeing(number: int, one: str, several: str) -> str:
    """'is' of one, 'are' of several."""
    return one if number == 1 else several


def capped(number: int) -> str:
    """A count that was ended at 1001: '1,000+'."""
    return f"{number:,}" if number <= 1000 else "1,000+"


Words = Callable[[About], Said]
