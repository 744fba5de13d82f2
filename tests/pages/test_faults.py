"""What a page answers when something of ours is wrong, and what of it stands in the log: no link, no message."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from psycopg import sql

from tests.pages.signing_in import is_signed_in, new_link
from tests.world.site import Site

SECRET = "s3cret-of-a-link"
FAULTS = {
    "42883": "drop function handoff.student_steps()",
    "42501": "revoke select on handoff.enrollments from handoff_student",
    "42703": "alter table handoff.programs rename column name to title",
}


def connect_anew(site: Site) -> None:
    """Ends the connections of the pages, those that a pooler keeps as well."""
    site.app.extensions["handoff_pools"].close()
    site.db.execute(
        "select pg_terminate_backend(a.pid, 10000) from pg_catalog.pg_stat_activity as a"
        " where a.datname = current_database() and a.usename = 'handoff_pages_login'"
    )


def set_for_pages(site: Site, setting: str) -> None:
    """Sets or resets a setting of the pages' login."""
    database = sql.Identifier(site.db.info.dbname)
    site.db.execute(sql.SQL("alter role handoff_pages_login in database {} {}").format(database, sql.SQL(setting)))  # type: ignore[arg-type]
    connect_anew(site)


@pytest.mark.parametrize("sqlstate", FAULTS)
def test_an_error_of_the_database_is_503_with_its_sqlstate_and_endpoint_in_the_log(
    site: Site, caplog: pytest.LogCaptureFixture, sqlstate: str
) -> None:
    john = site.student("John Student")
    john.enroll("cna")
    site.db.execute(FAULTS[sqlstate].encode())
    page = john.get("/student/progress")
    assert (page.status, page.response.headers["Retry-After"]) == (503, "30")
    assert f"student.progress answered 503: {sqlstate}" in caplog.text
    assert not [word for word in ("handoff.", "/student/progress", "permission", "column") if word in caplog.text]


def test_a_server_that_only_reads_leaves_a_link_good_and_out_of_the_log(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    visitor = site.visitor()
    form = visitor.get(new_link(site, site.student().email, SECRET))
    set_for_pages(site, "set default_transaction_read_only = on")
    assert visitor.submit(form).status == 503
    assert "sign_in.use_link answered 503: 25006" in caplog.text
    assert SECRET not in caplog.text
    set_for_pages(site, "reset default_transaction_read_only")
    assert visitor.submit(form).status == 303
    assert is_signed_in(visitor)


def test_a_database_that_is_away_is_logged_by_the_endpoint(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    visitor = site.visitor()
    form = visitor.get(new_link(site, site.student().email, SECRET))
    site.db.execute(sql.SQL("alter database {} connection limit 0").format(sql.Identifier(site.db.info.dbname)))
    connect_anew(site)
    assert visitor.submit(form).status == 503
    assert "sign_in.use_link answered 503: " in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize("status", [400, 403, 404, 409])
def test_an_error_of_ours_that_no_page_expects_has_its_own_status(site: Site, status: int) -> None:
    john = site.student()
    john.enroll("cna")
    site.db.execute(
        f"create or replace function handoff.student_evidence() returns table (step_id uuid, received_at timestamptz,"
        " certificate_number text) language plpgsql as"
        f" $$ begin raise exception using errcode = 'TH{status}', message = 'x'; end $$".encode()
    )
    assert john.get("/student/progress").status == status


def test_a_fault_beside_the_database_is_logged_by_places_and_kinds_alone(
    make_site: Callable[..., Site], caplog: pytest.LogCaptureFixture
) -> None:
    site = make_site()

    def broken(token: str) -> str:
        try:
            raise psycopg.errors.UniqueViolation(f"Key (email)=({token}) already exists.")
        except psycopg.Error as error:
            raise KeyError(token) from error

    site.app.add_url_rule("/broken/<token>", "broken", broken)
    page = site.visitor().get(f"/broken/{SECRET}")
    assert (page.status, page.texts("h1")) == (500, ["Something went wrong on our side"])
    assert "fault in broken" in caplog.text
    kinds = ("Traceback", "test_faults.py", "in broken", "KeyError", "UniqueViolation")
    assert [word for word in kinds if word not in caplog.text] == []
    assert SECRET not in caplog.text
