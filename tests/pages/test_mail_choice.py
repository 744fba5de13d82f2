"""Who has a reminder's or a digest's link stops such mails with one press, or their mail program does for them."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from app.keys import SignedIds
from app.settings import Settings
from app.worker.bounces.return_path import PURPOSE as RETURN_PATH
from app.worker.stopping import PURPOSE, message_of, stop_headers
from tests.world.site import Page, Person, Site

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
STOPPED = "select m.kind from handoff.mail_preferences as m order by m.kind"


def mailed(site: Site, person: Person, kind: str) -> UUID:
    """A mail of this kind that was sent."""
    statement = (
        "insert into handoff.outbox (key, kind, profile_id, made_at, expires_at, status, attempts, settled_at)"
        " values (%s || ':' || gen_random_uuid(), %s, %s, now(), now(), 'sent', 1, now()) returning message_id"
    )
    return UUID(str(site.value(statement, kind, kind, person.id)))


def token(site: Site, message_id: UUID, purpose: str = PURPOSE) -> str:
    """What stands in its link."""
    return SignedIds(site.app.config["HANDOFF"].secret_key, purpose).sign(message_id)


def stopped(site: Site) -> list[str]:
    """What is sent no more."""
    return [row["kind"] for row in site.db.execute(STOPPED)]


def test_a_mail_program_stops_it_without_a_cookie_or_a_form_of_ours(site: Site, john: Person) -> None:
    path = f"/mail/stop/{token(site, mailed(site, john, 'reminder'))}"
    program = site.app.test_client(use_cookies=False)
    for _ in range(2):
        answer = program.post(path, data=ONE_CLICK, base_url="https://elsewhere.example")
        assert (answer.status_code, stopped(site)) == (200, ["reminder"])


def test_an_address_that_is_opened_changes_nothing(site: Site, john: Person) -> None:
    path = f"/mail/stop/{token(site, mailed(site, john, 'reminder'))}"
    scanner = site.visitor()
    for _ in range(2):
        assert scanner.client.head(path).status_code == 200
        assert scanner.get(path).status == 200
    assert scanner.get(path.replace("/stop/", "/resume/")).status == 405
    assert stopped(site) == []


def test_a_person_presses_the_button_and_finds_the_way_back(site: Site, ada: Person) -> None:
    path, visitor = f"/mail/stop/{token(site, mailed(site, ada, 'digest'))}", site.visitor()
    page = visitor.get(path)
    assert "Once a day you get a mail with what newly needs an admin." in page.text
    page = visitor.submit(page)
    assert page.status == 200 and "You will get no more summaries." in page.text
    assert stopped(site) == ["digest"]
    page = visitor.get(path)
    assert "You will get no more summaries." in page.text
    page = visitor.submit(page)
    assert (page.status, page.location) == (303, path)
    assert stopped(site) == []
    page = visitor.get(path)
    assert page.texts("main button") == ["Stop the summaries"]
    assert page.texts(".note") == ["You will get summaries again."] and visitor.get(path).texts(".note") == []


@pytest.mark.parametrize(("kind", "comes"), [("reminder", "news of your programs"), ("digest", "urgent alerts")])
def test_what_comes_all_the_same_is_said_to_whom_it_comes(site: Site, ada: Person, kind: str, comes: str) -> None:
    path = f"/mail/stop/{token(site, mailed(site, ada, kind))}"
    visitor = site.visitor()
    page = visitor.get(path)
    assert f"{comes} come all the same." in page.text
    assert f"{comes} come all the same." in visitor.submit(page).text


def test_another_site_takes_nothing_back(site: Site, ada: Person) -> None:
    signed = token(site, mailed(site, ada, "digest"))
    visitor = site.visitor()
    visitor.post(f"/mail/stop/{signed}", **ONE_CLICK)
    assert visitor.post(f"/mail/resume/{signed}", **ONE_CLICK).status == 400
    assert stopped(site) == ["digest"]


def answers(site: Site, signed: str) -> list[tuple[int, Any]]:
    """What each way is answered."""
    visitor = site.visitor()
    form = str(visitor.get("/sign-in").one("main input[name=csrf_token]")["value"])
    pages: list[Page] = [
        visitor.get(f"/mail/stop/{signed}"),
        visitor.post(f"/mail/stop/{signed}", **ONE_CLICK),
        visitor.post(f"/mail/resume/{signed}", csrf_token=form),
    ]
    return [(page.status, page.texts("main")) for page in pages]


def test_a_link_that_is_not_ours_and_a_mail_that_is_not_there_are_told_the_same(site: Site, john: Person) -> None:
    reminder = mailed(site, john, "reminder")
    good = token(site, reminder)
    nothing = answers(site, "x")
    assert {status for status, _ in nothing} == {404}
    for signed in (
        good[:-1] + ("a" if good[-1] != "a" else "b"),
        good[:-1],
        "0" * 43,
        token(site, reminder, RETURN_PATH),
        SignedIds("another key, of which nobody knows", PURPOSE).sign(reminder),
        token(site, uuid4()),
        token(site, mailed(site, john, "certificate_issued")),
        token(site, mailed(site, john, "sign_in_link")),
    ):
        assert answers(site, signed) == nothing
    assert stopped(site) == []


def test_of_who_was_forgotten_nothing_is_to_be_seen(site: Site, john: Person, ada: Person) -> None:
    known = answers(site, token(site, mailed(site, john, "reminder")))
    jane = site.student("Jane Student")
    signed = token(site, mailed(site, jane, "reminder"))
    ada.act("erase_profile", jane.id, "asked for it")
    assert [status for status, _ in answers(site, signed)] == [status for status, _ in known]
    assert answers(site, signed)[1] == known[1]
    assert site.value("select count(*) from handoff.mail_preferences as m where m.profile_id = %s", jane.id) == 0


@pytest.mark.parametrize("kind", ["reminder", "digest"])
def test_the_headers_name_the_link(kind: str) -> None:
    settings, mail = Settings(base_url="https://handoff.example", secret_key="k" * 32), uuid4()
    headers = stop_headers(settings, kind, mail)
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = headers["List-Unsubscribe"]
    assert link.startswith("<https://handoff.example/mail/stop/") and link.endswith(">") and len(link) < 998
    assert message_of(settings, link[1:-1].rpartition("/")[2]) == mail


@pytest.mark.parametrize("kind", ["sign_in_link", "certificate_issued", "withdrawn", "alert", "step_ready"])
def test_what_comes_always_has_none(kind: str) -> None:
    assert stop_headers(Settings(base_url="https://handoff.example", secret_key="k" * 32), kind, uuid4()) == {}


def test_without_https_no_mail_program_presses_it() -> None:
    assert list(stop_headers(Settings(secret_key="k" * 32), "digest", uuid4())) == ["List-Unsubscribe"]
    assert stop_headers(Settings(base_url="https://handoff.example"), "digest", uuid4()) == {}
    assert message_of(Settings(), "x") is None
