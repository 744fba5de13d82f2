"""What the student's page says of certificates: revoked, replaced, and the day that they say."""

from __future__ import annotations

from tests.pages.papers import certify
from tests.world.site import Person, Site

PATH = "/student/progress"


def card(john: Person) -> str:
    return john.get(PATH).section("CPR & First Aid")


def test_a_revoked_one_is_said_to_be_revoked_and_nothing_is_being_made(site: Site, john: Person, ada: Person) -> None:
    number = certify(site, john)
    site.travel(days=2)
    ada.act("revoke_certificate", number, "why not told")
    shown = card(john)
    assert shown.endswith(
        "Your certificate is not valid any more It was revoked on 4 March 2026. Please talk to your school."
    )
    assert "being made" not in shown and "why not told" not in shown


def test_one_that_takes_the_place_of_another_says_so(site: Site, john: Person, ada: Person) -> None:
    number = certify(site, john)
    assert "takes the place" not in card(john)
    site.travel(days=2)
    ada.act("reissue_certificate", number, "a new name")
    shown = card(john)
    assert "It takes the place of one that is not valid since 4 March 2026. Use this one only." in shown
    assert "Download the certificate" in shown and "revoked" not in shown


def test_after_a_step_was_opened_again_a_new_one_is_promised(site: Site, john: Person, ada: Person) -> None:
    certify(site, john)
    site.travel(days=2)
    enrollment = site.value("select e.id from handoff.enrollments as e")
    ada.act("reopen_step", site.step(enrollment, 1), "by mistake")
    assert (
        "It was revoked on 4 March 2026. Please talk to your school; you get a new one when every step is done."
        in card(john)
    )
    site.send("hsi", "course.completed", john)
    assert "It takes the place of one that is not valid since 4 March 2026." in card(john)


def test_a_completed_enrollment_without_any_waits_for_it(site: Site, john: Person) -> None:
    site.db.execute("alter table handoff.certificates disable trigger all")
    certify(site, john)
    site.db.execute("delete from handoff.certificates")
    assert "It is being made. Please look again later." in card(john)


def test_the_page_says_the_day_that_the_certificate_says(site: Site, john: Person) -> None:
    john.enroll("cpr-first-aid")
    site.travel(days=7)
    site.send("hsi", "course.completed", john, completed_at="2026-03-04T12:00:00Z")
    shown = card(john)
    assert "enrolled on 2 March 2026, completed on 4 March 2026" in shown
    assert "Completed on 4 March 2026" in shown and "9 March" not in shown
