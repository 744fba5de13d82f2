"""What needs a person today: each row of handoff.work_queue() as a sentence with what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from flask import url_for
from psycopg.rows import DictRow

from app import alert_words, texts
from app.pages.acts.catalogue import ACT
from app.pages.dashboard import words
from app.pages.formats import mailto
from app.texts import Label

WAIT = ("approve", "failed", "refused", "blocked")  # for the office's decision


class Act(NamedTuple):
    """What can be done: its words, and the page or form that does it."""

    name: str
    path: str


class Item(NamedTuple):
    """A row of the queue; the first of its acts is the one that is meant."""

    key: str
    tag: Label
    row: DictRow
    title: str
    text: str
    acts: list[Act]


class Kind(NamedTuple):
    """All of one kind: its name, how many there are, and where they stand."""

    name: str
    cases: int
    path: str


def items(rows: Iterable[DictRow]) -> list[Item]:
    """`rows`: of handoff.work_queue()."""
    return [_item(row) for row in rows]


def kinds(rows: Iterable[DictRow]) -> list[Kind]:
    """A kind for each that the rows are of, in the order of words.QUEUE."""
    first = {row["kind"]: row for row in reversed(list(rows))}
    return [Kind(words.ALL[kind], first[kind]["of_kind"], _all_of(kind)) for kind in words.QUEUE if kind in first]


def figures(rows: Iterable[DictRow]) -> dict[str, Any]:
    """How many wait for the office and since when, how many are late, and how many events of how many accounts wait."""
    of = {row["kind"]: row for row in rows}
    waiting = [of[kind] for kind in WAIT if kind in of]
    return {
        "waiting": sum(row["of_kind"] for row in waiting),
        "oldest": min((row["oldest_of_kind"] for row in waiting), default=None),
        "late": of["stuck"]["of_kind"] if "stuck" in of else 0,
        "late_oldest": of["stuck"]["oldest_of_kind"] if "stuck" in of else None,
        "events": sum(of[kind]["events_of_kind"] for kind in ("account", "event") if kind in of),
        "accounts": of["account"]["of_kind"] if "account" in of else 0,
    }


def _item(row: DictRow) -> Item:
    kind = row["kind"]
    key = f"{kind}-{row['alert_id'] or row['enrollment_id'] or row['receipt']}"
    tag = alert_words.SEVERITY["severe"] if row["severity"] == "severe" else words.QUEUE[kind]
    if kind == "account":
        return Item(key, tag, row, "", words.waits_for_link(row["events"]), [_event(row, words.WHOSE)])
    if kind == "event":
        text = f"{words.waits(row['events'])} {texts.REASON.get(row['about'], row['about'])}"
        act = _event(row, words.LOOK) if row["events"] == 1 else Act(words.LOOK_ALL, _events(row))
        return Item(key, tag, row, "", text, [act])
    told = row | {"kind": row["alert_kind"], "about": row["about"] or None}
    if kind == "alert":
        title, text, path = alert_words.said(told | {"student_name": row["full_name"]})
        mine = _alert(row)
        return Item(
            key, tag, row, title, text, [Act(words.LOOK, mine if path == alert_words.ALERTS else path), _later(row)]
        )
    if kind == "approve" and not row["numbers"]:
        return Item(key, tag, row, "", words.ASKS, _acts(row))
    title, text, _ = alert_words.said(told | {"student_name": words.THIS})
    return Item(key, tag, row, "", f"{title}. {text}", _acts(row))


def _acts(row: DictRow) -> list[Act]:
    """What can be done about a student's enrollment or step."""
    enrollment, step = row["enrollment_id"], row["step_id"]
    found = {
        "approve": [_form("approve", enrollment), _form("withdraw", enrollment, words.REFUSE)],
        "failed": [_form(act, step) for act in ("reopen", "skip", "complete")],
        "refused": [Act(words.tell_again(row["partner_name"]), url_for("refused.show", enrollment=enrollment))],
        "stuck": [Act(words.WRITE, mailto(row["email"] or ""))],
        "blocked": [Act(words.STUDENT, url_for("students.details", profile_id=row["profile_id"]))],
    }[row["kind"]]
    return [*found, _later(row)] if row["alert_id"] else found


def _form(act: str, target: object, name: str = "") -> Act:
    return Act(name or ACT[act].name, url_for("acts.form", act=act, target=target, next=url_for("dashboard.show")))


def _event(row: DictRow, name: str) -> Act:
    return Act(name, url_for("events.details", receipt=row["receipt"]))


def _events(row: DictRow) -> str:
    status = row["numbers"]["status"]
    return url_for("events.listing", partner=row["partner_slug"], status=status, reason=row["about"])


def _alert(row: DictRow) -> str:
    return url_for("alerts.listing", kind=row["alert_kind"], _anchor=f"alert-{row['alert_id']}")


def _later(row: DictRow) -> Act:
    return Act(words.LATER, _alert(row))


def _all_of(kind: str) -> str:
    if kind == "approve":
        return url_for("students.listing", state="pending")
    if kind == "account":
        return url_for("events.listing", status="parked", reason="unknown_student")
    if kind == "event":
        return url_for("events.listing")
    of = {"stuck": "stuck_student", "alert": None}
    return url_for("alerts.listing", kind=of.get(kind, "enrollment_blocked"))
