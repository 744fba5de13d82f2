"""The form to sign in, a link without the mail, and whether it has been used."""

from __future__ import annotations

from app.pages.session import digest
from tests.world.site import Page, Site, Visitor


def ask(visitor: Visitor, address: str, path: str = "/sign-in") -> Page:
    """Types an address into the form."""
    return visitor.submit(visitor.get(path), email=address)


def new_link(site: Site, address: str, token: str = "t" * 43) -> str:
    """A link as if it had been mailed."""
    assert site.value("select handoff.request_sign_in(%s, %s)", address, digest(token))
    return f"/sign-in/{token}"


def is_signed_in(visitor: Visitor) -> bool:
    return visitor.get("/").location != "/sign-in"
