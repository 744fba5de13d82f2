"""What came of a run, against what had to: enrollments, messages, mails, alerts and the books."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from app.play.days.alerts import Alert, compared, doubt
from app.play.days.database import Connection
from app.play.days.endings import ending
from app.play.days.run import QUIET_TICKS, Run
from app.play.days.school import number_of

SQL = Path(__file__).with_name("sql")
MOST_EXAMPLES = 5
GONE = ("sending", "dead")  # as no mail must be in the end
RETRIES = 6  # ticks, after which a partner must have been told


class Finding(NamedTuple):
    """One line of the balance; `wrong`: what should not be, an example each."""

    what: str
    number: str
    wrong: list[str]


class Balance:
    """Reads what a run has left. All of it is read by the owner of the tables."""

    def __init__(self, run: Run, db: Connection) -> None:
        self._run, self._plan, self._db = run, run.plan, db
        self._end = run.plan.hours + QUIET_TICKS * run.plan.tick

    def findings(self) -> Iterator[Finding]:
        """All lines, in the order in which they are printed."""
        yield self._unaided()
        yield self._endings()
        yield from self._messages()
        yield from self._mails()
        yield from self._alerts()
        yield self._books()

    def _unaided(self) -> Finding:
        rows = self._rows("unaided")
        all_of_them = sum(row["transitions"] for row in rows)
        unaided = sum(row["transitions"] for row in rows if row["is_unaided"])
        acts = Counter({row["cause"]: row["transitions"] for row in rows if not row["is_unaided"]})
        share = 100 * unaided / max(1, all_of_them)
        return Finding(
            "transitions with no human act", f"{share:.2f} % of {all_of_them:,}; others: {_counts(acts)}", []
        )

    def _endings(self) -> Finding:
        found = {number_of(row["email"]): row for row in self._rows("standing")}
        wrong = []
        for student in self._plan.students:
            due, row = ending(student, self._plan.hours), found.get(student.number)
            stands = (row["status"], tuple(row["steps"] or ())) if row else None
            if stands != due:
                wrong.append(f"{student.fate} student {student.number} stands {stands}, must stand {due}")
        return Finding("enrollments not where they must be", f"{len(wrong)} of {len(found):,}", wrong)

    def _messages(self) -> Iterator[Finding]:
        rows, effects = self._rows("starts"), self._run.receiver.effects
        messages: Counter[tuple[str, str]] = Counter()
        lost, states = [], Counter[str]()
        for row in rows:
            told = (row["partner_slug"], row["step_id"])
            messages[told] += row["status"] is not None
            states[row["status"] or "none"] += 1
            if fault := self._lost(row, effects[told]):
                lost.append(f"start {row['start_number']} of {row['email']} at {told[0]}: {fault}")
        doubled = [f"{slug} {step}" for (slug, step), times in effects.items() if times > messages[slug, step]]
        receiver = self._run.receiver
        yield Finding("messages lost", f"{len(lost)} of {len(rows):,} starts ({_counts(states)})", lost)
        yield Finding(
            "POSTs whose effect doubled",
            f"{len(doubled)} of {receiver.posts:,}; {receiver.repeats:,} were known by their id",
            doubled + receiver.faults,
        )

    def _lost(self, row: dict[str, Any], effects: int) -> str | None:
        """Why the message of a start did not do what it must; None: it did, or nobody needed it any more."""
        status, student = row["status"], self._plan.students[number_of(row["email"])]
        if status == "sent":
            return None if effects else "sent, and took no effect"
        if status == "dead":
            return None if student.is_refused and row["step"] == 0 else "given up"
        if status == "cancelled":
            able = max(row["made"], self._plan.failure_end(row["partner_slug"], row["made"]))
            by = self._plan.outages.later(able, able + RETRIES * self._plan.tick)
            return None if row["settled"] < by else "cancelled much too late"
        if status in ("pending", "failed") and row["enrollment"] == "on_hold":
            return None
        return status or "no message"

    def _mails(self) -> Iterator[Finding]:
        rows, taken = self._rows("mails"), self._run.mail_server.mails
        arrived: Counter[str] = Counter()
        for name, times in taken.items():
            arrived[name.strip("<>").partition("@")[0]] += times
        kinds = Counter(f"{row['kind']} {row['status']}" for row in rows)
        doubled = [f"{name}, {times} times" for name, times in taken.items() if times > 1]
        lost = [f"{row['kind']} {row['id']}" for row in rows if row["status"] == "sent" and not arrived[row["id"]]]
        gone = [row for row in rows if row["status"] in GONE and not self._is_refused(row)]
        lost += [f"{row['kind']} {row['id']} is {row['status']}" for row in gone]
        lost += [f"{row['kind']} of {row['subject']} was not made" for row in self._rows("unmailed")]
        lost += ["a mail without Message-ID"] * self._run.mail_server.nameless
        silent = [
            f"{row['kind']} {row['id']} is {row['status']}, and has arrived"
            for row in rows
            if arrived[row["id"]] and row["status"] not in ("sent", "unknown")
        ]
        unknown = sum(row["status"] == "unknown" for row in rows)
        yield Finding("mails doubled", f"{len(doubled)} of {sum(taken.values()):,} that arrived", doubled)
        yield Finding("mails lost", f"{len(lost)} of {len(rows):,} ({_counts(kinds)})", lost)
        yield Finding("mails in doubt", f"{unknown}, all listed; not listed: {len(silent)}", silent)

    def _is_refused(self, mail: dict[str, Any]) -> bool:
        """Whether the mail server was to refuse it when it was made."""
        return mail["status"] == "dead" and self._plan.refuses_mail(mail["email"], mail["made"])

    def _alerts(self) -> Iterator[Finding]:
        rows = self._rows("alerts")
        in_doubt = [row["settled"] for row in self._rows("mails") if row["status"] == "unknown"]
        alerts = [Alert(student=_student(row.pop("email")), **row) for row in rows]
        doubts = [self._plan.outages.postponed(doubt(since, self._plan.tick)) for since in in_doubt]
        result = compared([*self._plan.troubles, *doubts], alerts, self._end)
        yield Finding(
            "troubles that raised no alert", f"{len(result.missing)} of {sum(result.due.values()):,}", result.missing
        )
        yield Finding("alerts without cause", f"{len(result.needless)} of {len(alerts):,}", result.needless)
        yield Finding("troubles by kind", _counts(result.due), [])
        yield Finding("not judged", f"{result.not_judged} near a limit, or when the days end", [])

    def _books(self) -> Finding:
        wrong = [f"{row['invariant']}: {row['detail']}" for row in self._rows("faults")]
        return Finding("faults in the books, figures among them", str(len(wrong)), wrong)

    def _rows(self, name: str) -> list[dict[str, Any]]:
        return self._db.execute((SQL / f"{name}.sql").read_bytes(), {"began": self._run.began}).fetchall()


def printed(findings: Iterable[Finding]) -> tuple[list[str], bool]:
    """The lines, and whether nothing is wrong."""
    lines, is_well = [], True
    for finding in findings:
        lines.append(f"{finding.what}: {finding.number}")
        lines += [f"  WRONG {text}" for text in finding.wrong[:MOST_EXAMPLES]]
        is_well = is_well and not finding.wrong
    return lines, is_well


def _student(email: str | None) -> int | None:
    return number_of(email) if email else None


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{times:,} {name}" for name, times in sorted(counts.items())) or "none"
