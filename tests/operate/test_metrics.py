"""/metrics: who may read it, and how figures are written."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from app.operate.metrics import lines_of
from app.settings import SettingsError
from app.texts import REFUSAL
from tests.operate.environ import read
from tests.world.partners import new_key
from tests.world.site import Site

TOKEN = "token-of-the-monitor.0123456789_~+/"


@pytest.fixture
def watched(make_site: Callable[..., Site]) -> Site:
    return make_site(metrics_token=TOKEN)


def test_without_a_token_there_is_no_such_page(site: Site) -> None:
    client = site.visitor().client
    for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {TOKEN}"}):
        assert client.get("/metrics", headers=headers).status_code == 404


@pytest.mark.parametrize(
    "told",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        TOKEN,
        f"Basic {TOKEN}",
        f"Bearer {TOKEN}x",
        f"Bearer x{TOKEN}",
        f"Bearer {TOKEN[:-1]}",
        f"Bearer {TOKEN.upper()}",
        f"Bearer {TOKEN} {TOKEN}",
        "Bearer \xe9\xff",
    ],
)
def test_who_does_not_bring_the_token_is_told_how(watched: Site, told: str | None) -> None:
    answer = watched.visitor().client.get("/metrics", headers={"Authorization": told} if told is not None else {})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="metrics"')
    assert "handoff_" not in answer.text


def test_an_admin_without_the_token_is_nobody_here(watched: Site) -> None:
    assert watched.admin().client.get("/metrics").status_code == 401


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_who_brings_it_gets_the_figures(watched: Site, scheme: str) -> None:
    answer = watched.visitor().client.get("/metrics", headers={"Authorization": f"{scheme} {TOKEN}"})
    assert (answer.status_code, answer.content_type) == (200, "text/plain; version=0.0.4; charset=utf-8")
    assert answer.headers["Cache-Control"] == "no-store" and "Set-Cookie" not in answer.headers
    assert 'handoff_partner_info{status="active",partner="hsi"} 1\n' in answer.text
    assert answer.text.endswith("\n")


def test_what_is_asked_for_is_asked_as_the_role_of_the_monitor(watched: Site) -> None:
    watched.db.execute("revoke execute on function handoff.metrics() from handoff_metrics")
    watched.db.execute("grant execute on function handoff.metrics() to handoff_admin, handoff_public, handoff_student")
    answer = watched.visitor().client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 503


def test_the_figures_are_those_of_now(watched: Site) -> None:
    def parked() -> str:
        answer = watched.visitor().client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        return "".join(re.findall(r"^handoff_events_waiting\{.*$", answer.text, re.MULTILINE))

    assert parked() == ""
    watched.db.execute(
        "select handoff.receive_partner_event('hsi', %s, %s, 'webhook')",
        [new_key(), b'{"event": "course.completed", "student_id": "nobody-1"}'],
    )
    assert parked() == 'handoff_events_waiting{reason="unknown_student",status="parked",partner="hsi"} 1'


def test_help_and_type_stand_once_before_the_values_of_a_name() -> None:
    one = {"name": "a", "type": "gauge", "help": "One."}
    rows = [
        one | {"labels": {"x": "1"}, "value": Decimal(1)},
        one | {"labels": {"x": "2", "y": "3"}, "value": Decimal("1772452800.5")},
        {"name": "b_total", "type": "counter", "help": "Two.", "labels": {}, "value": Decimal(0)},
        {"name": "c", "type": "gauge", "help": "None now.", "labels": None, "value": None},
    ]
    assert list(lines_of(rows)) == [
        "# HELP a One.",
        "# TYPE a gauge",
        'a{x="1"} 1',
        'a{x="2",y="3"} 1772452800.5',
        "# HELP b_total Two.",
        "# TYPE b_total counter",
        "b_total 0",
        "# HELP c None now.",
        "# TYPE c gauge",
    ]


def test_nothing_in_a_label_or_a_help_ends_its_line_or_its_quotes() -> None:
    row = {"name": "a", "type": "gauge", "help": 'a\\b\n"c"', "labels": {"x": 'a\\b\n"c"'}, "value": Decimal(1)}
    assert list(lines_of([row])) == [
        '# HELP a a\\\\b\\n"c"',
        "# TYPE a gauge",
        'a{x="a\\\\b\\n\\"c\\""} 1',
    ]


def test_each_code_of_a_refusal_is_counted_from_the_beginning(watched: Site) -> None:
    answer = watched.visitor().client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    codes = set(re.findall(r'^handoff_webhook_refusals_total\{.*code="(\w+)".*\} 0$', answer.text, re.MULTILINE))
    assert codes == set(REFUSAL)


@pytest.mark.parametrize(
    "token", ["short", "x" * 31, "x" * 32 + " y", "x" * 32 + "\xe9", '"' + "x" * 40 + '"', "=" * 40]
)
def test_a_token_that_no_monitor_could_send_or_that_could_be_guessed_is_refused(token: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read(METRICS_TOKEN=token)
    assert "METRICS_TOKEN" in refused.value.message and token not in refused.value.message


def test_a_token_is_read_and_not_shown() -> None:
    settings = read(METRICS_TOKEN=f"  {TOKEN} ")
    assert settings.metrics_token == TOKEN and TOKEN not in repr(settings)
