"""All that is to happen, and all that must be seen of it, made of a seed before anything is done."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping
from typing import Any

from app.play.days import partners
from app.play.days.deeds import Deed, Student, Trouble
from app.play.days.endings import completions, stays
from app.play.days.fates import Fates, numbers_of
from app.play.days.partners import DAY, Partner
from app.play.days.receiver import Answer
from app.play.days.school import is_student, number_of
from app.play.days.troubles import completing
from app.play.days.troubles.groups import TOGETHER
from app.play.days.troubles.mailing import Mailing
from app.play.days.troubles.outages import outages
from app.play.days.truth import BAD_EVENTS, Truth, merged

LOST = 0.02  # of all answers of partners never arrive, though what they answer took effect
BUSY = 0.02
REFUSED = {"silent": "oversized", "failing": "untyped"}


class Plan:
    """So many students in so many days; what is due is done every `tick` hours."""

    def __init__(self, students: int, days: float, tick: float, seed: int) -> None:
        rng = random.Random(seed)  # noqa: S311 - no secret is made of it
        self.hours, self.tick = days * DAY, tick
        self.outages = outages(self.hours, tick, rng)
        self._mailing = Mailing(self.hours, tick, rng)
        numbers = numbers_of(students, self._mailing)
        self.partners = partners.made(students, days, rng, numbers["packed"] // TOGETHER["packed"])
        self.programs = partners.programs(self.partners)
        fates = Fates(self.partners, self.programs, self.hours, tick, self._mailing, numbers, rng)
        self.students = fates.students(students)
        self.clerks = sorted({student.clerk for student in self.students if student.clerk})
        self.secrets = {partner.slug: partner.secret for partner in self.partners}
        self.our_secrets = {partner.slug: partner.our_secret for partner in self.partners}
        self._by_slug = {partner.slug: partner for partner in self.partners}
        deeds = [deed for student in self.students for deed in student.deeds]
        self.deeds = sorted(deeds + [deed for partner in self.partners for deed in _deeds_of(partner)])
        found = merged([*self._of_students(), *self._of_partners(), *self._of_mails(), *self._of_completions()])
        self.troubles = [self.outages.postponed(trouble) for trouble in found] + list(self.outages.troubles())

    def ticks(self) -> Iterator[tuple[float, list[Deed]]]:
        """The hours, and what is to be done at each of them; it is late by up to a tick."""
        done = 0
        for number in range(1, round(self.hours / self.tick) + 1):
            upto = done
            while upto < len(self.deeds) and self.deeds[upto].hour <= number * self.tick:
                upto += 1
            yield number * self.tick, self.deeds[done:upto]
            done = upto

    def answer(self, slug: str, said: Mapping[str, Any], hour: float, rng: random.Random) -> Answer:
        """What a partner answers to a message at this hour."""
        student = self.students[number_of(said["student_email"])]
        if hour in self._by_slug[slug].failure:
            return Answer(503, headers={"Retry-After": "1200"} if rng.random() < 0.5 else {})
        if student.is_refused and slug == student.program.partners[0]:
            return Answer(422)
        if rng.random() < BUSY:
            return Answer(429, headers={"Retry-After": "600"})
        told = {"launch_url": f"https://{slug}.example/start/{student.number}"}
        if student.accounts == "answered":
            told["external_student_id"] = student.account(slug)
        return Answer(500 if rng.random() < LOST else 201, takes=True, said=told)

    def refuses_mail(self, address: str, hour: float) -> bool:
        """Whether the mail server takes nothing for this address at this hour, now or ever."""
        student = self.students[number_of(address)] if is_student(address) else None
        return bool(student and student.fate == "unmailed" and hour < self._comes(student) + DAY)

    def is_mail_server_away(self, hour: float) -> bool:
        """Whether it takes nobody's call."""
        return self._mailing.is_away(hour)

    def failure_end(self, slug: str, hour: float) -> float:
        """When a partner can be told again of what comes up at this hour."""
        failure = self._by_slug[slug].failure
        return failure.end if hour < failure.end and hour + self.tick >= failure.begin else hour

    def _of_students(self) -> Iterator[Trouble]:
        for student in self.students:
            yield from student.troubles

    def _of_mails(self) -> Iterator[Trouble]:
        """Who comes is mailed as soon as the first partner has answered, where that one can be told at all."""
        mailed = sorted(
            self._comes(one) for one in self.students if self._by_slug[one.program.partners[0]].kind != "failing"
        )
        refused = sorted(self._comes(one) for one in self.students if one.fate == "unmailed")
        return self._mailing.troubles(refused, mailed)

    def _of_completions(self) -> Iterator[Trouble]:
        found = [one for student in self.students for one in completions(student, self.hours)]
        return completing.troubles([one._replace(hour=self._tick_of(one.hour)) for one in found], self.tick)

    def _comes(self, student: Student) -> float:
        """At which tick the student is enrolled."""
        return self._tick_of(student.deeds[0].hour)

    def _tick_of(self, hour: float) -> float:
        return math.ceil(hour / self.tick) * self.tick

    def _of_partners(self) -> Iterator[Trouble]:
        truth = Truth(
            self.hours, self.tick, self.deeds,
            (stay for student in self.students for stay in stays(student, self.hours)),
        )  # fmt: skip
        for partner in self.partners:
            yield from truth.troubles(partner)


def _deeds_of(partner: Partner) -> Iterator[Deed]:
    """What a partner sends that is about nobody, and what people do about it."""
    begin, end = partner.trouble
    if partner.kind == "untold":
        for number in range(BAD_EVENTS):
            yield Deed(begin, "nonsense", key=f"nonsense-{partner.slug}-{number}", partner=partner.slug)
        yield Deed(end, "set aside", partner=partner.slug)
    elif partner.kind == "plain":
        yield Deed(begin, "strangers", partner=partner.slug)
    elif partner.kind in REFUSED:
        for number in range(BAD_EVENTS):
            key = f"refused-{partner.slug}-{number}"
            yield Deed(partner.refused, REFUSED[partner.kind], key=key, partner=partner.slug)
