"""/admin/dashboard: how far each partner is, what is next, and how its messages are secured."""

from __future__ import annotations

from collections.abc import Callable

from tests.pages.dashboard import HSI, PATH
from tests.world.site import Page, Person, Site, said


def test_the_dashboard_says_how_far_each_partner_is_and_what_is_next(
    make_site: Callable[..., Site],
) -> None:
    secret = "whsec_" + "T1dOU0VDUkVU" * 3
    site = make_site(partner_secrets={slug: (secret,) for slug in ("HSI", "CERTIPORT", "CAREERSAFE", "MILADY")})
    site.db.execute("insert into handoff.partner_event_types values ('hsi', 'ping', 'test')")
    john, ada = site.student("John Student"), site.admin()
    john.enroll("cpr-first-aid")
    site.send("hsi", "ping", john)
    site.send("hsi", "course.completed", john)
    site.send("certiport", "exam.completed", john, passed=True)
    site.value("select handoff.count_refusals('careersafe', 'bad_signature', 3)")
    site.db.execute("update handoff.partners set status = 'retired' where slug = 'milady'")
    entries = ada.get("/admin/dashboard").soup.select("#onboarding > ul > li")
    found = {said(entry.select("h3")[0]): said(entry).removeprefix(said(entry.select("h3")[0])) for entry in entries}
    day = "since 2 March 2026"
    assert found == {
        HSI: f" Secret set Has reached us Signature verified {day} Test event seen {day}"
        f" Has moved a student on by itself {day} Next: Nothing: students move on by themselves.",
        "Certiport": f" Secret set Has reached us Signature verified {day} No test event Has moved nobody on yet"
        " Next: Enroll a student, link the partner's id of that student, and wait for the first completion.",
        "CareerSafe": " Secret set Has reached us No signature verified No test event Has moved nobody on yet"
        " Next: Every delivery was refused, the last one with bad_signature. Check the secret together.",
        "Job Ready Indy": " No usable secret Has not reached us No signature verified No test event"
        " Has moved nobody on yet Next: Ask the technical contact to set this partner's secret.",
        "Milady": " Secret set Has not reached us No signature verified No test event Has moved nobody on yet"
        " Next: Nothing: the partner is retired, its events are refused.",
    }


def test_a_missing_shared_weak_or_unusable_secret_is_marked_and_no_secret_is_shown(
    make_site: Callable[..., Site],
) -> None:
    own, shared = "whsec_" + "T1dOU0VDUkVU" * 3, "U0hBUkVEU0VDUkVUU0hBUkVEU0VDUkVU"
    weak = "weakbutoursandlongenough"
    site = make_site(partner_secrets={"HSI": (own,), "MILADY": (weak,), "JRI": ("no base64, but long enough",)})
    site.db.execute("update handoff.partners set signature_scheme = 'shared-secret' where slug = 'milady'")
    page = site.admin().get(PATH)
    assert secured(page) == {
        "CareerSafe": "No secret: its events are turned away",
        "Certiport": "No secret: its events are turned away",
        HSI: "Own secret Signed (Standard Webhooks)",
        "Job Ready Indy": "Unusable or too short a secret: its events are turned away",
        "Milady": "Own secret Weak: the secret itself is sent, nothing is signed",
    }
    with_shared = make_site(partner_secrets={"HSI": (own,)}, shared_secrets=(shared,))
    again = with_shared.admin("Bob Admin").get(PATH)
    assert secured(again)["CareerSafe"] == "Shared secret: other partners use it too Signed (Standard Webhooks)"
    assert secured(again)[HSI] == "Own secret Signed (Standard Webhooks)"
    shown = str(page.soup) + str(again.soup)
    assert not [secret for secret in (own, own.removeprefix("whsec_"), shared, weak) if secret in shown]


def test_a_disabled_or_retired_partner_is_marked(site: Site, ada: Person) -> None:
    site.db.execute("update handoff.partners set status = 'disabled' where slug = 'hsi'")
    site.db.execute("update handoff.partners set status = 'retired' where slug = 'milady'")
    found = secured(ada.get(PATH))
    assert found[HSI].startswith("Disabled: events are kept, not applied")
    assert found["Milady"].startswith("Retired: events are refused")


def secured(page: Page) -> dict[str, str]:
    """Partner by partner: the marks."""
    entries = page.soup.select("#secured > ul > li")
    return {said(entry.select("p")[0]): said(entry.select("p")[1]) for entry in entries}


def test_what_is_in_order_is_folded_away_and_what_is_not_stands_open(make_site: Callable[..., Site]) -> None:
    secret = "whsec_" + "T1dOU0VDUkVU" * 3
    slugs = ("HSI", "CERTIPORT", "CAREERSAFE", "MILADY", "JRI")
    site = make_site(partner_secrets={slug: (secret,) for slug in slugs})
    ada = site.admin()
    assert opened(ada.get(PATH)) == {"secured": False, "onboarding": False, "changes": False}
    site.db.execute("update handoff.partners set status = 'disabled' where slug = 'hsi'")
    site.value("select handoff.count_refusals('careersafe', 'bad_signature', 3)")
    assert opened(ada.get(PATH)) == {"secured": True, "onboarding": True, "refusals": True, "changes": False}


def opened(page: Page) -> dict[str, bool]:
    """The folded parts about setup, and whether each stands open."""
    parts = page.soup.select("section > details[id]:has(> summary > h2)")
    return {str(part["id"]): part.has_attr("open") for part in parts}
