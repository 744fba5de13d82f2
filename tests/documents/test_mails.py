"""docs/school/mails.md names every kind of mail, with the time after which the database does not send it any more."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import psycopg

from app.worker.mails.kinds import KINDS
from tests import ROOT

ROW = re.compile(r"^\| `(\w+)` \| .+ \| (\d+) (minutes?|days?) \|$", re.MULTILINE)
UNITS = {"minute": timedelta(minutes=1), "day": timedelta(days=1)}


def test_every_kind_has_its_row_and_its_time(db: psycopg.Connection[dict[str, Any]]) -> None:
    rows = ROW.findall((ROOT / "docs" / "school" / "mails.md").read_text())
    said = {kind: int(number) * UNITS[unit.removesuffix("s")] for kind, number, unit in rows}
    kept = db.execute("select k, handoff_private.sent_within(k) as within from unnest(%s::text[]) as k", [list(KINDS)])
    assert list(said) == list(KINDS)
    assert said == {row["k"]: row["within"] for row in kept}
