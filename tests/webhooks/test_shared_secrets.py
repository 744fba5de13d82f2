"""Partners who share a secret: what was signed for one verifies at the other, and completes nothing there by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.partner_secrets import fingerprint
from tests.world.partners import JSON, body_of, new_key, new_secret, sign_standard
from tests.world.site import Person, Site

SHARED, OWN = new_secret(), new_secret()


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    """JRI has a secret of its own, the others share one."""
    return make_site(shared_secrets=(SHARED,), partner_secrets={"JRI": (OWN,)})


def post(site: Site, slug: str, body: bytes, headers: dict[str, str]) -> str:
    """status:reason of a delivery."""
    answer = site.app.test_client().post(f"/api/webhooks/partners/{slug}", data=body, headers=JSON | headers)
    assert answer.json and answer.status_code in (200, 202), answer.json
    return f"{answer.json['status']}:{answer.json['reason']}"


def known(site: Site, *slugs: str) -> Person:
    """A student in a program of each of these partners, who are given the account s-1 of it."""
    student = site.student()
    student.enroll("cpr-first-aid")
    student.enroll("barber-apprenticeship")
    for slug in slugs:
        site.value("select handoff.link_partner_account(%s, 's-1', %s)", slug, student.id)
    return student


def test_one_signed_delivery_does_not_count_at_both(site: Site) -> None:
    known(site, "hsi", "milady")
    body = body_of("course.completed", "s-1")
    headers = sign_standard(SHARED, body)
    assert post(site, "hsi", body, headers) == "accepted:completed"
    assert post(site, "milady", body, headers) == "parked:possible_repeat"
    assert post(site, "milady", body, sign_standard(SHARED, body)) == "parked:possible_repeat"


def test_our_own_id_of_a_student_is_not_taken_from_them(site: Site) -> None:
    student = known(site)
    body = body_of("course.completed", student.id)
    assert post(site, "hsi", body, sign_standard(SHARED, body)) == "parked:unknown_student"
    own = body_of("program.completed", student.id)
    assert post(site, "jri", own, sign_standard(OWN, own)) == "accepted:completed_early"


def test_an_event_says_who_shares_its_secret(site: Site) -> None:
    key, own = new_key(), new_key()
    body = body_of("course.completed", "nobody")
    post(site, "hsi", body, sign_standard(SHARED, body, key))
    post(site, "jri", body, sign_standard(OWN, body, own))
    context = "select e.context from handoff.partner_events as e where e.event_key = %s"
    assert site.value(context, key) == {
        "secret": fingerprint(SHARED),
        "shared_with": ["careersafe", "certiport", "milady"],
    }
    assert site.value(context, own) == {"secret": fingerprint(OWN)}
    receipt = site.value("select e.receipt from handoff.partner_events as e where e.event_key = %s", key)
    page = site.admin().get(f"/admin/events/{receipt}")
    assert "Others have it, too (careersafe, certiport, milady)" in page.text


def test_two_partners_share_a_secret_however_it_is_written(make_site: Callable[..., Site]) -> None:
    old = new_secret()
    site = make_site(partner_secrets={"HSI": (OWN, SHARED), "MILADY": (SHARED.removeprefix("whsec_"),), "JRI": (old,)})
    known(site, "hsi", "milady")
    body = body_of("course.completed", "s-1")
    headers = sign_standard(SHARED, body)
    assert post(site, "hsi", body, headers) == "accepted:completed"
    assert post(site, "milady", body, headers) == "parked:possible_repeat"


def test_a_secret_beside_the_shared_one_is_an_own_one(make_site: Callable[..., Site]) -> None:
    site = make_site(partner_secrets={"HSI": (SHARED, OWN), "MILADY": (SHARED,)})
    student = known(site)
    body = body_of("course.completed", student.id)
    assert post(site, "hsi", body, sign_standard(OWN, body)) == "accepted:completed"


def test_explain_signature_judges_by_the_same(site: Site, db_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    student = known(site)
    monkeypatch.setenv("DATABASE_URL", db_url)
    body = body_of("course.completed", student.id)
    headers = JSON | sign_standard(SHARED, body)
    words = [word for name, value in headers.items() for word in ("--header", f"{name}: {value}")]
    runner = site.app.test_cli_runner()
    told = runner.invoke(args=["explain-signature", "hsi", *words, "--body", "-"], input=body)
    assert "202 parked:unknown_student" in told.output
