"""`sign-in-link`: a link for who has no mail yet, written down, and from the terminal of the database's owner alone."""

from __future__ import annotations

import pytest

from tests.operate.commands import Db, Run, fault
from tests.world.postgres import PgServer
from tests.world.site import Site


def test_the_link_signs_in_once_and_stands_in_the_audit_trail(run: Run, site: Site) -> None:
    ada = site.admin("Ada Admin")
    result = run("sign-in-link", ada.email.upper(), "--reason", "has no mail yet")
    assert result.exit_code == 0
    link = result.stdout.strip().removeprefix("http://127.0.0.1:8000")
    assert link.startswith("/sign-in/") and ada.email in result.stderr
    visitor, again = site.visitor(), site.visitor()
    done = visitor.submit(visitor.get(link))
    assert (done.status, done.location) == (303, "/admin/dashboard")
    assert visitor.get("/admin/dashboard").status == 200
    assert again.submit(again.get(link)).status == 410
    acts = site.db.execute("select a.act, a.reason, a.profile_id, a.actor_role from handoff.acts as a").fetchall()
    assert [tuple(act.values()) for act in acts] == [
        ("sign_in_link_made", "has no mail yet", ada.id, "handoff_owner"),
    ]


def test_an_unknown_person_and_one_without_access_are_told_in_a_line(run: Run, db: Db) -> None:
    assert "unknown person" in fault(run("sign-in-link", "nobody@school.example"))
    db.execute("select handoff.create_profile('john@school.example', 'John Student')")
    db.execute("select handoff.disable_profile(handoff.find_profile('john@school.example'), 'has left')")
    assert "has no access any more" in fault(run("sign-in-link", "john@school.example"))
    assert db.execute("select from handoff.sign_in_links").rowcount == 0


@pytest.mark.parametrize("login", ["handoff_pages_login", "handoff_worker_login"])
def test_the_logins_of_the_shell_make_no_link(
    run: Run, site: Site, pg_server: PgServer, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    ada = site.admin()
    monkeypatch.setenv("DATABASE_URL", pg_server.url(site.db.info.dbname, login))
    assert "handoff_owner" in fault(run("sign-in-link", ada.email))
    assert site.value("select count(*) from handoff.sign_in_links") == 0
