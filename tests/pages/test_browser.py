"""The pages in a real browser: accessible, up to date by themselves, usable by keyboard and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.serving import make_server

from app.pages.session import COOKIE, digest
from tests.pages import axe
from tests.world.server import HOST, free_port
from tests.world.site import Person, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = Path("/usr/bin/chromium")
if not CHROMIUM.exists():
    pytest.skip(f"no browser tests: {CHROMIUM} is not installed", allow_module_level=True)
api = pytest.importorskip("playwright.sync_api", reason="no browser tests: playwright is not installed")
expect = api.expect
expect.set_options(timeout=15_000)

ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CHECK = "tags => axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
TICK = 15_100  # milliseconds until the page has looked for news
STUDENT, ADMIN, EVENTS = "/student/progress", "/admin/dashboard", "/admin/events"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
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

    def context(person: Person | None = None, width: int = 1200, **options: Any) -> BrowserContext:
        made = chromium.new_context(
            base_url=live.app.config["HANDOFF"].base_url, viewport={"width": width, "height": 800}, **options
        )
        made.set_default_timeout(15_000)
        contexts.append(made)
        if person:
            sign_in(made, person)
        return made

    yield context
    for made in contexts:
        made.close()


def sign_in(context: BrowserContext, person: Person) -> None:
    person.sign_in()
    cookie = person.client.get_cookie(COOKIE, domain=HOST)
    assert cookie
    context.add_cookies([{"name": COOKIE, "value": cookie.value, "url": person.site.app.config["HANDOFF"].base_url}])


@pytest.fixture
def john(live: Site) -> Person:
    return live.student("John Student")


@pytest.fixture
def ada(live: Site) -> Person:
    return live.admin("Ada Admin")


# Accessibility


@pytest.fixture
def checker() -> str:
    try:
        return axe.source()
    except axe.AxeError as error:
        pytest.skip(f"no accessibility tests: {error}")


def violations(page: Page, checker: str) -> list[str]:
    """What axe finds against WCAG 2.2 AA, and what else a person at this width would trip over."""
    page.evaluate(checker)
    result = page.evaluate(CHECK, WCAG)
    found = [f"{fault['id']}: {node['html']}" for fault in result["violations"] for node in fault["nodes"]]
    assert len(result["passes"]) > 5, "axe has looked at nothing"
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("the page is wider than the window")
    return found


def busy_school(site: Site) -> tuple[Person, Person, str]:
    """A student with an enrollment of every kind, an admin with something in every list, a certificate's number."""
    john, ada = site.student("John Student"), site.admin("Ada Admin")
    site.db.execute("update handoff.programs set requires_approval = true where slug = 'emt'")
    site.db.execute("update handoff.partners set signature_scheme = 'shared-secret' where slug = 'milady'")
    site.db.execute("update handoff.partners set status = 'disabled' where slug = 'careersafe'")
    late = site.student("Wolfeschlegelsteinhausenbergerdorff " * 3).enroll("cna")
    site.travel(days=8)
    john.enroll("emt")
    on_hold, withdrawn, failed = (john.enroll(program) for program in ("cna", "cna-wrg", "dental-assistant"))
    ada.act("skip_step", site.step(withdrawn, 1), "knows it")
    ada.act("withdraw_enrollment", withdrawn, "moved away")
    ada.act("fail_step", site.step(failed, 1), "cheated")
    ada.act("hold_enrollment", on_hold, "on leave")
    done = john.enroll("cpr-first-aid")
    site.send("hsi", "course.completed", john, enrollment_id=str(site.step(done, 1)))
    john.enroll("cdl-training")
    site.send("jri", "module.completed", john, module_id="mindsets")
    site.send("hsi", "course.completed", "hsi-" + "1" * 200)
    site.deliver("hsi", b"{", "key")
    site.deliver("hsi", b"[", "key")
    john.enroll("emergency-health-safety-technician")
    assert site.send("hsi", "course.completed", john) == "parked:ambiguous"
    site.deliver("hsi", ("[" + '"' + "a long word" * 40).encode())
    site.send("hsi", "course.renamed", john)
    site.value("select handoff.mark_events_due(null, 'parked', 'unknown_event_type')")
    assert site.value("select e.status from handoff.enrollments as e where e.id = %s", late) == "active"
    return john, ada, str(site.value("select c.number from handoff.certificates as c"))


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1200, "dark")])
def test_no_page_violates_wcag_2_2_aa(
    live: Site, browse: Callable[..., BrowserContext], checker: str, width: int, scheme: str
) -> None:
    john, ada, number = busy_school(live)
    new, unknown = live.student("New Student"), live.value("select handoff_private.new_certificate_number()")
    visitor = browse(width=width, color_scheme=scheme)
    link = sign_in_link(live, john)
    found: dict[str, list[str]] = {}
    complaints: list[str] = []

    def look(context: BrowserContext, path: str, shows: str, act: Callable[[Page], Any] | None = None) -> None:
        page = context.new_page()
        page.on("console", lambda said: complaints.append(f"{path}: {said.text}") if "policy" in said.text else None)
        page.on("pageerror", lambda error: complaints.append(f"{path}: {error}"))
        page.goto(path)
        if act:
            act(page)
        expect(page.locator("main")).to_contain_text(shows)
        # On a busy machine the browser may give up on the stylesheet; without it there is nothing to judge.
        while not page.evaluate("document.styleSheets.length"):
            page.reload()
        expect(page.locator("main")).to_contain_text(shows)
        if faults := violations(page, checker):
            found[f"{path} {page.title()}"] = faults
        page.close()

    def ask(address: str) -> Callable[[Page], None]:
        def act(page: Page) -> None:
            page.evaluate("document.querySelector('main form').noValidate = true")
            page.fill("#email", address)
            page.press("#email", "Enter")

        return act

    look(visitor, "/sign-in", "Your e-mail address")
    look(visitor, "/sign-in", "a link is on its way", ask("nobody@test.example"))
    look(visitor, "/sign-in", "Please type your e-mail address", ask("nobody"))
    look(visitor, link, "One more press")
    look(visitor, "/sign-in/used", "This link was used already", lambda page: page.click("main button"))
    look(visitor, "/verify", "Certificate number")
    look(visitor, f"/verify/{number}", "This certificate is genuine")
    look(visitor, f"/verify/{unknown}", "We have not issued")
    look(visitor, "/verify/x", "There is a typing mistake")
    look(visitor, "/no-such-page", "This page does not exist")
    students, admins = browse(john, width, color_scheme=scheme), browse(ada, width, color_scheme=scheme)
    look(browse(new, width, color_scheme=scheme), STUDENT, "You have no enrollments")
    look(students, STUDENT, "Your certificate")
    look(students, ADMIN, "This page is not for you")
    look(admins, ADMIN, "receipt", lambda page: page.click("#event-list summary"))
    look(admins, EVENTS, "Other content")
    unknown, unclear = receipt(live, "unknown_student"), receipt(live, "ambiguous")
    look(admins, f"{unknown}?find=Student", "From now on", lambda page: page.click("#link summary >> nth=0"))
    look(admins, unclear, "Please say why", assign_without_reason)
    look(admins, receipt(live, "bad_json"), "Other contents under the same id")
    look(admins, unclear, "The event was tried.", lambda page: page.click("#replay button"))
    look(admins, "/admin/replay", "left")
    assert found == {}
    assert complaints == []


