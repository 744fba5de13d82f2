"""What drives the browser; whoever imports it is skipped where there is none. And what the browser looks at."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.pages.session import digest
from tests.world.site import Person, Site

CHROMIUM = Path("/usr/bin/chromium")
if not CHROMIUM.exists():
    pytest.skip(f"no browser tests: {CHROMIUM} is not installed", allow_module_level=True)
api = pytest.importorskip("playwright.sync_api", reason="no browser tests: playwright is not installed")
expect = api.expect
expect.set_options(timeout=15_000)

STUDENT, ADMIN, EVENTS = "/student/progress", "/admin/dashboard", "/admin/events"


def wait_for_many(site: Site, john: Person, number: int) -> None:
    """So many events are parked, and due."""
    john.enroll("cdl-training")
    site.db.execute("update handoff.partners set status = 'disabled' where slug = 'jri'")
    for badge in range(number):
        site.send("jri", "module.completed", john, module_id=f"badge-{badge}")
    site.db.execute("update handoff.partners set status = 'active' where slug = 'jri'")


def sign_in_link(site: Site, person: Person) -> str:
    """The path of a link that leads to the student's page."""
    token = f"link-{person.id}"
    assert site.value("select handoff.request_sign_in(%s, %s)", person.email, digest(token))
    return f"/sign-in/{token}?next={STUDENT}"
