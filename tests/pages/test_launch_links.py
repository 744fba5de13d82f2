"""The link with which a student begins at a partner: whatever is filled in, it leads to the partner's host."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SHAPE = "partners_launch_url_template_shape"
TEMPLATE = "https://hsi.example/{account}/x;{name}?e={email}&r={reference}&c={course}#{name}"
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
PIECES = st.sampled_from(
    ["{account}", "{email}", "{name}", "{", "}", "/", "?", "#", "@", ":", "\\", "\n", " ", "a", ".", "x.y", "%"]
)
Db = psycopg.Connection[dict[str, Any]]
on_one_database = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def link(db: Db, template: str, name: str = "Ann Lee", account: str = "A-1", course: str = "c") -> str:
    """Ann's link, as the template and her details make it; nothing of it stays. Raises CheckViolation."""
    with db.transaction(force_rollback=True):
        db.execute("update handoff.partners set launch_url_template = %s where slug = 'hsi'", [template])
        db.execute(
            "with ann as (insert into handoff.profiles (email, full_name, role, created_at)"
            " values ('a+n@school.example', %s, 'student', now()) returning id)"
            " insert into handoff.partner_accounts (partner_slug, external_student_id, student_id, linked_at)"
            " select 'hsi', %s, a.id, now() from ann as a",
            [name, account],
        )
        row = db.execute(
            "select handoff.enroll_student(p.id, 'cna') as enrollment from handoff.profiles as p"
            " where p.email = 'a+n@school.example'"
        ).fetchone()
        assert row
        db.execute(
            "update handoff.enrollment_steps set course_ref = %s where enrollment_id = %s", [course, row["enrollment"]]
        )
        step = db.execute(
            "select s.id::text as id, handoff.launch_url_of(s.id) as url from handoff.enrollment_steps as s"
            " where s.enrollment_id = %s and s.status = 'in_progress'",
            [row["enrollment"]],
        ).fetchone()
        assert step
        return str(step["url"]).replace(step["id"], "STEP")


def test_each_detail_comes_back_as_it_was(db: Db) -> None:
    @on_one_database
    @given(NAMES.filter(lambda text: text == text.strip()), NAMES, NAMES)
    def holds(name: str, account: str, course: str) -> None:
        try:
            found = link(db, TEMPLATE, name, account, course)
        except psycopg.Error as refused:
            assert refused.sqlstate in ("TH400", "23514")  # no such name or account is stored
            return
        assert re.fullmatch(r"[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+", found)
        url = urlsplit(found)
        assert (url.scheme, url.netloc) == ("https", "hsi.example")
        first, second = url.path.removeprefix("/").split("/")
        assert (unquote(first), unquote(second)) == (account, f"x;{normalize('NFC', name)}")
        assert [unquote(part) for part in url.query.split("&")] == ["e=a+n@school.example", "r=STEP", f"c={course}"]
        assert unquote(url.fragment) == normalize("NFC", name)

    holds()


def test_no_template_leads_to_a_host_that_is_not_written_in_it(db: Db) -> None:
    @on_one_database
    @given(st.lists(PIECES, max_size=8).map("".join))
    def holds(rest: str) -> None:
        try:
            found = link(db, f"https://hsi.example{rest}", "evil.example/@", "@evil.example")
        except psycopg.errors.CheckViolation as refused:
            assert refused.diag.constraint_name == SHAPE
            return
        url = urlsplit(found)
        host = re.match(r"https://([A-Za-z0-9.-]+)(:\d+)?[/?]", f"https://hsi.example{rest}")
        assert host and (url.scheme, url.hostname, url.username) == ("https", host[1].lower(), None)
        assert not re.search(r"[\s{}\\]", found)

    holds()
