"""Every code that a page can show has its words: the catalogue and each page's own, against the database."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from app import alert_words, texts
from app.pages import formats
from app.pages.dashboard import words as dashboard
from app.pages.inbox import words as inbox
from app.pages.school import SchoolShelf
from app.pages.student import words as student
from app.settings import Settings
from tests.world.site import Site

Db = psycopg.Connection[DictRow]
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def allowed(db: Db) -> Callable[[str], set[str]]:
    """allowed("enrollments_status_holds"): the texts that a CHECK constraint names."""

    def of(constraint: str) -> set[str]:
        row = db.execute(
            "select pg_get_constraintdef(c.oid) as check from pg_catalog.pg_constraint as c where c.conname = %s",
            [constraint],
        ).fetchone()
        assert row, f"there is no constraint {constraint}"
        return set(re.findall(r"'(\w[\w-]*)'::text", row["check"]))

    return of


@pytest.fixture
def source(db: Db) -> Callable[[str], str]:
    """source("stuck_reason"): the body of our functions whose name is like that."""

    def of(name: str) -> str:
        rows = db.execute(
            "select p.prosrc from pg_catalog.pg_proc as p join pg_catalog.pg_namespace as n on n.oid = p.pronamespace"
            " where n.nspname like 'handoff%%' and p.proname like %s",
            [name],
        )
        text = "\n".join(row["prosrc"] for row in rows)
        assert text, f"there is no function {name}"
        return text

    return of


@pytest.mark.parametrize(
    ("constraint", "labels"),
    [
        ("enrollments_status_holds", texts.ENROLLMENT),
        ("enrollment_steps_status_holds", texts.STEP),
        ("partners_status_known", dashboard.PARTNER),
        ("partners_signature_scheme_known", dashboard.SCHEME),
    ],
)
def test_every_status_has_a_label(
    allowed: Callable[[str], set[str]], constraint: str, labels: dict[str, texts.Label]
) -> None:
    assert set(labels) == allowed(constraint)


@pytest.mark.parametrize(
    "labels", [texts.ENROLLMENT, texts.STEP, dashboard.PARTNER, dashboard.SCHEME, dashboard.SECRET, texts.EVENT]
)
def test_no_two_statuses_say_the_same_and_none_is_told_by_its_colour_alone(labels: dict[str, texts.Label]) -> None:
    assert len({label.word for label in labels.values()}) == len(labels)
    assert all(label.sign and label.word for label in labels.values())


def test_every_status_in_which_a_step_waits_or_an_enrollment_rests_has_its_note() -> None:
    assert set(student.WAITING_NOTE) == set(texts.ENROLLMENT) - {"completed"}
    assert set(student.ENROLLMENT_NOTE) == set(texts.ENROLLMENT) - {"active", "completed"}


def test_every_outcome_has_its_words(allowed: Callable[[str], set[str]]) -> None:
    statuses = {"received", "accepted", "ignored", "parked", "rejected"}
    reasons = allowed("partner_events_outcome_known") - statuses
    assert len(reasons) == 33
    assert set(texts.REASON) == reasons | {"key_reused"}


def test_every_event_status_that_needs_a_person_has_a_label(source: Callable[[str], str]) -> None:
    shown = re.findall(r"e\.status in \(([^)]*)\)", source("find_events"))
    assert set(texts.EVENT) == set(re.findall(r"\w+", " ".join(shown))) | {"conflict"}


def test_every_meaning_channel_and_outcome_of_an_event_has_its_words(allowed: Callable[[str], set[str]]) -> None:
    assert set(inbox.MEANING) == allowed("partner_event_types_meaning_known")
    assert set(inbox.CHANNEL) == allowed("partner_events_channel_known")
    statuses = {"accepted", "ignored", "parked", "rejected"}
    assert set(texts.OUTCOME) == statuses | {"conflict"} and statuses < allowed("partner_events_outcome_known")


def test_every_cause_has_its_words(source: Callable[[str], str], allowed: Callable[[str], set[str]]) -> None:
    noted = re.findall(r"(?:begin|continue)_act\('(\w+)'[,)]", source("%"))
    derived = re.findall(r"cause := '(\w+)'|return \(\s*'(\w+)', null::text, null::uuid", source("%"))
    causes = set(noted) | {word for either in derived for word in either if word}
    assert set(texts.CAUSE) == causes - (allowed("acts_act_known") - {"unlinked"})


def test_every_alert_has_its_words(source: Callable[[str], str], allowed: Callable[[str], set[str]]) -> None:
    kinds = {kind for kind, _ in alert_words.WORDS}
    assert kinds == set(alert_words.KIND) and kinds <= allowed("alerts_kind_holds")
    told = {"numbers": {"days": 3, "limit_days": 2}, "partner": "HSI"}
    for kind, about in alert_words.WORDS:
        title, text, path = alert_words.said(told | {"kind": kind, "about": about or None})
        assert kind not in title + text and path.startswith("/admin/") and text.endswith(".") and title[-1] != "."
    found = set(re.findall(r"'([a-z_]+)'", source("%") + " ".join(allowed("alerts_kind_holds"))))
    assert {about for _, about in alert_words.WORDS if about} < found


@pytest.mark.parametrize(
    ("about", "code", "said"),
    [
        ("signature", "bad_signature", " ".join(texts.refusal("bad_signature"))),
        ("rejected", "missing_field", texts.reason("missing_field")),
        ("parked", "unknown_student", texts.reason("unknown_student")),
    ],
)
def test_an_alert_words_the_code_of_what_fails_most_often(about: str, code: str, said: str) -> None:
    told = {"kind": "webhook_failures", "about": about, "partner": "HSI", "numbers": {"failures": 7, "code": code}}
    _, text, _ = alert_words.said(told)
    assert said in text and code not in text


def test_every_measure_of_the_automation_has_its_words(db: Db) -> None:
    rows = db.execute("select a.measure from handoff.automation_rates() as a").fetchall()
    assert set(dashboard.AUTOMATION) == {row["measure"] for row in rows}


def test_every_alert_is_in_the_queue_of_today(db: Db) -> None:
    rows = db.execute("select p.prosrc from pg_catalog.pg_proc as p where p.proname = 'queued_alerts'").fetchall()
    queued = set(re.findall(r"\('\w+', '(\w+)', '(\w*)', '\w*'\)", rows[0]["prosrc"]))
    elsewhere = {("enrollment_blocked", "awaiting_approval")} | {
        ("events_waiting", about) for about in ("parked", "rejected", "conflict")
    }
    assert queued == set(alert_words.WORDS) - elsewhere


def test_every_kind_of_the_queue_has_its_words(db: Db) -> None:
    rows = db.execute("select p.prosrc from pg_catalog.pg_proc as p where p.proname = 'queued_alerts'").fetchall()
    kinds = {"approve", "account", "event"} | set(re.findall(r"\('(\w+)', '\w+', '\w*', '\w*'\)", rows[0]["prosrc"]))
    assert set(dashboard.QUEUE) == set(dashboard.ALL) == kinds


def test_every_role_that_can_act_has_its_words(db: Db) -> None:
    rows = db.execute(
        "select r.rolname from pg_catalog.pg_roles as r where r.rolname ~ '^handoff_' and not r.rolcanlogin"
    )
    assert set(texts.ACTOR) == {row["rolname"] for row in rows} - {"handoff_owner", "handoff_metrics"}


BASE64 = "bWFkZS11cC1mb3ItdGhlLXRlc3RzLW9m"
NO_BASE64 = "no base64, but long enough"


@pytest.mark.parametrize(
    ("scheme", "settings", "state"),
    [
        ("standard", {"partner_secrets": {"A_B": ("c2VjcmV0",)}}, "unusable"),
        ("standard", {"partner_secrets": {"A_B": (f"whsec_{BASE64}",)}}, "own"),
        ("standard", {"partner_secrets": {"A_B": (BASE64, f"whsec_{BASE64}")}}, "own"),
        ("standard", {"partner_secrets": {"A_B": (BASE64, NO_BASE64)}}, "unusable"),
        ("standard", {"shared_secrets": (NO_BASE64,)}, "unusable"),
        ("hmac-sha256", {"partner_secrets": {"A_B": (NO_BASE64,)}}, "own"),
        ("shared-secret", {"shared_secrets": (NO_BASE64,)}, "shared"),
        ("standard", {"partner_secrets": {"A": (BASE64,)}}, "missing"),
        ("standard", {"partner_secrets": {"A_B": ()}, "shared_secrets": (BASE64,)}, "shared"),
    ],
)
def test_every_state_of_a_secret_has_its_words(scheme: str, settings: dict[str, Any], state: str) -> None:
    assert Settings(**settings).secret_state("a-b", scheme) == state
    assert set(dashboard.SECRET) == {"own", "shared", "missing", "unusable"}


@pytest.mark.parametrize(("number", "said"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (21, "21 days")])
def test_one_is_singular(number: int, said: str) -> None:
    assert formats.count(number, "day") == said


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        ("66.67", "66.67 %"),
        ("33.30", "33.3 %"),
        ("50.00", "50 %"),
        ("100.00", "100 %"),
        ("0.00", "0 %"),
        ("9", "9 %"),
    ],
)
def test_a_rate_has_at_most_two_decimals(rate: str, said: str) -> None:
    assert formats.percent(Decimal(rate)) == said


def test_days_and_times_are_shown_by_the_schools_clocks_and_marked_up_for_machines(site: Site) -> None:
    late = datetime.fromisoformat("2026-03-01T23:30:00-05:00")
    with site.app.test_request_context():
        assert formats.moment_tag(late) == '<time datetime="2026-03-02T04:30:00Z">2 March 2026, 04:30 UTC</time>'
    site.db.execute("update handoff.school set time_zone = 'America/Indiana/Indianapolis'")
    site.app.extensions["handoff_school"] = SchoolShelf()
    with site.app.test_request_context():
        assert formats.moment_tag(late) == '<time datetime="2026-03-02T04:30:00Z">1 March 2026, 23:30 EST</time>'
        assert formats.day_tag(late) == '<time datetime="2026-03-02T04:30:00Z">1 March 2026</time>'
        assert formats.day_tag(late, "Asia/Tokyo") == '<time datetime="2026-03-02T04:30:00Z">2 March 2026</time>'


def test_a_mailto_link_adds_no_header() -> None:
    assert formats.mailto("a+b@x.example?bcc=all@x.example&body=é") == (
        "mailto:a+b@x.example%3Fbcc%3Dall@x.example%26body%3D%C3%A9"
    )


@pytest.mark.parametrize(
    ("alert", "said"),
    [
        ({"kind": "stuck_student", "numbers": {"days": 1, "limit_days": 1}}, "HSI for 1 day. More than 1 day is"),
        (
            {"kind": "enrollment_blocked", "about": "failed", "numbers": {"days": 0}},
            "did not pass at HSI. That was less than a day ago.",
        ),
        ({"kind": "enrollment_blocked", "about": "nothing_running", "numbers": {}}, "for less than a day"),
        (
            {"kind": "partner_silent", "numbers": {"days": 4, "usual_hours": 2.5, "students": 1001}},
            "no more than 2.5 hours passes, and 1,000+ students are with it",
        ),
        (
            {"kind": "partner_silent", "numbers": {"days": 4, "usual_hours": 1.0, "students": 1}},
            "no more than an hour passes, and 1 student is with it",
        ),
        ({"kind": "delivery_failing", "about": "mail_server", "numbers": {"messages": 1}}, "1 mail waits and is tried"),
        ({"kind": "delivery_failing", "about": "mail_server", "numbers": {"messages": 2}}, "2 mails wait and are"),
        ({"kind": "delivery_failing", "about": "mail_in_doubt", "numbers": {"messages": 1}}, "Look at it, and"),
        ({"kind": "webhook_failures", "about": "our_fault", "numbers": {"failures": 1}}, "It is safe. Tell"),
        ({"kind": "events_waiting", "about": "rejected", "numbers": {"events": 1}}, "send it again, corrected"),
        ({"kind": "events_waiting", "about": "rejected", "numbers": {"events": 2}}, "send them again, corrected"),
        ({"kind": "new_kind", "about": "thing", "numbers": {}}, "new_kind thing. Ask the technical contact."),
    ],
)
def test_an_alert_is_told_in_a_line(alert: dict[str, Any], said: str) -> None:
    assert said in alert_words.in_one_line({"about": None, "partner": "HSI"} | alert)