def receipt(site: Site, reason: str) -> str:
    """The path of the oldest event with this reason."""
    oldest = "select e.receipt from handoff.partner_events as e where e.reason = %s order by e.position limit 1"
    return f"{EVENTS}/{site.value(oldest, reason)}"


def assign_without_reason(page: Page) -> None:
    page.check("#assign input[type=radio] >> nth=0")
    page.fill("#why", " ")
    page.click("#assign button")


def test_the_checker_finds_what_is_wrong(live: Site, browse: Callable[..., BrowserContext], checker: str) -> None:
    page = browse(width=390).new_page()
    page.goto("/sign-in")
    page.evaluate("document.querySelector('label').remove()")
    page.evaluate("document.querySelector('main p').style.cssText = 'color: #999; min-width: 500px'")
    found = violations(page, checker)
    assert {fault.split(":")[0] for fault in found} == {"label", "color-contrast", "the page is wider than the window"}


# Figures that keep themselves up to date


def opened(context: BrowserContext, path: str) -> Page:
    """The page, with its clock in the test's hand and a mark that a reload would wipe away."""
    page = context.new_page()
    page.clock.install()
    page.goto(path)
    page.evaluate("window.mark = 'the same page'")
    return page


def test_the_students_page_shows_an_event_without_a_reload(
    live: Site, john: Person, browse: Callable[..., BrowserContext]
) -> None:
    john.enroll("medical-assistant")
    page = opened(browse(john), STUDENT)
    expect(page.locator("article")).to_contain_text("0 of 3 partners complete")
    expect(page.locator("#live-status")).to_have_text("This page keeps itself up to date.")
    live.send("hsi", "course.completed", john)
    page.clock.run_for(TICK)
    expect(page.locator("article")).to_contain_text("1 of 3 partners complete")
    expect(page.locator("li.now")).to_contain_text("Certiport")
    expect(page.locator("#live-status")).to_contain_text("Updated at ")
    assert page.evaluate("window.mark") == "the same page"


