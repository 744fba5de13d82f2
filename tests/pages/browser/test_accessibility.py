"""Every page in a real browser: WCAG 2.2 AA at two widths and in two schemes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from app.worker.mails.examples import examples
from app.worker.mails.kinds import KINDS
from app.worker.stopping import stop_headers
from tests.pages.browser import axe
from tests.pages.browser.driver import ADMIN, EVENTS, STUDENT, expect, sign_in_link
from tests.pages.dashboard import refuse
from tests.world.site import Person, Site

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page


WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CHECK = "tags => axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"


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


LINES = "Name,E-mail,Program\nZoë Lee,zoe@test.example,cna\nJohn Student,j2@test.example,cna\n,x@test.example,cna"


def see_what_follows(page: Page) -> None:
    """What would come of enrolling somebody."""
    page.fill("#full_name", "John Student")
    page.fill("#email", "j3@test.example")
    page.select_option("#program", "cna")
    page.click("button[name=look]")


def hand_in(page: Page, lines: str) -> None:
    """A list of students."""
    page.fill("#pasted", lines)
    page.click("#upload button")


def choose_lines(page: Page) -> None:
    """The doubtful lines of a list."""
    hand_in(page, LINES)
    page.click("nav[aria-label=Lines] a:has-text('Doubtful')")


def apply_lines(page: Page) -> None:
    """A list with its result."""
    hand_in(page, LINES)
    page.click("#go-on button")


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


@pytest.mark.once
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1200, "dark")])
def test_no_page_violates_wcag_2_2_aa(
    live: Site, browse: Callable[..., BrowserContext], checker: str, width: int, scheme: str
) -> None:
    john, ada, number = busy_school(live)
    new, unknown = live.student("New Student"), live.value("select handoff_private.new_certificate_number()")
    refused = refuse(live, live.student("Rex Student"))
    visitor = browse(width=width, color_scheme=scheme)
    link = sign_in_link(live, john)
    found: dict[str, list[str]] = {}
    complaints: list[str] = []

    def opened(context: BrowserContext) -> Page:
        page = context.new_page()
        page.on(
            "console", lambda said: complaints.append(f"{page.url}: {said.text}") if "policy" in said.text else None
        )
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        return page

    def look(context: BrowserContext, path: str, shows: str, act: Callable[[Page], Any] | None = None) -> None:
        page = context.pages[0] if context.pages else opened(context)
        # On a busy machine the browser may give up on the stylesheet; without it there is nothing to judge. What an act
        # has shown is gone when the page is loaded again, so the act is done again.
        styled = False
        while not styled:
            page.goto(path)
            if act:
                act(page)
            expect(page.locator("main")).to_contain_text(shows)
            styled = page.evaluate("document.styleSheets.length") > 0
        if faults := violations(page, checker):
            found[f"{path} {page.title()}"] = faults

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
    look(admins, ADMIN, "Approve the enrollment", lambda page: page.click("#changes summary"))
    look(admins, EVENTS, "Other content")
    look(admins, "/admin/enroll", "What will follow", see_what_follows)
    look(admins, "/admin/imports", "We miss a name", lambda page: hand_in(page, "E-mail\nx@test.example"))
    look(admins, "/admin/imports", "There is no name.", lambda page: hand_in(page, LINES))
    look(admins, "/admin/imports", "Keep this choice", choose_lines)
    look(admins, "/admin/imports", "What came of it", apply_lines)
    unknown, unclear = receipt(live, "unknown_student"), receipt(live, "ambiguous")
    look(admins, f"{unknown}?find=Student", "From now on", lambda page: page.click("#link summary >> nth=0"))
    look(admins, unclear, "Please say why", assign_without_reason)
    look(admins, receipt(live, "bad_json"), "Other contents under the same id")
    look(admins, unclear, "The event was tried.", lambda page: page.click("#replay button"))
    look(admins, "/admin/replay", "left")
    look(admins, f"/admin/enrollments/{refused}/refused", "What was put right")
    mail = bounced_mail(live, john)
    look(admins, "/admin/addresses", "It works again", lambda page: page.click("ul.rows summary >> nth=0"))
    look(visitor, stop_link(live, mail), "Links to sign in")
    look(visitor, stop_link(live, mail), "no more summaries", lambda page: page.click("main button"))
    live.db.execute("select handoff.follow_trail(m.last_id, '3', 100000) from handoff.mark_trail() as m")
    live.mail()
    live.db.execute("update handoff.outbox set status = 'unknown', detail = 'no answer' where kind = 'on_hold'")
    doubtful = live.value("select o.message_id from handoff.outbox as o where o.kind = 'on_hold'")
    look(admins, "/admin/mails", "In doubt")
    live.db.execute(
        "insert into handoff.alerts (kind, severity, about, partner_slug, numbers, opened_at, last_seen_at)"
        " values ('events_waiting', 'notice', 'parked', 'hsi', '{\"events\": 3}', handoff.clock(), handoff.clock())"
    )
    look(admins, "/admin/alerts", "Leave it alone", lambda page: page.click("section summary >> nth=0"))
    look(admins, f"/admin/mails/{doubtful}", "Send it again")
    look(admins, "/admin/mails/kinds", "Reminder")
    look(admins, "/admin/mails/kinds/step_ready", "Go to")
    assert found == {}
    assert complaints == []


def bounced_mail(site: Site, person: Person) -> UUID:
    """A mail that has come back."""
    mailed = """
    insert into handoff.outbox (key, kind, profile_id, made_at, expires_at, status, attempts, settled_at, mailed_to)
    select 'digest:1', 'digest', p.id, now(), now(), 'sent', 1, now(), p.email
    from handoff.profiles as p where p.id = %s
    returning message_id
    """
    message_id: UUID = site.value(mailed, person.id)
    assert site.value("select handoff.note_bounce(%s, true, '5.1.1', %s)", message_id, [person.email]) == "suppressed"
    return message_id


def stop_link(site: Site, message_id: UUID) -> str:
    """The path by which mails of its kind are stopped."""
    header = stop_headers(site.app.config["HANDOFF"], "digest", message_id)["List-Unsubscribe"]
    return urlsplit(header.strip("<>")).path


def receipt(site: Site, reason: str) -> str:
    """The path of the oldest event with this reason."""
    oldest = "select e.receipt from handoff.partner_events as e where e.reason = %s order by e.position limit 1"
    return f"{EVENTS}/{site.value(oldest, reason)}"


def assign_without_reason(page: Page) -> None:
    page.check("#assign input[type=radio] >> nth=0")
    page.fill("#why", " ")
    page.click("#assign button")


@pytest.mark.once
def test_no_mail_violates_wcag_2_2_aa_and_each_fits_a_small_phone(
    live: Site, browse: Callable[..., BrowserContext], checker: str
) -> None:
    page = browse(width=320).new_page()
    found: dict[str, list[str]] = {}
    for kind in KINDS:
        for written in examples(kind, "Northside Workforce School of " + "Long" * 12, "UTC", "https://handoff.example"):
            page.set_content(written.html)
            if faults := violations(page, checker):
                found[f"{kind}: {written.subject}"] = faults
    assert found == {}


@pytest.mark.once
def test_the_checker_finds_what_is_wrong(live: Site, browse: Callable[..., BrowserContext], checker: str) -> None:
    page = browse(width=390).new_page()
    page.goto("/sign-in")
    page.evaluate("document.querySelector('label').remove()")
    page.evaluate("document.querySelector('main p').style.cssText = 'color: #999; min-width: 500px'")
    found = violations(page, checker)
    assert {fault.split(":")[0] for fault in found} == {"label", "color-contrast", "the page is wider than the window"}
