"""Certificates: anybody can check a number; the PDF is for its owner and for admins, and is the same every time."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.pages.papers import certify, document, facts, pdf_of, words_of
from tests.world.site import Page, Person, Site

REFERENCE = "The person named on the verification page"
SCRIPTS = {
    "Latin": "Łukasz Żółć-Nguyễn Thị Ánh",
    "Greek": "Ελένη Παπαδοπούλου",
    "Cyrillic": "Иван Щербаков",
    "apostrophes": "Zoë O\u2019Hara-D'Arcy",
    "Arabic": "محمد بن أحمد",
    "Urdu": "ٹیپو گل",
    "Hebrew": "דוד כהן",
    "Devanagari": "प्रिया शर्मा",
    "Bengali": "বাংলা",
    "Gurmukhi": "ਗੁਰਮੁਖ ਸਿੰਘ",
    "Gujarati": "ગુજરાતી",
    "Tamil": "தமிழ்",
    "Telugu": "తెలుగు",
    "Kannada": "ಕನ್ನಡ",
    "Malayalam": "മലയാളം",
    "Sinhala": "සිංහල",
    "Thai": "ไทย สมชาย",
    "Lao": "ລາວ",
    "Khmer": "ខ្មែរ",
    "Burmese": "မြန်မာ",
    "Ethiopic": "አበበ",
    "Georgian": "ნინო ბერიძე",
    "Armenian": "Հայկ",
    "Han": "王小明",
    "rare Han": "\U00020bb7野家",
    "Hangul": "김민준",
    "Kana": "ひらがな カタカナ",
    "flag": "🇺🇸 Bob",
    "emoji": "Ann 😀",
}
TEXT_FONTS = re.compile(r"[A-Z]{6}\+(LibertinusSerif|NotoSans(?!\w*Mono)\w*|NotoEmoji)")
MISSING = "\U0001ce00"  # a sign newer than the fonts
MARKUP = '#panic(1) *x* _y_ $z$ `c` <l> @ref \\ "q" // no /* no */ [b] {c} = - + ~ #sys.inputs'


# The page that checks a number


def test_a_valid_number_shows_what_the_paper_says_and_nothing_more(site: Site, john: Person) -> None:
    number = certify(site, john)
    page = site.visitor().get(f"/verify/{number}")
    assert (page.status, page.texts("h2")) == (200, ["This certificate is genuine"])
    assert facts(page) == {
        "Student": "John Student",
        "Program": "CPR & First Aid",
        "Completed": "2 March 2026",
        "Issued": "2 March 2026",
        "Number": number,
    }
    shown = str(page.soup)
    assert john.email not in shown and str(john.id) not in shown and "Set-Cookie" not in page.response.headers


@pytest.mark.parametrize(
    "typed",
    [
        lambda number: number.lower(),
        lambda number: number.replace("-", ""),
        lambda number: number.replace("-", " "),
        lambda number: f"  {number} ",
        lambda number: " ".join(number.lower()),
        lambda number: number.replace("0", "O").replace("1", "I"),
        lambda number: number.replace("0", "o").replace("1", "l"),
        lambda number: number.replace("-", "\u2011") + ".",
        lambda number: f"\ufeff{number}\u200b",
    ],
    ids=[
        "lower case",
        "no dashes",
        "spaces for dashes",
        "spaces around",
        "spelled out",
        "O and I",
        "o and l",
        "as printed in a sentence",
        "with signs that show nothing",
    ],
)
def test_a_number_is_found_as_people_type_it(site: Site, john: Person, typed: Callable[[str], str]) -> None:
    number = certify(site, john)
    visitor = site.visitor()
    by_form = visitor.client.get("/verify", query_string={"number": typed(number)})
    assert facts(Page(by_form))["Number"] == number
    assert facts(visitor.get(f"/verify/{typed(number)}"))["Number"] == number


def test_the_web_address_of_a_certificate_is_read_as_its_number(site: Site, john: Person) -> None:
    number = certify(site, john)
    for address in (f"https://handoff.example/verify/{number}", f"http://localhost/verify?number={number.lower()}"):
        page = Page(site.visitor().client.get("/verify", query_string={"number": address}))
        assert facts(page)["Number"] == number


def test_a_mistyped_number_is_told_apart_from_an_unknown_one(site: Site, john: Person) -> None:
    number = certify(site, john)
    wrong = ("1" if number[0] != "1" else "2") + number[1:]
    at = next(at for at in range(3) if number[at] != number[at + 1])
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    visitor = site.visitor()
    for mistyped in (wrong, swapped, number[:-1], number + "0", "x", "ÄÖ", "0" * 64, "0" * 500, "%00", "%ff"):
        page = visitor.get(f"/verify/{mistyped}")
        assert page.status == 404
        assert page.texts("[role=alert] strong") == ["There is a typing mistake in this number."], mistyped
    unknown = site.value("select handoff_private.new_certificate_number()")
    page = visitor.get(f"/verify/{unknown}")
    assert page.status == 404
    assert page.texts("[role=alert] strong") == ["We have not issued a certificate with this number."]
    assert page.one("input[name=number]")["value"] == unknown
    assert page.soup.select("dl") == []


@pytest.mark.parametrize("path", ["/verify", "/verify?number=", "/verify?number=%20"])
def test_without_a_number_the_page_asks_for_one(site: Site, path: str) -> None:
    page = site.visitor().get(path)
    assert (page.status, page.texts("[role=alert]")) == (200, [])
    assert page.one("label[for=number]").string == "Certificate number"


def test_a_hostile_number_is_shown_and_never_run(site: Site) -> None:
    page = site.visitor().get("/verify?number=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert page.one("input[name=number]")["value"] == '"><script>alert(1)</script>'
    assert page.soup.select("script") == []


def test_a_certificate_keeps_the_names_of_its_day(site: Site, john: Person) -> None:
    number = certify(site, john)
    site.db.execute("update handoff.profiles set full_name = 'Somebody Else' where id = %s", [john.id])
    site.db.execute("update handoff.programs set name = 'Renamed' where slug = 'cpr-first-aid'")
    site.db.execute("update handoff.partners set name = 'Renamed' where slug = 'hsi'")
    found = facts(site.visitor().get(f"/verify/{number}"))
    assert (found["Student"], found["Program"]) == ("John Student", "CPR & First Aid")
    text = words_of(john.get(f"/student/certificates/{number}.pdf").response.data)
    assert "John Student" in text and "Health & Safety Institute" in text and "Renamed" not in text


# Who gets the PDF


def test_the_pdf_is_for_its_owner_and_for_admins_only(site: Site, john: Person) -> None:
    number = certify(site, john)
    path = f"/student/certificates/{number}.pdf"
    for person in (john, site.admin()):
        answer = person.get(path).response
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert answer.headers["Content-Disposition"] == f"attachment; filename=certificate-{number}.pdf"
        assert answer.headers["Cache-Control"] == "no-store"
    other = site.student("Mary Other").get(path)
    assert (other.status, other.one("h1").string) == (404, "This page does not exist")
    visitor = site.visitor().get(path)
    assert (visitor.status, visitor.location) == (302, f"/sign-in?next={path}")


def test_who_has_a_certificate_does_not_get_the_one_of_another(site: Site, john: Person) -> None:
    mary = site.student("Mary Other")
    ours, theirs = certify(site, john), certify(site, mary)
    assert john.get(f"/student/certificates/{ours}.pdf").status == 200
    assert john.get(f"/student/certificates/{theirs}.pdf").status == 404


def test_a_number_that_is_none_has_no_pdf(john: Person) -> None:
    for number in ("x", "0000-0000-0000-0000-0", "%00", "%ff", "a" * 500, "..%2f..%2fetc"):
        assert john.get(f"/student/certificates/{number}.pdf").status == 404, number


# What the PDF says


def links_of(pdf: bytes) -> list[str]:
    annotations: Any = document(pdf).pages[0].get("/Annots", [])
    return [str(note.get_object()["/A"]["/URI"]) for note in annotations]


def test_the_same_certificate_is_the_same_bytes_every_time(site: Site, john: Person) -> None:
    path = f"/student/certificates/{certify(site, john)}.pdf"
    first = john.get(path).response.data
    site.travel(days=400)
    assert john.get(path).response.data == first == site.admin().get(path).response.data
    assert first.startswith(b"%PDF-")


def test_it_says_who_completed_what_when_with_whom_and_where_to_check_it(
    make_site: Callable[..., Site],
) -> None:
    site = make_site(base_url="https://handoff.example")
    john = site.student("John Student")
    enrollment = john.enroll("cna")
    site.send("hsi", "course.completed", john)
    site.travel(days=3)
    site.send("certiport", "exam.completed", john, passed=True)
    number = site.value("select c.number from handoff.certificates as c where c.enrollment_id = %s", enrollment)
    pdf = john.get(f"/student/certificates/{number}.pdf").response.data
    text = words_of(pdf)
    for part in (
        "Certificate of completion",
        "This certifies that John Student has completed the program Certified Nursing Assistant (CNA) on 5 March 2026",
        "Health & Safety Institute, 2 March 2026",
        "Certiport, 5 March 2026",
        f"Issued on 5 March 2026. Certificate number {number}.",
    ):
        assert part in text, text
    assert links_of(pdf) == [f"https://handoff.example/verify/{number}"]


def test_a_skipped_step_is_not_on_it(site: Site, john: Person) -> None:
    enrollment = john.enroll("cna")
    site.admin().act("skip_step", site.step(enrollment, 1), "knows it")
    site.send("certiport", "exam.completed", john, passed=True)
    number = site.value("select c.number from handoff.certificates as c")
    text = words_of(john.get(f"/student/certificates/{number}.pdf").response.data)
    assert "Certiport" in text and "Health & Safety Institute" not in text


def test_it_is_an_archivable_accessible_document() -> None:
    pdf = pdf_of()
    assert document(pdf).metadata.title == "Certificate of completion 0000-0000-0000-0000-0"  # type: ignore[union-attr]
    root: Any = document(pdf).trailer["/Root"]
    assert root["/Lang"] == "en" and root["/MarkInfo"]["/Marked"]
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfaid:part>2<", xmp) and re.search(r"pdfuaid:part>1<", xmp)


def fonts_of(pdf: bytes) -> set[str]:
    """The names of the fonts in which the page is set."""
    fonts: Any = document(pdf).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    return {str(font.get_object().get("/BaseFont", "")).lstrip("/") for font in fonts.values()} - {""}


@pytest.mark.parametrize("name", SCRIPTS.values(), ids=SCRIPTS)
def test_a_name_is_printed_in_its_script_in_text_fonts_without_those_of_the_machine(
    name: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.pages.certificates.pdf.FONTS_OF_THE_MACHINE", (False,))
    pdf = pdf_of(student_name=name, program_name=name, partners=[name])
    text = words_of(pdf)
    assert REFERENCE not in text and caplog.text == ""
    assert set(name) - set(" ") <= set(text), text
    assert all(TEXT_FONTS.fullmatch(font.split("-")[0]) for font in fonts_of(pdf)), fonts_of(pdf)


@pytest.mark.parametrize(
    "name", [f"Ann{MISSING} Lee", "\ufeffAnn Lee", "Ann\ufffe Lee", f"{MISSING} Ann {MISSING} Lee"]
)
def test_a_sign_that_no_font_has_is_left_out_and_the_name_stays(name: str, caplog: pytest.LogCaptureFixture) -> None:
    text = words_of(pdf_of(student_name=name))
    assert "This certifies that Ann Lee has completed the program" in text
    assert len(caplog.messages) <= 1


def test_a_text_of_which_no_letter_is_left_refers_to_the_page_and_the_operator_is_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    text = words_of(pdf_of(student_name=MISSING, program_name=MISSING * 2, partners=["Certiport", MISSING]))
    assert f"{REFERENCE} has completed the program The program named on the verification page" in text
    assert "Certiport, 28 February 2026" in text and "A training partner, 28 February 2026" in text
    assert caplog.messages == ["certificate 0000-0000-0000-0000-0: signs that no font on this machine has are left out"]


def test_a_name_is_never_read_as_markup() -> None:
    text = words_of(pdf_of(student_name=MARKUP, program_name=MARKUP, partners=[MARKUP]))
    assert text.replace(" ", "").count(MARKUP.replace(" ", "")) == 3


@pytest.mark.parametrize(
    "name",
    ["X", "W" * 200, "Wolfeschlegelsteinhausenberger " * 6, "a " * 100],
    ids=["one", "wide", "long", "many"],
)
def test_a_name_of_any_length_stays_on_the_one_page_and_is_not_cut(name: str) -> None:
    name = name.strip()
    text = words_of(pdf_of(student_name=name, program_name=name, partners=[name] * 3))
    assert re.sub(r"[\s\u200b-]", "", text).count(name.replace(" ", "")) >= 5
