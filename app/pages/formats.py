"""How a number, a day, a moment and an address are written on a page."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from urllib.parse import quote

from markupsafe import Markup

from app.pages.school import school
from app.pages.zones import zone

# Letters and marks by name, that show nothing; what is no letter is not printable.
UNSEEN = {chr(code) for code in (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0)}
UNSEEN |= {chr(code) for code in (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))}


def count(number: int, noun: str) -> str:
    """'1 day', '2 days'."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def percent(rate: Decimal) -> str:
    """A rate in percent with at most two decimals: '66.67 %', '50 %'."""
    return f"{rate:.2f}".rstrip("0").rstrip(".") + " %"


def day(moment: datetime, of: tzinfo) -> str:
    """'3 March 2026', in this time zone."""
    return _spelled(moment.astimezone(of))


def day_tag(moment: datetime, time_zone: str | None = None) -> Markup:
    """A <time> element that shows the day in the school's time zone, or in that of a certificate."""
    return _tag(moment, day(moment, zone(time_zone) if time_zone else school().zone))


def date_tag(date: date) -> Markup:
    """A <time> element that shows a day of the calendar."""
    return Markup('<time datetime="{}">{}</time>').format(date.isoformat(), _spelled(date))


def moment_tag(moment: datetime) -> Markup:
    """A <time> element that shows day, minute and time zone, by the school's clocks."""
    clocks = school().zone
    return _tag(moment, f"{day(moment, clocks)}, {moment.astimezone(clocks):%H:%M %Z}")


def escaped(text: str) -> str:
    """The text with an escape for each sign that shows nothing or turns round what stands beside it: 'a\\u202eb'."""
    return "".join(f"\\u{ord(sign):04x}" if sign in UNSEEN or not sign.isprintable() else sign for sign in text)


def spelled(text: str) -> str:
    """The text sign by sign, with an escape for each that is not ASCII: to tell apart what looks the same."""
    return escaped(text).encode("ascii", "backslashreplace").decode()


def initials(name: str) -> str:
    """'HS' of Health & Safety Institute; the first two letters of a single word."""
    words = [word for word in name.split() if word[0].isalnum()]
    return ("".join(word[0] for word in words[:2]) if len(words) > 1 else name[:2]).upper()


def mailto(address: str) -> str:
    """A mailto: link in which the address stays an address, whatever signs it holds."""
    return "mailto:" + quote(address, safe="@+")


def _spelled(date: date) -> str:
    return f"{date.day} {date:%B %Y}"


def _tag(moment: datetime, text: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", text)


FILTERS = {
    "day": day_tag,
    "date": date_tag,
    "moment": moment_tag,
    "percent": percent,
    "escaped": escaped,
    "spelled": spelled,
    "mailto": mailto,
    "initials": initials,
}
