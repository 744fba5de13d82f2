"""The pipeline as the page draws it: each partner's figures with its pace, and the line of its last 30 days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from psycopg.rows import DictRow

WIDTH, HEIGHT, EDGE = 116, 24, 2  # of a line, in pixels of its own
ENOUGH = 5  # cases from which a median says something


def joined(partners: list[DictRow], pace: list[DictRow]) -> list[dict[str, Any]]:
    """Rows of handoff.partner_pipeline(), each with that of handoff.partner_pace() and the points of its line."""
    of = {row["partner_slug"]: row for row in pace}
    return [row | of[row["partner_slug"]] | drawn(of[row["partner_slug"]]) for row in partners]


def drawn(row: DictRow) -> dict[str, Any]:
    """The line of a partner, what it says in one number, and the median where there are cases enough."""
    completions = row["completions"]
    median = row["median_days"] if row["timed"] >= ENOUGH else None
    return {"points": points(completions), "completions_30": sum(completions), "median": median}


def points(numbers: Sequence[int]) -> str:
    """The points of a line through these numbers, for a polyline: the largest at the top, none at the bottom."""
    top = max(*numbers, 1)
    step = (WIDTH - 2 * EDGE) / max(len(numbers) - 1, 1)
    height = HEIGHT - 2 * EDGE
    return " ".join(f"{EDGE + n * step:.1f},{EDGE + height * (1 - of / top):.1f}" for n, of in enumerate(numbers))


def days(pace: list[DictRow]) -> list[tuple[date, list[int]]]:
    """The same as a table: each day with the completions of each partner, the newest first, and days with any only."""
    if not pace:
        return []
    first = pace[0]["first_day"]
    rows = [
        (first + timedelta(days=n), list(of))
        for n, of in enumerate(zip(*(row["completions"] for row in pace), strict=True))
    ]
    return [(day, of) for day, of in reversed(rows) if any(of)]
