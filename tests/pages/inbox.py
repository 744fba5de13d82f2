"""/admin/events as tests read it, and the events that it shows."""

from __future__ import annotations

from uuid import UUID

from tests.world.site import Page, Person, Site, said

PATH = "/admin/events"
HSI = "Health & Safety Institute"


def newest(site: Site) -> UUID:
    """The receipt of the event that came last."""
    receipt: UUID = site.value("select e.receipt from handoff.partner_events as e order by e.position desc limit 1")
    return receipt


def outcome(site: Site, receipt: UUID) -> str:
    """status:reason of an event now."""
    row = "select e.status || ':' || e.reason from handoff.partner_events as e where e.receipt = %s"
    return str(site.value(row, receipt))


def event_page(receipt: UUID, query: str = "") -> str:
    return f"{PATH}/{receipt}{query}"


def followed(person: Person, page: Page) -> Page:
    """The page to which an act leads."""
    assert page.status == 303 and page.location
    return person.get(page.location)


def rows(page: Page) -> list[str]:
    """The entries of the list."""
    return page.texts("main section > ul.rows > li")


def notice(page: Page) -> str:
    """What the act before says."""
    return said(page.one("main p.note[role=status]"))
