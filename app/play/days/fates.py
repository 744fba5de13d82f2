"""How it goes with each student, and what an alert must tell of it: decided by chance, before anything happens."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence

from app.play.days.deeds import Deed, Student, Trouble
from app.play.days.partners import DAY, STUCK_AFTER_DAYS, Partner, Program
from app.play.days.troubles.groups import TOGETHER, Group, Groups
from app.play.days.troubles.mailing import Mailing

LIMIT = STUCK_AFTER_DAYS * DAY
APPROVAL_LIMIT = 3 * DAY  # school.approval_within_days
# Of a thousand students so many; all others are on the plain way.
SHARES = {
    "early": 20, "retried": 30, "withdrawn": 15, "held": 15, "approved": 60,
    "never": 20, "late": 20, "refused": 15, "failed": 15, "unapproved": 15, "stepless": 9, "unknown": 15,
    "certified": 15, "quick": 21, "turned_away": 33, "packed": 72, "credited": 116, "unmailed": 16,
}  # fmt: skip
TROUBLED = ("never", "late", "refused", "failed", "unapproved", "stepless", "unknown", "certified")
TROUBLED_BEGIN = 0.55  # of all days: what is late must still become it
SCARCE = ("approved", "unapproved")  # who is in a program that needs approval
GROUPED = ("quick", "turned_away", "packed", "credited", "unmailed")
FEWEST = 3  # of each
SLACK = 6  # ticks, within which a trouble must be seen, and its end


def numbers_of(students: int, mailing: Mailing) -> dict[str, int]:
    """How many of so many students have each fate but the plain one; groups are whole."""
    found = {}
    for fate, share in SHARES.items():
        size = mailing.together if fate == "unmailed" else TOGETHER.get(fate, 1)
        found[fate] = max(FEWEST, size, share * students // 1000) // size * size
    return found | {"unmailed": min(found["unmailed"], mailing.together * len(mailing.refusing))}


class Fates:
    """Writes down every student of a run of so many `hours`, in which something is done every `tick` hours."""

    def __init__(
        self,
        partners: Sequence[Partner],
        programs: Sequence[Program],
        hours: float,
        tick: float,
        mailing: Mailing,
        numbers: Mapping[str, int],
        rng: random.Random,
    ) -> None:
        self._partners: Mapping[str, Partner] = {partner.slug: partner for partner in partners}
        self._usual = [one for one in programs if not one.needs_approval and self._first(one).kind != "bulk"]
        self._careful = [program for program in programs if program.needs_approval]
        self._hours, self._tick, self._rng, self._keys = hours, tick, rng, 0
        self._retries = 4 * tick  # in which a partner is told that was busy, or whose answer or worker was lost
        self._numbers = numbers
        self._groups = Groups(self._partners, programs, hours / DAY, tick, mailing, rng, numbers)
        self._writers: dict[str, Callable[[Student, float], None]] = {
            name: getattr(self, f"_{name}") for name in ("plain", *(SHARES.keys() - GROUPED))
        }
        self._group_writers: dict[str, Callable[[Student, float, Group], None]] = {
            name: getattr(self, f"_{name}") for name in GROUPED
        }

    def students(self, count: int) -> list[Student]:
        """All students, each with what happens to them."""
        fates = [fate for fate, number in self._numbers.items() for _ in range(number)]
        fates += ["plain"] * (count - len(fates))
        self._rng.shuffle(fates)
        return [self._student(number, fate) for number, fate in enumerate(fates)]

    def _student(self, number: int, fate: str) -> Student:
        accounts = self._rng.choices(("answered", "school", "ours"), (6, 3, 1))[0]
        if fate in self._group_writers:
            group, place = self._groups.seat(fate)
            student = Student(number, fate, group.program or self._program(fate), accounts)
            begin = self._begin_in(group, fate, place)
            student.deeds.append(Deed(begin, "enroll", number))
            self._group_writers[fate](student, begin, group)
        else:
            student = Student(number, fate, self._program(fate), accounts)
            begin = self._rng.uniform(0, (TROUBLED_BEGIN if fate in TROUBLED else 1.0) * self._hours)
            student.deeds.append(Deed(begin, "enroll", number))
            self._writers[fate](student, begin)
        student.linked = tuple(step for step in range(len(student.program.partners)) if self._links(student, step))
        student.deeds.sort(key=lambda deed: deed.hour)
        return student

    def _program(self, fate: str) -> Program:
        choice = self._careful if fate in SCARCE else self._usual
        return self._rng.choice([one for one in choice if fate != "refused" or self._first(one).is_told])

    def _begin_in(self, group: Group, fate: str, place: int) -> float:
        """When a student of a group enrolls: at its hour, or so long before it that something can be done at it."""
        if fate == "packed":
            return group.hour - self._rng.uniform(2, 6) * DAY if place else group.before - DAY
        return group.hour - self._rng.uniform(8, 36) if fate == "credited" else group.hour

    def _plain(self, student: Student, begin: float) -> None:
        self._walk(student, begin, 0)

    def _early(self, student: Student, begin: float) -> None:
        """The second partner is done before the first."""
        student.accounts = "school"
        self._send(student, begin + self._rng.uniform(26, 40), "completion", 1)
        self._walk(student, begin, 0, without=(1,))

    def _retried(self, student: Student, begin: float) -> None:
        for time in range(self._rng.randint(1, 2)):
            self._send(student, self._taken(student, 0, begin) + self._retries + 20 + time, "failure", 0)
        self._walk(student, begin, 0)

    def _withdrawn(self, student: Student, begin: float) -> None:
        self._do(student, begin + self._rng.uniform(10, 100), "withdraw")

    def _held(self, student: Student, begin: float) -> None:
        """For less than a week: a mail of the enrollment may wait for the end of it, and is worth no more than that."""
        hold = begin + self._rng.uniform(1, 20)
        resume = hold + self._rng.uniform(20, 130)
        self._do(student, hold, "hold")
        self._do(student, resume, "resume")
        self._walk(student, resume, 0)

    def _approved(self, student: Student, begin: float) -> None:
        approved = begin + self._rng.uniform(1, APPROVAL_LIMIT - 2 * self._tick)
        self._do(student, approved, "approve")
        self._walk(student, approved, 0)

    def _unapproved(self, student: Student, begin: float) -> None:
        approved = self._sometime(begin + APPROVAL_LIMIT)
        self._trouble(student, "enrollment_blocked", "awaiting_approval", begin + APPROVAL_LIMIT, approved)
        if approved is not None:
            self._do(student, approved, "approve")
            self._walk(student, approved, 0)

    def _never(self, student: Student, begin: float) -> None:
        step = self._rng.randrange(len(student.program.partners))
        start = self._walk(student, begin, 0, upto=step)
        taken = self._taken(student, step, start)
        self._send(student, taken + self._retries + self._rng.uniform(20, 40), "start", step)
        self._stuck(student, step, start, None)

    def _late(self, student: Student, begin: float) -> None:
        done = self._heard(student, 0, self._taken(student, 0, begin) + LIMIT + self._rng.uniform(1.5, 6) * DAY)
        self._stuck(student, 0, begin, done)
        self._send(student, done, "completion", 0)
        self._walk(student, done, 1)

    def _refused(self, student: Student, begin: float) -> None:
        """By the first partner; somebody lets the student skip it, or not."""
        student.is_refused = True
        taken = self._taken(student, 0, begin)
        skipped = self._sometime(taken)
        self._trouble(student, "enrollment_blocked", "refused", taken, skipped)
        if skipped is not None:
            self._do(student, skipped, "skip")
            self._walk(student, skipped, 1)

    def _failed(self, student: Student, begin: float) -> None:
        """Somebody fails the first step, and opens it again, or not."""
        failed = begin + self._rng.uniform(3, 90)
        reopened = self._sometime(failed)
        self._do(student, failed, "fail")
        self._trouble(student, "enrollment_blocked", "failed", failed, reopened)
        if reopened is not None:
            self._do(student, reopened, "reopen")
            self._walk(student, reopened, 0)

    def _stepless(self, student: Student, begin: float) -> None:
        """A DBA enrolled the student by hand, without steps."""
        student.deeds[0] = Deed(begin, "enroll without steps", student.number)
        self._trouble(student, "enrollment_blocked", "no_steps", begin, None)

    def _unknown(self, student: Student, begin: float) -> None:
        """The first partner tells of an account that nobody knows, until somebody links it."""
        student.accounts = "unknown"
        done = self._send(student, begin + self._rng.uniform(60, 120), "completion", 0)
        linked = done + self._rng.uniform(3.5, 8) * DAY
        self._do(student, linked, "link")
        self._trouble(student, "events_waiting", "parked", done + DAY, linked)
        self._stuck(student, 0, begin, linked)
        self._walk(student, linked, 1)

    def _certified(self, student: Student, begin: float) -> None:
        """The first partner gives its certificate, and tells of the completion days later, or never."""
        given = self._taken(student, 0, begin) + self._retries + self._rng.uniform(40, 80)
        given = self._send(student, given, "evidence", 0)
        done = self._sometime(given + DAY)
        if done is not None:
            done = self._send(student, done, "completion", 0)
            self._walk(student, done, 1)
        self._trouble(student, "completion_anomaly", "without_completion", given + DAY, done, 0)
        self._stuck(student, 0, begin, done)

    def _turned_away(self, student: Student, begin: float, _: Group) -> None:
        """The first partner refuses all who come at this hour."""
        self._refused(student, begin)
        taken = self.tick_of(begin)
        self._trouble(student, "delivery_failing", "refused", taken, taken + DAY)

    def _packed(self, student: Student, begin: float, group: Group) -> None:
        """The only partner has told of one, and tells of all others at once."""
        self._send(student, group.before if begin < group.before else group.hour, "completion", 0)

    def _credited(self, student: Student, begin: float, group: Group) -> None:
        """Before the first partner is done, somebody enters that the second one is."""
        student.accounts, student.clerk = "school", group.clerk
        self._enter(student, group.hour, 1)
        self._walk(student, begin, 0, without=(1,))

    def _unmailed(self, student: Student, begin: float, _: Group) -> None:
        """The mail server refuses the mail that tells of the enrollment."""
        self._walk(student, begin, 0)

    def _quick(self, student: Student, begin: float, _: Group) -> None:
        """The first partner says that it is done when it has hardly begun."""
        student.accounts = "school"
        self._send(student, begin + 0.02, "completion", 0)
        seen = self.tick_of(begin + 0.02)
        self._trouble(student, "completion_anomaly", "too_soon", seen, (seen // DAY + 1) * DAY)
        self._walk(student, begin + 0.02, 1)

    def _walk(
        self, student: Student, start: float, first: int, upto: int | None = None, without: tuple[int, ...] = ()
    ) -> float:
        """The steps from `first` on, each done in good time; when the last of them is."""
        last = len(student.program.partners) if upto is None else upto
        for step in range(first, last):
            if step in without:
                continue
            awake = self._taken(student, step, start) + self._retries
            begun = self._send(student, awake + self._rng.uniform(20, 40), "start", step)
            done = self._heard(student, step, max(begun + 1, awake + self._rng.uniform(48, 120)))
            if self._rng.random() < 0.5:
                self._send(student, (begun + done) / 2, "progress", step)
            self._send(student, done, "completion", step)
            self._send(student, done + self._rng.uniform(-4, 20), "evidence", step)
            start = done
        return start

    def _send(self, student: Student, hour: float, what: str, step: int) -> float:
        """An event as soon as its partner speaks, now and then twice; when that is."""
        heard = self._heard(student, step, hour)
        self._keys += 1
        key = f"days-{self._keys}"
        event = Deed(heard, what, student.number, step, key, heard, student.program.partners[step])
        student.deeds.append(event)
        if self._rng.random() < 0.1:
            again = self._heard(student, step, heard + self._rng.expovariate(1 / 30))
            student.deeds.append(event._replace(hour=again))
        return heard

    def _enter(self, student: Student, hour: float, step: int) -> None:
        """A completion, as a person of the school enters it."""
        self._keys += 1
        partner = student.program.partners[step]
        student.deeds.append(Deed(hour, "credit", student.number, step, f"days-{self._keys}", hour, partner))

    def _do(self, student: Student, hour: float, what: str) -> None:
        student.deeds.append(Deed(hour, what, student.number))

    def _stuck(self, student: Student, step: int, start: float, until: float | None) -> None:
        """The student has been at a step for too long, unless that ends before."""
        since = self._taken(student, step, start) + LIMIT
        if until is None or until > since:
            self._trouble(student, "stuck_student", None, since, until, step)

    def _trouble(
        self, student: Student, kind: str, about: str | None, since: float, until: float | None, step: int | None = None
    ) -> None:
        """What lasts for less than two ticks may be over before anybody looks."""
        slack = SLACK * self._tick
        over = None if until is None else until + slack
        partner, certain = student.program.partners[0], until is None or until >= since + 2 * self._tick
        student.troubles.append(
            Trouble(kind, about, since, since + slack, until, over, student.number, step, partner, certain)
        )

    def _sometime(self, hour: float) -> float | None:
        """Days later somebody sees to it, or nobody does."""
        return hour + self._rng.uniform(2, 9) * DAY if self._rng.random() < 0.6 else None

    def _first(self, program: Program) -> Partner:
        return self._partners[program.partners[0]]

    def _links(self, student: Student, step: int) -> bool:
        """Whether the school knows the partner's account from the beginning: who is told answers with it."""
        return {
            "school": True, "ours": False, "unknown": step > 0,
            "answered": not self._partners[student.program.partners[step]].is_told,
        }[student.accounts]  # fmt: skip

    def _taken(self, student: Student, step: int, start: float) -> float:
        """When the partner of a step that starts has taken the student: as soon as it can be told."""
        failure = self._partners[student.program.partners[step]].failure
        return failure.end if self.tick_of(start) in failure else start

    def _heard(self, student: Student, step: int, hour: float) -> float:
        """When something of the step's partner can come, at this hour at the earliest."""
        silence = self._partners[student.program.partners[step]].silence
        return hour + silence.end - silence.begin if hour in silence else hour

    def tick_of(self, hour: float) -> float:
        """When it is done."""
        return math.ceil(hour / self._tick) * self._tick