def test_the_admins_page_shows_an_event_without_a_reload(
    live: Site, john: Person, ada: Person, browse: Callable[..., BrowserContext]
) -> None:
    john.enroll("medical-assistant")
    page = opened(browse(ada), ADMIN)
    figures = page.locator(".figures li")
    expect(figures).to_contain_text(["0 enrollments stuck", "0 events", "0 steps"])
    live.send("hsi", "course.completed", john)
    live.send("hsi", "course.completed", "hsi-1")
    page.clock.run_for(TICK)
    expect(figures).to_contain_text(["0 enrollments stuck", "1 event to look at", "1 step started by the system today"])
    assert page.evaluate("window.mark") == "the same page"


def test_updates_can_be_paused_and_resumed(live: Site, john: Person, browse: Callable[..., BrowserContext]) -> None:
    john.enroll("medical-assistant")
    page = opened(browse(john), STUDENT)
    page.get_by_role("button", name="Pause updates").click()
    expect(page.locator("#live-status")).to_have_text("Updates are paused.")
    live.send("hsi", "course.completed", john)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.clock.run_for(10 * TICK)
    expect(page.locator("article")).to_contain_text("0 of 3 partners complete")
    assert requests == []
    page.get_by_role("button", name="Resume updates").click()
    expect(page.locator("article")).to_contain_text("1 of 3 partners complete")


def test_an_update_leaves_alone_what_a_reader_has_open_focused_and_scrolled(
    live: Site, john: Person, ada: Person, browse: Callable[..., BrowserContext]
) -> None:
    live.send("hsi", "course.completed", "hsi-1")
    page = opened(browse(ada, width=390), ADMIN)
    page.click("#event-list summary")
    page.evaluate("document.querySelector('#pipeline-table').scrollLeft = 120")
    page.focus("#to-events")
    live.send("hsi", "course.completed", "hsi-2")
    page.clock.run_for(TICK)
    expect(page.locator("#to-events")).to_contain_text("2 events to look at")
    expect(page.locator("#to-events")).to_be_focused()
    expect(page.get_by_text("student id hsi-1")).to_be_visible()
    assert page.evaluate("document.querySelector('#pipeline-table').scrollLeft") == 120
    page.focus("#event-list summary")
    live.send("hsi", "course.completed", "hsi-3")
    page.clock.run_for(TICK)
    expect(page.get_by_text("student id hsi-3")).to_be_visible()
    expect(page.locator("#event-list summary")).to_be_focused()


def test_nothing_new_is_announced_to_nobody(live: Site, john: Person, browse: Callable[..., BrowserContext]) -> None:
    page = opened(browse(john), STUDENT)
    page.evaluate(
        "window.said = 0; new MutationObserver(() => window.said++)"
        ".observe(document.querySelector('main'), {subtree: true, childList: true, characterData: true})"
    )
    for _ in range(3):
        with page.expect_response("**" + STUDENT) as answer:
            page.clock.run_for(TICK)
        answer.value.finished()
    assert page.evaluate("window.said") == 0


def test_a_server_out_of_reach_and_a_session_that_is_over_are_told(
    live: Site, john: Person, browse: Callable[..., BrowserContext]
) -> None:
    context = browse(john)
    page = opened(context, STUDENT)
    status = page.locator("#live-status")
    context.set_offline(True)
    page.clock.run_for(TICK)
    expect(status).to_contain_text("We can't reach the server. What you see may be old")
    context.set_offline(False)
    page.clock.run_for(TICK)
    expect(status).to_have_text("Up to date again.")
    live.db.execute("delete from handoff.sessions")
    page.clock.run_for(TICK)
    expect(status).to_contain_text("You are signed out.")
    expect(page.locator("h2")).to_have_text("You have no enrollments")


# Trying many events again


def wait_for_many(site: Site, john: Person, number: int) -> None:
    """So many events are parked, and due."""
    john.enroll("cdl-training")
    site.db.execute("update handoff.partners set status = 'disabled' where slug = 'jri'")
    for badge in range(number):
        site.send("jri", "module.completed", john, module_id=f"badge-{badge}")
    site.db.execute("update handoff.partners set status = 'active' where slug = 'jri'")


