"""The school's side of a simulation: it enrolls the students and links their accounts, whatever the database does."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable
from typing import TypeVar

import click
import psycopg

from app.operate.commands.common import Db, connect, settings
from app.operate.commands.partner import EventType, Target, event_types, partner_slugs, target
from app.partner_secrets import fingerprint
from app.play.simulation.events import Student

T = TypeVar("T")
HOST = "@simulation.invalid"  # of every address that a simulation makes
PAUSE_SECONDS = 0.5
LINKED = 0.9  # of the students are known to the partners by accounts of theirs; the others by our profile id


class School:
    """A connection that comes back, and what can be played on it. Raises ClickException after `patience` seconds."""

    def __init__(self, run: str, patience: float) -> None:
        self._run, self._patience = run, patience
        self.students = 0
        self._db: Db | None = None
        self.partners: dict[str, Target] = {}
        self.types: dict[str, list[EventType]] = {}
        self._programs: list[str] = []
        self.always(self._read)

    def always(self, work: Callable[[Db], T], role: str = "handoff_admin") -> T:
        """What `work` returns; done again from its start when the database goes away in the middle."""
        deadline = time.monotonic() + self._patience
        while True:
            try:
                if self._db is None:
                    self._db = connect(role)
                self._db.role = role
                with self._db.transaction():
                    return work(self._db)
            except (psycopg.OperationalError, click.ClickException) as error:
                if time.monotonic() > deadline:
                    raise click.ClickException(f"the database stayed away: {type(error).__name__}") from error
                self.close()
                time.sleep(PAUSE_SECONDS)

    def close(self) -> None:
        """Gives the connection back; the next work opens another."""
        if self._db is not None:
            with contextlib.suppress(psycopg.Error):
                self._db.close()
        self._db = None

    def has_others(self) -> bool:
        """Whether the database holds people whom no simulation made."""
        statement = "select exists (select from handoff.profiles as p where p.email not like %s)"
        [found] = self.always(lambda db: _row(db, statement, f"%{HOST}"))
        return bool(found)

    def enroll(self, wanted: int, rng: random.Random) -> list[Student]:
        """So many new students, each in one of the programs."""
        numbers = range(self.students, self.students + wanted)
        # Chosen before the database is asked: when it has to be asked twice, nobody is made twice.
        chosen = [(number, rng.choice(self._programs), rng.random() < LINKED) for number in numbers]
        students = self.always(lambda db: [self._student(db, *one) for one in chosen])
        self.students += wanted
        return students

    def _student(self, db: Db, number: int, program: str, is_linked: bool) -> Student:
        email, name = f"{self._run}-{number}{HOST}", f"Simulated {self._run} {number}"
        [student] = _row(db, "select handoff.create_profile(%s, %s)", email, name)
        [enrollment] = _row(db, "select handoff.enroll_student(%s, %s)", student, program)
        steps = db.execute(
            "select s.partner_slug, s.course_ref from handoff.enrollment_steps as s"
            " where s.enrollment_id = %s order by s.sequence_order",
            [enrollment],
        ).fetchall()
        courses = {step["partner_slug"]: step["course_ref"] for step in steps}
        accounts = {slug: str(student) for slug in courses}
        for slug in courses:
            if is_linked or self._shares_its_secret(slug):
                accounts[slug] = f"{slug}-{self._run}-{number}"
                _row(db, "select handoff.link_partner_account(%s, %s, %s)", slug, accounts[slug], student)
        return Student(str(enrollment), accounts, courses)

    def _shares_its_secret(self, slug: str) -> bool:
        return bool(settings().sharing(slug, fingerprint(self.partners[slug].secrets[-1]), self.partners))

    def _read(self, db: Db) -> None:
        """The partners that can be played, and the programs that need no other: each once, and nobody to approve."""
        for slug in partner_slugs(db):
            partner, types = target(db, slug), event_types(db, slug)
            can_sign = settings().secret_state(slug, partner.scheme) in ("own", "shared")
            if partner.status == "active" and can_sign and types and types[0].meaning == "completion":
                self.partners[slug], self.types[slug] = partner, types
        rows = db.execute(
            "select m.program_slug, array_agg(m.partner_slug) as slugs from handoff.program_partners as m"
            " join handoff.programs as p on p.slug = m.program_slug and p.is_open and not p.requires_approval"
            " where m.is_required group by m.program_slug order by m.program_slug"
        ).fetchall()
        for row in rows:
            if set(row["slugs"]) <= self.partners.keys() and len(set(row["slugs"])) == len(row["slugs"]):
                self._programs.append(row["program_slug"])

    @property
    def programs(self) -> int:
        """How many programs can be played."""
        return len(self._programs)


def _row(db: Db, sql: str, *arguments: object) -> list[object]:
    row = db.execute(sql.encode(), arguments).fetchone()
    return list(row.values()) if row else [None]
