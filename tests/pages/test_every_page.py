"""What all pages share: headers that keep a browser safe, and errors in plain words with nothing of ours in them."""

from __future__ import annotations

from itertools import product

import pytest
from psycopg import sql

from app import HEADERS
from tests.world.site import Person, Site

PATHS = ["/", "/sign-in", "/verify", "/verify/x", "/no-such-page", "/student/progress", "/admin/dashboard", "/healthz"]
PATHS += ["/admin/events", "/admin/replay", "/admin/mails", "/admin/mails/kinds", "/readyz", "/metrics"]
PATHS += ["/admin/enroll", "/admin/imports"]
PATHS += ["/admin/alerts", "/admin/addresses", "/mail/stop/x"]


def test_every_answer_carries_the_headers_and_is_not_cached(site: Site) -> None:
    for visitor, path in product((site.visitor(), site.student(), site.admin()), PATHS):
        headers = visitor.get(path).response.headers
        assert {name: headers[name] for name in HEADERS} == HEADERS, path
        assert headers["Cache-Control"] == "no-store", path


def test_the_policy_lets_a_page_run_our_own_script_and_nothing_else() -> None:
    policy = dict(part.strip().split(" ", 1) for part in HEADERS["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert not [value for value in policy.values() if "unsafe" in value or "*" in value or "http" in value]


@pytest.mark.parametrize(
    "path",
    [
        *("/sign-in", "/verify", "/student/progress"),
        *("/admin/enroll", "/admin/imports"),
        *("/admin/dashboard", "/admin/events", "/admin/replay", "/admin/mails", "/admin/alerts", "/admin/addresses"),
    ],
)
def test_a_page_brings_nothing_inline_and_nothing_from_elsewhere(site: Site, path: str) -> None:
    john = site.student()
    john.enroll("cna")
    page = (site.admin() if "admin" in path else john).get(path)
    assert page.status == 200 and not page.soup.select("style, [style], [onclick], iframe, object, embed")
    assert not [script for script in page.soup.select("script") if script.string]
    sources = [str(tag.get("src") or tag.get("href")) for tag in page.soup.select("script, link, img")]
    assert all(source.startswith(("/static/", "data:,")) for source in sources) and sources


def test_every_page_says_its_language_title_and_one_heading(site: Site) -> None:
    john, ada = site.student(), site.admin()
    public = [(site.visitor(), path) for path in ("/sign-in", "/verify", "/verify/x", "/no-such-page")]
    for visitor, path in [
        (john, "/student/progress"),
        (ada, "/admin/dashboard"),
        (ada, "/admin/mails"),
        (ada, "/admin/enroll"),
        (ada, "/admin/imports"),
        (ada, "/admin/alerts"),
        *public,
    ]:
        page = visitor.get(path)
        assert page.one("html")["lang"] == "en"
        assert page.one("title").get_text() == f"{page.one('h1').get_text()} \u2013 Handoff"
        assert page.one("a.skip-link")["href"] == "#main"


def test_static_files_may_be_kept_by_a_browser(site: Site) -> None:
    answer = site.visitor().client.get("/static/handoff.css")
    assert answer.status_code == 200 and "no-store" not in answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/no-such-page", 404, "This page does not exist"),
        ("/verify/a/b", 404, "This page does not exist"),
        ("/student/../etc/passwd", 404, "This page does not exist"),
        ("/sign-out", 405, "This can't be done here"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_in_plain_words(site: Site, path: str, status: int, title: str) -> None:
    page = site.visitor().get(path)
    assert (page.status, page.texts("h1")) == (status, [title])
    assert page.one("main a")["href"] == "/"


def test_too_much_text_is_refused(site: Site) -> None:
    visitor = site.visitor()
    page = visitor.submit(visitor.get("/sign-in"), email="x" * 70000)
    assert (page.status, page.texts("h1")) == (413, ["That was too much at once"])


@pytest.mark.parametrize("path", ["/student/progress", "/admin/dashboard", "/verify/x"])
def test_without_the_database_a_page_is_503_and_says_when_to_come_back(site: Site, path: str) -> None:
    person = site.admin() if "admin" in path else site.student()
    assert person.get(path).status in (200, 404)
    site.db.execute(sql.SQL("alter database {} connection limit 0").format(sql.Identifier(site.db.info.dbname)))
    site.db.execute(
        "select pg_catalog.pg_terminate_backend(a.pid) from pg_catalog.pg_stat_activity as a"
        " where a.datname = current_database() and a.usename = 'handoff_pages_login'"
    )
    page = person.get(path)
    assert (page.status, page.texts("h1")) == (503, ["We can't reach our records just now"])
    assert page.response.headers["Retry-After"] == "30"
    assert "Nothing of yours is lost." in page.text


@pytest.mark.parametrize(
    "fault",
    [
        "drop function handoff.student_steps()",
        "revoke select on handoff.enrollments from handoff_student",
        "alter table handoff.programs rename column name to title",
    ],
)
def test_a_fault_of_ours_tells_nothing_of_its_inside(site: Site, fault: str) -> None:
    john = site.student()
    john.enroll("cna")
    assert john.get("/student/progress").status == 200
    site.db.execute(fault.encode())
    page = john.get("/student/progress")
    assert (page.status, page.texts("h1")) == (503, ["We can't reach our records just now"])
    inside = ("handoff.", "psycopg", "Traceback", "permission", "column", "select")
    assert not [word for word in inside if word in page.text]
    assert page.response.headers["Content-Security-Policy"]


def test_a_page_of_the_wrong_kind_of_account_keeps_the_way_out(site: Site) -> None:
    john: Person = site.student("John Student")
    page = john.get("/admin/dashboard")
    assert page.status == 403 and page.texts(".who") == ["John Student"]
    assert page.texts("header form button") == ["Sign out", "Sign out everywhere"]


def test_an_error_of_the_api_is_json(site: Site) -> None:
    client = site.visitor().client
    missing = client.get("/api/no-such-thing")
    assert (missing.status_code, missing.json) == (404, {"code": "not_found", "error": "This page does not exist"})