def test_many_events_are_tried_while_the_page_shows_how_far_it_is(
    live: Site, john: Person, ada: Person, browse: Callable[..., BrowserContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.pages.inbox.replays.BATCH", 2)
    monkeypatch.setattr("app.pages.inbox.replays.WORK_SECONDS", 0)
    wait_for_many(live, john, 7)
    page = browse(ada).new_page()
    page.goto(EVENTS)
    page.get_by_role("button", name="Try all parked events of this list again").click()
    expect(page.locator("#replay-status")).to_have_text("All events have been tried.")
    expect(page.locator("#progress")).to_contain_text("7 events tried, 7 of them applied.")
    expect(page.locator("#stop")).to_be_hidden()
    assert live.value("select count(*) from handoff.partner_events as e where e.reason = 'progress'") == 7


def test_a_server_out_of_reach_stops_the_page_and_loses_nothing(
    live: Site, john: Person, ada: Person, browse: Callable[..., BrowserContext]
) -> None:
    wait_for_many(live, john, 3)
    context = browse(ada)
    page = context.new_page()
    page.route("**/admin/replay", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.goto("/admin/replay?run=1&total=3")
    expect(page.locator("#replay-status")).to_contain_text("We can't reach the server.")
    page.unroute("**/admin/replay")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("h2")).to_have_text("Finished")
    assert live.value("select count(*) from handoff.partner_events as e where e.reason = 'progress'") == 3


# Other ways to use it


def sign_in_link(site: Site, person: Person) -> str:
    token = f"link-{person.id}"
    assert site.value("select handoff.request_sign_in(%s, %s)", person.email, digest(token))
    return f"/sign-in/{token}?next={STUDENT}"


def test_signing_in_and_out_takes_nothing_but_a_keyboard(
    john: Person, browse: Callable[..., BrowserContext], capsys: pytest.CaptureFixture[str]
) -> None:
    page = browse(width=390).new_page()
    page.goto(STUDENT)
    focused = "document.activeElement.id || document.activeElement.innerText"
    way = []
    for _ in range(3):
        page.keyboard.press("Tab")
        way.append(page.evaluate(focused))
    assert way == ["Skip to the content", "Handoff", "email"]
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.type(john.email)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Look into your mail")
    link = re.search(r"http://\S+/sign-in/\S+", capsys.readouterr().out)
    assert link
    page.goto(link[0])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(STUDENT + "$"))
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Sign in")


def test_everything_works_without_javascript(
    live: Site, john: Person, ada: Person, browse: Callable[..., BrowserContext]
) -> None:
    john.enroll("cpr-first-aid")
    page = browse(java_script_enabled=False).new_page()
    page.goto(sign_in_link(live, john))
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("article")).to_contain_text("0 of 1 partner complete")
    expect(page.locator("#live-pause")).to_be_hidden()
    assert page.locator("meta[http-equiv=refresh]").get_attribute("content") == "60"
    page.get_by_role("link", name="Stop renewing this page every minute").click()
    expect(page.get_by_role("link", name="Renew this page every minute")).to_be_visible()
    expect(page.locator("meta[http-equiv=refresh]")).to_have_count(0)
    live.send("hsi", "course.completed", john)
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the certificate (PDF)").click()
    assert download.value.suggested_filename.endswith(".pdf")
    page.get_by_role("link", name="Page that proves it is genuine").click()
    expect(page.locator("h2")).to_have_text("This certificate is genuine")
    page.get_by_label("Certificate number").fill("x")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a typing mistake")
    admins = browse(ada, java_script_enabled=False).new_page()
    admins.goto(ADMIN)
    expect(admins.locator("#pipeline-table tbody tr")).to_have_count(5)
    acts_without_javascript(live, john, admins)
    admins.get_by_role("button", name="Sign out", exact=True).click()
    expect(admins.locator("h1")).to_have_text("Sign in")


def acts_without_javascript(site: Site, john: Person, page: Page) -> None:
    """An account is linked, and what is due is tried, with buttons alone."""
    site.send("milady", "course.completed", "milady-1")
    wait_for_many(site, john, 2)
    page.goto(EVENTS + "?reason=unknown_student")
    page.get_by_role("link", name="Look at event").click()
    page.get_by_label("Name or e-mail address").fill("john")
    page.get_by_role("button", name="Find").click()
    page.get_by_text("Link to John Student", exact=True).click()
    page.get_by_role("button", name="Yes, link to John Student").click()
    expect(page.get_by_role("status")).to_contain_text("The account is linked.")
    page.goto(EVENTS)
    page.get_by_role("link", name="Try them now").click()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#progress")).to_contain_text("2 events tried, 2 of them applied.")
