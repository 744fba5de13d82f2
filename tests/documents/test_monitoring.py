"""docs/operate/monitoring: Prometheus and Alertmanager take the files, each rule fires and clears, and all that they
ask for is told by /metrics."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import ROOT
from tests.world.site import Site

FOLDER = ROOT / "docs" / "operate" / "monitoring"
TEXT = (ROOT / "docs" / "operate" / "monitoring.md").read_text()
RULES, TESTS = ((FOLDER / name).read_text() for name in ("rules.yml", "rules_test.yml"))
BOARD = json.loads((FOLDER / "handoff.json").read_text())
TOKEN = "t" * 32
ALERTS = re.findall(r"- alert: (\w+)", RULES)
NAME = re.compile(r"\bhandoff_[a-z_]+\b")


Tool = Callable[[str], list[str]]


def checked(command: list[str], *words: str | Path, given: str = "") -> tuple[bool, str]:
    """Whether a tool finds nothing wrong, and what it says."""
    done = subprocess.run([*command, *words], input=given, capture_output=True, text=True, timeout=60)
    return done.returncode == 0, done.stdout + done.stderr


def figures(site: Site) -> str:
    answer = site.visitor().client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    return answer.text


def test_prometheus_takes_the_rules(monitoring: Tool) -> None:
    is_right, said = checked(monitoring("promtool"), "check", "rules", FOLDER / "rules.yml")
    assert is_right and f"{len(ALERTS)} rules found" in said, said


def test_each_rule_fires_and_clears_as_its_test_says(monitoring: Tool) -> None:
    is_right, said = checked(monitoring("promtool"), "test", "rules", FOLDER / "rules_test.yml")
    assert is_right, said


@pytest.mark.parametrize("alert", ALERTS)
def test_each_rule_has_a_test_in_which_it_fires_and_then_clears(alert: str) -> None:
    [fires] = re.finditer(rf"alertname: {alert}\n +exp_alerts:\n", TESTS)
    cleared = f"alertname: {alert}, exp_alerts: []"
    assert cleared in TESTS[fires.end() : TESTS.find("- name:", fires.end())]


def test_a_rule_that_is_broken_is_seen(monitoring: Tool, tmp_path: Path) -> None:
    shutil.copy(FOLDER / "rules_test.yml", tmp_path)
    (tmp_path / "rules.yml").write_text(RULES.replace("seen_timestamp_seconds > 300", "seen_timestamp_seconds > 3000"))
    assert checked(monitoring("promtool"), "test", "rules", tmp_path / "rules_test.yml")[0] is False


def test_alertmanager_takes_its_file(monitoring: Tool) -> None:
    is_right, said = checked(monitoring("amtool"), "check-config", FOLDER / "alertmanager.yml")
    assert is_right, said


def test_prometheus_takes_the_scrape_of_the_document(monitoring: Tool, tmp_path: Path) -> None:
    [block] = re.findall(r"```yaml\n(# prometheus.yml\n.*?)```", TEXT, re.DOTALL)
    (tmp_path / "token").write_text(TOKEN)
    told = block.replace("/etc/prometheus/handoff_token", str(tmp_path / "token"))
    (tmp_path / "prometheus.yml").write_text(told.replace("/etc/prometheus/handoff/rules.yml", f"{FOLDER}/rules.yml"))
    is_right, said = checked(monitoring("promtool"), "check", "config", tmp_path / "prometheus.yml")
    assert is_right and f"{len(ALERTS)} rules found" in said, said


def test_prometheus_has_nothing_against_the_figures(make_site: Callable[..., Site], monitoring: Tool) -> None:
    told = figures(make_site(metrics_token=TOKEN))
    assert checked(monitoring("promtool"), "check", "metrics", given=told) == (True, "")
    bad = told.replace("handoff_webhook_refusals_total", "handoff_webhook_refusals")
    assert checked(monitoring("promtool"), "check", "metrics", given=bad)[0] is False


def test_each_figure_that_is_asked_for_is_told(make_site: Callable[..., Site]) -> None:
    told = set(re.findall(r"^# TYPE (\w+) ", figures(make_site(metrics_token=TOKEN)), re.MULTILINE))
    expressions = [target["expr"] for panel in BOARD["panels"] for target in panel["targets"]]
    asked = set(NAME.findall("\n".join([RULES, *expressions])))
    assert asked <= told and len(asked) > 10
    assert set(NAME.findall(TEXT)) - {"handoff_token", "handoff_metrics"} == told


def test_the_board_shows_each_figure_but_those_that_only_join() -> None:
    shown = set(NAME.findall(json.dumps(BOARD)))
    assert {name for name in NAME.findall(TEXT) if name not in shown} == {
        "handoff_token",
        "handoff_metrics",
        "handoff_partner_failures_in_a_row",
        "handoff_outbox_undelivered_last_timestamp_seconds",
        "handoff_trail_reader_moved_timestamp_seconds",
    }


def test_no_two_panels_of_the_board_overlap() -> None:
    taken = set[tuple[int, int]]()
    for panel in BOARD["panels"]:
        place = panel["gridPos"]
        cells = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert not cells & taken and max(x for x, _ in cells) < 24, panel["title"]
        taken |= cells


def test_the_document_says_what_to_do_about_each_alert() -> None:
    assert re.findall(r"^\| `(Handoff\w+)` \|", TEXT, re.MULTILINE) == ALERTS


def test_what_strangers_can_cause_pages_nobody() -> None:
    [rule] = re.findall(r"- alert: HandoffDeliveriesRefused\n(.*?)\n\n", RULES, re.DOTALL)
    assert "severity: warn" in rule
    paging = [part for part in RULES.split("- alert:") if "severity: page" in part]
    assert not [part for part in paging if "refusals" in part]
