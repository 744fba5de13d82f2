"""A browser, and the pages for it to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.serving import make_server

from app.pages.session import COOKIE
from tests.world.server import HOST, free_port
from tests.world.site import Person, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser."""
    from tests.pages.browser import driver  # which skips where there is none

    with driver.api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=driver.CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def live(chromium: Browser, make_site: Callable[..., Site]) -> Iterator[Site]:
    """The pages on a port of their own; links to sign in are printed."""
    port = free_port()
    site = make_site(base_url=f"http://{HOST}:{port}", print_links=True)
    server = make_server(HOST, port, site.app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def browse(chromium: Browser, live: Site) -> Iterator[Callable[..., BrowserContext]]:
    """browse(person, width=390): a browser of its own, in which the person is signed in."""
    contexts: list[BrowserContext] = []
    base_url = live.app.config["HANDOFF"].base_url

    def context(person: Person | None = None, width: int = 1200, **options: Any) -> BrowserContext:
        made = chromium.new_context(base_url=base_url, viewport={"width": width, "height": 800}, **options)
        made.set_default_timeout(15_000)
        contexts.append(made)
        if person:
            person.sign_in()
            cookie = person.client.get_cookie(COOKIE, domain=HOST)
            assert cookie
            made.add_cookies([{"name": COOKIE, "value": cookie.value, "url": base_url}])
        return made

    yield context
    for made in contexts:
        made.close()


@pytest.fixture
def john(live: Site) -> Person:
    """A student."""
    return live.student("John Student")


@pytest.fixture
def ada(live: Site) -> Person:
    """An admin."""
    return live.admin("Ada Admin")
