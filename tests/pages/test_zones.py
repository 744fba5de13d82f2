"""A time zone that Python does not know by its letters stops no page."""

from __future__ import annotations

import pytest

from app.pages.zones import zone
from tests.pages.papers import certify, facts, words_of
from tests.world.site import Person, Site


@pytest.fixture(autouse=True)
def unsaid() -> None:
    """No zone has been complained of yet."""
    zone.cache_clear()


def test_a_zone_in_the_wrong_case_is_read_and_said_once(
    site: Site, john: Person, caplog: pytest.LogCaptureFixture
) -> None:
    site.set_clock(site.now.replace(month=11, day=14, hour=0, minute=53))
    with site.db.transaction():
        site.db.execute("set local session_replication_role = replica")  # as an earlier version took it
        site.db.execute("update handoff.school set time_zone = 'America/new_york'")
    number = certify(site, john)
    assert facts(site.visitor().get(f"/verify/{number}"))["Completed"] == "13 November 2026"
    assert "enrolled on 13 November 2026" in john.get("/student/progress").text
    assert "on 13 November 2026" in words_of(john.get(f"/student/certificates/{number}.pdf").response.data)
    assert "EST" in site.admin().get("/admin/dashboard").text
    said = [message for message in caplog.messages if "time zone" in message]
    assert said == ["'America/new_york' is no time zone here: days are those of America/New_York"]


@pytest.mark.parametrize("name", ["Mars/Base", "", "America", "../etc/passwd", "/etc/passwd", "a\0b"])
def test_a_zone_that_there_is_not_is_utc(name: str, caplog: pytest.LogCaptureFixture) -> None:
    assert (str(zone(name)), str(zone(name))) == ("UTC", "UTC")
    assert caplog.messages == [f"{name!r} is no time zone here: days are those of UTC"]
