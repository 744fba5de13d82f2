"""What the database refuses is told in our words: its message, DETAIL and HINT are on no page."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from app import texts
from tests import ROOT
from tests.pages import dashboard
from tests.world.refusing import HINT, refuse
from tests.world.site import Page, Person, Site

REASONLESS = ("TH400", "a reason is needed")
DETAIL = '{"argument": "p_reason"}'


class Form(NamedTuple):
    """A form of the admin's pages: where it stands, and the function that it calls."""

    page: str
    css: str
    function: str


FORMS = [
    Form("/admin/events/{unknown}?find=John", "#link li form", "link_partner_account"),
    Form("/admin/events/{ambiguous}", "#assign form", "assign_partner_event"),
    Form("/admin/events/{unknown}", "#replay", "replay_partner_event"),
    Form("/admin/events/{unknown}", "#aside", "set_event_aside"),
    Form("/admin/events/{linked}", "#unlink form", "unlink_partner_account"),
    Form("/admin/events", "#again form", "mark_events_due"),
    Form("/admin/replay", "#go-on", "apply_due_events"),
    Form("/admin/replay", "#stop", "stop_due_events"),
    Form("/admin/enrollments/{refused}/refused", "#again", "send_again"),
    Form("/admin/alerts", "form.take", "own_alert"),
    Form("/admin/enroll", "#enroll", "enroll_person"),
    Form("/admin/imports/{list}?verdict=doubtful", "#choose", "choose_import_lines"),
    Form("/admin/imports/{list}", "#go-on", "apply_import"),
]
REPLAY = FORMS[2]


def sent(site: Site, form: Form, code: str, message: str, detail: str = DETAIL) -> Page:
    """What an admin sees who sends the form, when the database refuses it."""
    ada, john = site.admin(), site.student("John Student")
    ids: dict[str, object] = {"refused": dashboard.refuse(site, site.student("Rex Student"))}
    ids |= {"unknown": parked(site, "no-account"), "ambiguous": parked(site, twice(john))}
    ada.act("link_partner_account", "certiport", "C-1", john.id)
    site.send("certiport", "certification.issued", "C-1")
    newest = "select e.receipt from handoff.partner_events as e order by e.position desc limit 1"
    ids["linked"] = site.value(newest)
    ada.act("mark_events_due", None, "parked", None)
    site.db.execute(
        "insert into handoff.alerts (kind, severity, about, partner_slug, numbers, opened_at, last_seen_at)"
        " values ('events_waiting', 'notice', 'parked', 'hsi', '{}', handoff.clock(), handoff.clock())"
    )
    rows = '[[1, ["name", "email", "program"]], [2, ["John Student", "j@test.example", "cna"]]]'
    ids["list"] = ada.act("read_import", "students", "list", rows)
    ada.act("preview_import", ids["list"])
    page = ada.get(form.page.format(**ids))
    refuse(site.db, form.function, code, message, detail)
    answer = ada.submit(page, form.css)
    return ada.get(answer.location) if answer.location else answer


def twice(student: Person) -> str:
    """The id of a student with two steps of one partner."""
    for program in ("cna", "emt"):
        student.enroll(program)
    return str(student.id)


def parked(site: Site, student: str) -> object:
    """The receipt of an event of the student."""
    assert site.send("hsi", "course.completed", student).startswith("parked:")
    return site.value("select e.receipt from handoff.partner_events as e order by e.position desc limit 1")


def assert_told(page: Page, sentence: str, *untold: str) -> None:
    """The page says the sentence, and nothing of the database's."""
    assert page.texts(".note") == [f"Nothing was changed. {sentence}"]
    html = page.response.get_data(as_text=True)
    assert not [text for text in (HINT, *untold) if text in html]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.function)
def test_each_form_says_in_our_words_what_was_refused(site: Site, form: Form) -> None:
    page = sent(site, form, *REASONLESS)
    assert_told(page, texts.REFUSED[REASONLESS], REASONLESS[1], "p_reason")


@pytest.mark.parametrize(("code", "message"), texts.REFUSED)
def test_each_error_is_told_in_our_words(site: Site, code: str, message: str) -> None:
    assert_told(sent(site, REPLAY, code, message), texts.REFUSED[code, message], message, "p_reason")


@pytest.mark.parametrize("what", texts.IN_THE_WAY)
def test_what_is_not_possible_now_says_what_stands_in_the_way(site: Site, what: str) -> None:
    page = sent(site, REPLAY, *texts.NOT_NOW, f'{{"{what}_id": null, "status": "made_up"}}')
    assert_told(page, texts.IN_THE_WAY[what], texts.NOT_NOW[1], "made_up")


def test_an_error_that_a_newer_database_made_up_is_told_without_its_words(site: Site) -> None:
    page = sent(site, REPLAY, "TH409", "too many of them")
    assert_told(page, texts.OTHER_REFUSAL, "too many of them")


def test_only_commands_on_the_terminal_read_a_hint() -> None:
    readers = {
        path.relative_to(ROOT).parts[:3] for path in (ROOT / "app").rglob("*.py") if "message_hint" in path.read_text()
    }
    assert readers == {("app", "operate", "commands")}
