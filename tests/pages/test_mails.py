"""The admin's pages for mails: what was sent, what is in doubt, and the words of every kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup

from app.pages.headers import POLICY
from app.pages.mails import words
from app.worker.mails.kinds import KINDS
from app.worker.mails.writing import write
from tests.pages.signing_in import ask
from tests.world.site import Person, Site


@pytest.fixture
def printing(make_site: Callable[..., Site]) -> Site:
    """The pages without a mail server: mails are printed."""
    return make_site(print_links=True)


def follow(site: Site) -> None:
    """What the worker makes of the audit trail, and sends."""
    site.db.execute("select handoff.follow_trail(m.last_id, '3', 100000) from handoff.mark_trail() as m")
    site.mail()


def path_of(site: Site, kind: str) -> str:
    message: UUID = site.value("select o.message_id from handoff.outbox as o where o.kind = %s", kind)
    return f"/admin/mails/{message}"


def test_what_came_back_is_seen_with_the_mail(printing: Site) -> None:
    ada, john = printing.admin(), printing.student("John Student")
    john.enroll("medical-assistant")
    follow(printing)
    path, note = path_of(printing, "enrolled"), "select handoff.note_bounce(%s, %s, %s, %s)"
    message_id = path.removeprefix("/admin/mails/")
    assert ada.get(path).soup.select("#bounce") == []
    printing.value(note, message_id, False, "4.4.1", [john.email])
    assert words.IS_REPORTED in ada.get(path).text and "4.4.1" in ada.get(path).text
    assert f"Not mailed {words.REPORTED.word} Enrolled to John Student" in ada.get("/admin/mails").text
    printing.value(note, message_id, True, "5.1.1", ["john@elsewhere.example"])
    assert words.IS_OF_ANOTHER in ada.get(path).text and words.IS_BACK not in ada.get(path).text
    assert f"Not mailed {words.OF_ANOTHER.word} Enrolled to John Student" in ada.get("/admin/mails").text
    printing.value(note, message_id, True, "5.1.1", [john.email])
    ada.act("correct_profile", john.id, "john.new@test.example", None, "misspelt")
    page = ada.get(path)
    assert words.IS_BACK in page.text and f"John Student, {john.email}" in page.text
    assert f"Not mailed {words.BACK.word} Enrolled to John Student" in ada.get("/admin/mails").text


def in_doubt(site: Site, kind: str) -> None:
    site.db.execute("update handoff.outbox set status = 'unknown', detail = 'no answer' where kind = %s", [kind])


def test_without_mails_it_says_so(site: Site, ada: Person) -> None:
    assert "Nobody was mailed yet." in ada.get("/admin/mails").text
    assert "No mail has this status." in ada.get("/admin/mails?status=dead").text


def test_why_a_mail_was_not_sent_is_told_in_words(printing: Site) -> None:
    ada, john = printing.admin(), printing.student("John Student")
    enrollment = john.enroll("medical-assistant")
    printing.db.execute("select handoff.follow_trail(m.last_id, '3', 100000) from handoff.mark_trail() as m")
    ada.act("hold_enrollment", enrollment, "on leave")
    printing.mail()
    page = ada.get("/admin/mails?status=cancelled")
    assert "The enrollment is on hold by now." in page.text and "on_hold" not in page.text
    assert words.MEANS["cancelled"] in page.text
    assert "The enrollment is on hold by now." in ada.get(path_of(printing, "enrolled")).text


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ("the step is in_progress", "The step is in progress by now."),
        ("the certificate is revoked", "The certificate is revoked by now."),
        ("expired", "It was too late for it."),
        ("the mail server refuses DATA: 554", "the mail server refuses DATA: 554"),
    ],
)
def test_what_was_noted_with_a_mail_is_worded_and_what_is_technical_stays(detail: str, said: str) -> None:
    assert words.note(detail) == said


def test_every_reason_for_which_a_mail_is_dropped_has_its_words(site: Site) -> None:
    rows = site.db.execute(
        "select p.prosrc from pg_catalog.pg_proc as p"
        " where p.proname like '%%mail_no_longer_holds' or p.proname in ('mail_refusal', 'link_no_longer_holds')"
    )
    reasons = set(re.findall(r"then '((?:[^']|'')+ (?:[^']|'')+)'(?! \|\|)", " ".join(row["prosrc"] for row in rows)))
    reasons = {reason.replace("''", "'") for reason in reasons}
    assert len(reasons) > 8 and reasons <= set(words.NOTE)


def test_every_mail_is_listed_and_can_be_read(printing: Site) -> None:
    ada, john = printing.admin(), printing.student("John Student")
    john.enroll("medical-assistant")
    follow(printing)
    page = ada.get("/admin/mails")
    assert f"Not mailed Enrolled to John Student, {john.email}" in page.text
    mail = ada.get(path_of(printing, "enrolled"))
    assert "Hello John Student," in mail.one("pre").get_text()
    assert words.MEANS_NOT_MAILED in mail.text and "The mail server has taken it." not in mail.text
    assert "Medical Assistant" in mail.text
    message_id = path_of(printing, "enrolled").removeprefix("/admin/mails/")
    assert f"<{message_id}@127.0.0.1>" in mail.text


def test_what_the_mail_server_has_taken_is_sent(school: Site) -> None:
    ada, john = school.admin(), school.student("John Student")
    john.enroll("medical-assistant")
    follow(school)
    assert f"Sent Enrolled to John Student, {john.email}" in ada.get("/admin/mails").text
    mail = ada.get(path_of(school, "enrolled"))
    assert "Sent The mail server has taken it." in mail.text and "Not mailed" not in mail.text


def test_what_is_in_doubt_comes_first_and_is_sent_again_by_a_button(printing: Site) -> None:
    ada, john = printing.admin(), printing.student()
    john.enroll("medical-assistant")
    follow(printing)
    in_doubt(printing, "enrolled")
    page = ada.get("/admin/mails")
    assert "In doubt" in page.section("In doubt")
    mail = ada.get(path_of(printing, "enrolled"))
    done = ada.submit(mail, "#resend", reason="she got none")
    assert ada.get(str(done.location)).texts(".note") == [words.SENT_AGAIN]
    follow(printing)
    again = ada.get(path_of(printing, "enrolled"))
    assert "1" in again.texts("dd") and again.soup.select("#resend") == []


def test_what_was_sent_again_meanwhile_is_told(printing: Site) -> None:
    ada, john = printing.admin(), printing.student()
    john.enroll("medical-assistant")
    follow(printing)
    in_doubt(printing, "enrolled")
    mail = ada.get(path_of(printing, "enrolled"))
    ada.get(str(ada.submit(mail, "#resend", reason="she got none").location))
    page = ada.submit(mail, "#resend", reason="she got none")
    assert page.status == 409
    assert page.texts(".note") == [
        "Nothing was changed. The message was sent or is under way by now, or what it tells holds no longer."
    ]


def test_without_a_reason_nothing_is_sent_again(printing: Site) -> None:
    ada, john = printing.admin(), printing.student()
    john.enroll("medical-assistant")
    follow(printing)
    in_doubt(printing, "enrolled")
    page = ada.submit(ada.get(path_of(printing, "enrolled")), "#resend", reason=" ")
    assert page.status == 400 and "Please say why" in page.texts(".note")[0]
    assert page.one("#reason")["aria-invalid"] == "true"
    page = ada.submit(page, "#resend", reason="y" * 1001)
    assert page.status == 400 and str(page.one("#reason")["value"]).startswith("yyy"), "what was typed stays"
    assert printing.value("select o.status from handoff.outbox as o") == "unknown"


def test_a_link_to_sign_in_is_a_blank(printing: Site) -> None:
    ada, john = printing.admin(), printing.student()
    ask(printing.visitor(), john.email)
    follow(printing)
    mail = ada.get(path_of(printing, "sign_in_link"))
    assert words.BLANK in mail.text and "/sign-in/" not in mail.text
    looks = ada.get(path_of(printing, "sign_in_link") + "/html")
    assert looks.one("table a")["href"] == "#"
    in_doubt(printing, "sign_in_link")
    assert ada.get(path_of(printing, "sign_in_link")).soup.select("#resend") == []


def test_a_mail_that_waits_and_one_whose_person_was_forgotten_have_no_words(printing: Site) -> None:
    ada, john = printing.admin(), printing.student()
    john.enroll("medical-assistant")
    printing.db.execute("select handoff.follow_trail(m.last_id, '3', 100000) from handoff.mark_trail() as m")
    path = path_of(printing, "enrolled")
    assert "It is written when it is sent for the first time" in ada.get(path).text
    assert ada.get(f"{path}/html").status == 404
    printing.mail()
    assert ada.get(f"{path}/html").status == 200
    ada.act("erase_profile", john.id, "asked for")
    page = ada.get(path)
    assert "They were deleted with the person." in page.text and page.soup.select("pre, iframe") == []


def test_the_frame_may_do_nothing_and_the_page_may_show_it(printing: Site) -> None:
    ada, john = printing.admin(), printing.student("<script>alert(1)</script> & Sons")
    john.enroll("medical-assistant")
    follow(printing)
    path = path_of(printing, "enrolled")
    page, frame = ada.get(path), ada.get(f"{path}/html")
    assert page.response.headers["Content-Security-Policy"] == f"{POLICY}; frame-src 'self'"
    assert page.one("iframe")["src"] == f"{path}/html" and page.one("iframe").has_attr("sandbox")
    policy = frame.response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';") and policy.endswith("; sandbox")
    assert frame.soup.select("script") == [] and "<script>alert(1)</script> & Sons" in frame.soup.get_text()


def test_a_page_of_the_list_follows_the_other(printing: Site) -> None:
    ada = printing.admin()
    for number in range(51):
        printing.travel(minutes=1)
        printing.value("select handoff_private.queue_mail('alert', %s, %s)", ada.id, f"alert:{number}")
    page = ada.get("/admin/mails")
    assert len(page.soup.select(".rows li")) == 50
    older = ada.get(str(page.one(".buttons a")["href"]))
    assert len(older.soup.select(".rows li")) == 1 and "Older mails" in older.text
    assert ada.get("/admin/mails?before=x").status == 404


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_of_every_kind_can_be_read_before_anybody_gets_them(site: Site, ada: Person, kind: str) -> None:
    site.db.execute("update handoff.school set name = 'École du Nord'")
    listed = ada.get("/admin/mails/kinds")
    assert f"/admin/mails/kinds/{kind}" in [link["href"] for link in listed.soup.select("main a")]
    page = ada.get(f"/admin/mails/kinds/{kind}")
    assert page.status == 200 and all("École du Nord" in text for text in page.texts("pre"))
    for frame in page.soup.select("iframe"):
        shown = ada.get(str(frame["src"]))
        assert shown.status == 200 and shown.one("html")["lang"] == "en" and "École du Nord" in shown.soup.get_text()
        assert all(table["role"] == "presentation" for table in shown.soup.select("table"))


def test_how_to_register_is_told_to_who_is_not_registered(site: Site, ada: Person) -> None:
    text = ada.get("/admin/mails/kinds/step_ready").texts("pre")[0]
    assert 'Not registered with Health & Safety Institute yet? Choose "New student"' in text


def test_a_line_that_is_empty_makes_no_paragraph() -> None:
    told = {"now": "2026-03-02T15:00:00+00:00", "partner": "HSI", "step": 1, "steps": 2, "instructions": "A.\n\nB."}
    written = write("step_ready", uuid4(), "Jane", told | {"hint": "Ask us.\n \nIn room 12."}, "https://h.example")
    assert "A.\n\nB.\n\nNot registered with HSI yet? Ask us.\n\nIn room 12.\n" in written.text
    paragraphs = BeautifulSoup(written.html, "html.parser").select("p")
    assert all(paragraph.get_text().strip() for paragraph in paragraphs)


def test_the_partners_mailbox_is_a_link_in_a_mail(site: Site, ada: Person) -> None:
    shown = ada.get("/admin/mails/kinds/step_ready/0/html")
    (link,) = shown.soup.select("a[href^='mailto:']")
    assert (link["href"], link.get_text()) == ("mailto:help@partner.example", "help@partner.example")


def test_there_are_no_other_kinds(site: Site, ada: Person) -> None:
    assert ada.get("/admin/mails/kinds/spam").status == 404
    assert ada.get("/admin/mails/kinds/alert/9/html").status == 404
    assert list(words.KIND) == list(KINDS)
    known = site.value(
        "select pg_get_constraintdef(c.oid) from pg_constraint as c where c.conname = 'outbox_kind_known'"
    )
    assert all(f"'{kind}'" in known for kind in KINDS)
