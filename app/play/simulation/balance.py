"""The books after a simulation. The checks themselves are SQL: balance.sql, and handoff_private.book_faults()."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from app.operate.commands.common import Db
from app.play.simulation.events import OUTCOMES, Event
from app.play.simulation.school import HOST, School

SQL = Path(__file__).with_name("balance.sql")


class Sent:
    """The different events of a run and how each was answered, in a file: a run may be longer than memory."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - lives as long as this
        self.events = 0

    def add(self, event: Event, answer: str) -> None:
        """One event; each once."""
        self.events += 1
        self._file.write(json.dumps([event.partner.slug, event.key, event.kind, OUTCOMES[event.kind], answer]) + "\n")

    def __iter__(self) -> Iterator[list[Any]]:
        self._file.seek(0)
        return (json.loads(line) for line in self._file)


class Balance(NamedTuple):
    """`lines`: what is printed; `faults`: what does not balance, a line each."""

    lines: list[str]
    faults: list[str]


def position(school: School) -> int:
    """The last event of the inbox."""
    return school.always(lambda db: _one(db, "select coalesce(max(e.position), 0) from handoff.partner_events as e"))


def balance(school: School, sent: Sent, run: str, since: int) -> Balance:
    """Compares what was sent since a position of the inbox with what is there, and the books with themselves."""
    return school.always(lambda db: _balance(db, sent, run, since, school.students), role="handoff_owner")


def _balance(db: Db, sent: Sent, run: str, since: int, students: int) -> Balance:
    _load(db, sent)
    lines, faults = [f"{'events':<18}{'sent':>9}{'right':>9}"], []
    kinds = db.execute(SQL.read_text("utf-8").encode()).fetchall()
    for row in kinds:
        lines.append(f"{row['kind']:<18}{row['sent']:>9,}{row['as_expected']:>9,}")
        if row["sent"] != row["as_expected"]:
            missing = row["sent"] - row["as_expected"]
            faults.append(f"{row['kind']}: {missing} not as expected, for example {row['for_example']}")
    lines.append(f"{'together':<18}{sent.events:>9,}{sum(row['as_expected'] for row in kinds):>9,}")
    stored = _one(
        db,
        "select count(*) from handoff.partner_events as e where e.position > %s and position(%s::bytea in e.body) > 0",
        since,
        json.dumps({"simulation": run})[1:-1].encode(),
    )
    due = _one(db, "select count(distinct (s.partner_slug, s.event_key)) from pg_temp.sent as s where s.is_stored")
    lines.append(f"keys sent that must be stored: {due:,}; events stored: {stored:,}")
    if stored != due:
        faults.append(f"{stored} events are stored, {due} were sent")
    return Balance(lines, faults + _students(db, run, students, lines) + _books(db))


def _load(db: Db, sent: Sent) -> None:
    db.execute(
        "create temporary table sent ("
        " partner_slug text, event_key text, kind text, expected text[], answer text,"
        " is_stored boolean generated always as (expected[1] not like 'refused:%') stored) on commit drop"
    )
    with db.cursor().copy("copy pg_temp.sent (partner_slug, event_key, kind, expected, answer) from stdin") as copy:
        for row in sent:
            copy.write_row(row)
    db.execute("analyze pg_temp.sent")


def _students(db: Db, run: str, students: int, lines: list[str]) -> list[str]:
    row = db.execute(
        "select count(*) as enrollments, count(*) filter (where e.status = 'completed') as completed,"
        " count(c.number) as certificates"
        " from handoff.profiles as p join handoff.enrollments as e on e.student_id = p.id"
        " left join handoff.certificates as c on c.enrollment_id = e.id where p.email like %s",
        [f"{run}-%{HOST}"],
    ).fetchone()
    told = row or {}
    lines.append(
        "enrollments: {enrollments:,}; completed: {completed:,}; certificates: {certificates:,}".format(**told)
    )
    return [f"{told[name]} {name} of {students} students" for name in told if told[name] != students]


def _books(db: Db) -> list[str]:
    rows = db.execute("select b.invariant, b.detail from handoff_private.book_faults() as b limit 20").fetchall()
    return [f"{row['invariant']}: {row['detail']}" for row in rows]


def _one(db: Db, sql: str, *arguments: object) -> int:
    row = db.execute(sql.encode(), arguments).fetchone()
    return int(next(iter(row.values()))) if row else 0
