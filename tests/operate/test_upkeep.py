"""The commands that cron runs: apply-due and drop-old-bodies."""

from __future__ import annotations

import pytest

from app.operate.commands import upkeep
from tests.operate.commands import Run
from tests.world.site import Site


def test_apply_due_tries_what_is_due_batch_by_batch_and_what_slipped(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "BATCH", 2)
    john = site.student("John Student")
    john.enroll("cdl-training")
    site.db.execute("update handoff.partners set status = 'disabled' where slug = 'jri'")
    for badge in range(5):
        site.send("jri", "module.completed", john, module_id=f"badge-{badge}")
    site.send("jri", "program.renamed", john)
    site.db.execute("update handoff.partners set status = 'active' where slug = 'jri'")
    site.db.execute("update handoff.partner_events set due_at = null where item_ref = 'badge-0'")
    assert run("apply-due").output == "6 events tried, 5 applied; 1 had slipped\n"
    assert site.value("select s.progress_count from handoff.enrollment_steps as s") == 5
    assert site.value("select string_agg(distinct e.reason, ',') from handoff.partner_events as e") == (
        "progress,unknown_event_type"
    )
    assert run("apply-due").output == "0 events tried, 0 applied; 0 had slipped\n"


def test_drop_old_bodies_goes_on_until_none_is_left(run: Run, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "ROWS", 2)
    for number in range(5):
        site.deliver("hsi", b"[%d]" % number)
    site.send("hsi", "course.completed", "hsi-1")
    site.travel(days=91)
    assert run("drop-old-bodies", "90").output == "5 bodies dropped\n"
    assert site.value("select count(*) from handoff.partner_events as e where e.body is not null") == 1
    assert run("drop-old-bodies", "90").output == "0 bodies dropped\n"


@pytest.mark.parametrize(("days", "told"), [("29", "retention period too short"), ("0", "range"), ("x", "not a valid")])
def test_a_period_that_can_not_be_right_drops_nothing(run: Run, site: Site, days: str, told: str) -> None:
    site.deliver("hsi", b"[]")
    site.travel(days=900)
    result = run("drop-old-bodies", days)
    assert result.exit_code != 0 and told in result.output
    assert site.value("select count(*) from handoff.partner_events as e where e.body is null") == 0


def test_drop_outdated_goes_by_the_ages_that_the_school_has_set(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "ROWS", 1)
    for student in ("hsi-1", "hsi-2"):
        site.send("hsi", "course.completed", student)
    site.db.execute("select handoff.request_sign_in(p.email, sha256('x')) from handoff.profiles as p")
    site.student("John Student")
    site.db.execute("select handoff.request_sign_in(p.email, sha256('x')) from handoff.profiles as p")
    site.travel(days=91)
    assert run("drop-outdated").output == "0 bodies dropped, 0 ended sessions and links, names in 0 lists\n"
    site.db.execute("update handoff.school set parked_bodies_days = 90, ended_sessions_days = 90")
    assert run("drop-outdated").output == "2 bodies dropped, 1 ended sessions and links, names in 0 lists\n"
    assert run("drop-outdated").output == "0 bodies dropped, 0 ended sessions and links, names in 0 lists\n"
