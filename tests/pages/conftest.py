"""Who looks at the pages, and the mail that they get."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest
from aiosmtpd.controller import Controller

from tests.pages.mailbox import FROM, Mailbox
from tests.world.server import HOST, free_port
from tests.world.site import Person, Site


@pytest.fixture
def john(site: Site) -> Person:
    """A student."""
    return site.student("John Student")


@pytest.fixture
def ada(site: Site) -> Person:
    """An admin."""
    return site.admin("Ada Admin")


@pytest.fixture
def mailbox() -> Mailbox:
    """What the mail server has got."""
    return Mailbox()


@pytest.fixture
def smtp(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """host:port of a real SMTP server that fills the mailbox."""
    monkeypatch.setattr(logging.getLogger("mail.log"), "disabled", True)  # the server's own log has every mail in it
    controller = Controller(
        mailbox, hostname=HOST, port=free_port(), authenticator=mailbox.authenticate, auth_require_tls=False
    )
    controller.start()
    yield f"{HOST}:{controller.port}"
    controller.stop()


@pytest.fixture
def school(make_site: Callable[..., Site], smtp: str) -> Site:
    """The pages behind https, with a mail server."""
    return make_site(base_url="https://handoff.example", smtp_url=f"smtp://{smtp}", mail_from=FROM)
