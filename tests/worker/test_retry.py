"""Retry-After, in every form that it has, and in those that it has not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.worker.outgoing.retry import LONGEST, retry_after

NOW = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 120 ", 120),
        ("0000000120", 86_400),
        ("86400", 86_400),
        ("86401", 86_400),
        ("9" * 5000, 86_400),
        ("Fri, 27 Nov 2026 09:31:00 GMT", 60),
        ("Friday, 27-Nov-26 09:31:00 GMT", 60),
        ("Fri Nov 27 09:31:00 2026", 60),
        ("Fri, 27 Nov 2026 10:31:00 +0100", 60),
        ("Fri, 27 Nov 2026 09:31:00 -0000", 60),
        ("Fri, 27 Nov 2026 09:30:00 GMT", 0),
        ("Thu, 26 Nov 2026 09:30:00 GMT", 0),
        ("Fri, 27 Nov 2099 09:30:00 GMT", 86_400),
    ],
)
def test_it_is_read_as_seconds_or_as_a_date(text: str, seconds: int) -> None:
    assert retry_after({"retry-after": text}, NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["", " ", "-1", "+1", "1.5", "1e3", "0x10", "soon", "12 seconds", "\u0661", "Fri, 99 Nov 2026 09:31:00 GMT"]
)
def test_what_it_can_not_mean_is_nothing(text: str) -> None:
    assert retry_after({"retry-after": text}, NOW) is None


def test_without_it_there_is_nothing_to_wait_for() -> None:
    assert retry_after({}, NOW) is None


@given(st.one_of(st.text(), st.from_regex(r"[A-Z][a-z]{2}, \d{1,3} [A-Z][a-z]{2} \d{1,6} [\d:]{1,9} .{0,6}")))
def test_whatever_is_said_the_wait_is_none_or_at_most_a_day(text: str) -> None:
    wait = retry_after({"retry-after": text}, NOW)
    assert wait is None or timedelta(0) <= wait <= LONGEST


@given(st.datetimes(datetime(2026, 11, 27), datetime(2026, 11, 28)))
def test_every_date_of_a_day_is_read(date: datetime) -> None:
    date = date.replace(microsecond=0, tzinfo=UTC)
    wait = retry_after({"retry-after": format_datetime(date, usegmt=True)}, NOW)
    assert wait == max(date - NOW, timedelta(0))
