"""/admin/dashboard: what was refused before anything of it was stored, also of a partner that has long been here."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable

import pytest

from app import texts
from app.webhooks import media_type, receive, signatures
from tests.world.site import Person, Site

PATH = "/admin/dashboard"
HEADING = "Deliveries refused in the last 7 days"


def test_nothing_refused_is_not_spoken_of(ada: Person) -> None:
    assert HEADING not in ada.get(PATH).texts("h2")


def test_they_are_seen_after_the_first_good_event_too_with_what_to_do(site: Site, john: Person, ada: Person) -> None:
    john.enroll("cpr-first-aid")
    assert site.send("hsi", "course.completed", john) == "accepted:completed"
    site.value("select handoff.count_refusals('hsi', 'too_large', 2)")
    site.travel(days=1)
    site.value("select handoff.count_refusals('hsi', 'bad_signature', 1)")
    page = ada.get(PATH)
    assert page.section(HEADING) == (
        "Nothing of them is stored. Their sender was told why."
        " Health & Safety Institute"
        " 1 bad_signature, the last on 3 March 2026. The signature did not fit the secret. Check the secret together."
        " 2 too_large, the last on 2 March 2026. It was larger than 64 KiB."
        " Ask the partner to send each event by itself."
    )
    site.travel(days=7)
    assert HEADING not in ada.get(PATH).texts("h2")


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("bad_signature", "Check the secret together."),
        ("too_large", "Ask the partner to send each event by itself."),
        ("unsupported_type", "Ask the partner to send it with Content-Type: application/json."),
        ("of_an_older_version", "Ask the technical contact."),
    ],
)
def test_what_is_next_for_a_partner_of_whom_all_was_refused_fits_the_refusal(
    make_site: Callable[..., Site], code: str, advice: str
) -> None:
    site = make_site(shared_secrets=("U0hBUkVEU0VDUkVUU0hBUkVEU0VDUkVU",))
    site.value("select handoff.count_refusals('jri', %s, 3)", code)
    found = site.admin().get(PATH).section("How far each partner is")
    assert f"Next: Every delivery was refused, the last one with {code}. {advice}" in found


def test_every_code_of_a_refusal_has_its_words() -> None:
    raised = re.compile(r"""(?:Refused|Fault)\(["'](\w+)|_add\(slug, "(\w+)"\)|code = "(\w+)\"""")
    sources = [inspect.getsource(module) for module in (media_type, receive, signatures)]
    codes = {code for found in raised.findall("".join(sources)) for code in found if code}
    assert set(texts.REFUSAL) == codes
