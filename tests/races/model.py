"""What each operation must do, in plain Python: a second opinion for the state machine, without the SQL.

Every method is named after an operation and returns what its call must return: a value, or the code of the refusal.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from tests.races.operations import EVENTS, Delivery, hash_of

DAY = timedelta(days=1)
MEANINGS = {(partner, event): meaning for partner, event, meaning, _ in EVENTS}
OPEN = ("pending", "in_progress", "failed")
DONE = ("completed", "skipped")
COMPLETED = ("accepted:completed", "accepted:completed_early")
REFUSED, FORBIDDEN = "TH409", "TH403"


@dataclass(eq=False)
class Step:
    """One step; its id is known once the database has made it."""

    partner: str
    course: str | None
    status: str = "pending"
    id: UUID | None = None
    credited_to: "Event | None" = None  # of a completed one: null where no event did it
    completed_at: datetime | None = None


@dataclass(eq=False)
class Enrollment:
    """One student in one program."""

    student: UUID
    program: str
    enrolled_at: datetime
    status: str
    steps: list[Step] = field(default_factory=list)
    id: UUID | None = None
    withdrawn: tuple[str, datetime] | None = None  # the status it had, and when

    def current(self) -> UUID | None:
        """The step in progress."""
        return next((step.id for step in self.steps if step.status == "in_progress"), None)


@dataclass(eq=False)
class Event:
    """A stored event. `outcomes`: what may come of it; more than one only where it makes no difference."""

    delivery: Delivery
    received_at: datetime
    student: UUID | None = None
    enrollment: Enrollment | None = None
    step: Step | None = None
    outcomes: set[str] = field(default_factory=set)
    first: str = ""
    receipt: UUID | None = None
    repeats: "Event | None" = None  # the one that has the same body and key, the body's hash

    @property
    def outcome(self) -> str:
        """status:reason, once it is settled."""
        (only,) = self.outcomes
        return only


class Model:
    """The school. `now` is set by whoever drives it."""

    def __init__(self, students: list[UUID], now: datetime) -> None:
        self.now = now
        self.students = students
        self.accounts: dict[str, UUID] = {}
        self.disabled: set[str] = set()
        self.enrollments: list[Enrollment] = []
        self.events: dict[tuple[str, str, int], Event] = {}  # by partner, key and repetition
        # Partner, course, required.
        self.programs: dict[str, list[tuple[str, str | None, bool]]] = {
            "medical-assistant": [("hsi", None, True), ("certiport", None, True), ("careersafe", None, True)],
            "cna": [("hsi", None, True), ("certiport", None, True)],
            "barber-apprenticeship": [("milady", "cut", True), ("milady", "color", True), ("jri", None, False)],
            "administrative-assistant": [("jri", None, True), ("certiport", None, True)],
        }

    # Enrolling, and the sequence.

    def enroll(self, student: UUID, program: str, again: bool) -> UUID | None:
        """None: a new one, whose id only the database knows."""
        mine = [e for e in self.enrollments if (e.student, e.program) == (student, program)]
        running = [e for e in mine if e.status in ("pending", "active", "on_hold")]
        finished = [e for e in mine if e.status == "completed" and not again]
        if running or finished:
            return (running + finished[::-1])[0].id
        gated = program == "administrative-assistant"
        enrollment = Enrollment(student, program, self.now, "pending" if gated else "active")
        self.enrollments.append(enrollment)
        if not gated:
            self._make_steps(enrollment)
        return None

    def _make_steps(self, enrollment: Enrollment) -> None:
        mappings = self.programs[enrollment.program]
        enrollment.steps = [Step(partner, course) for partner, course, required in mappings if required]
        self._advance(enrollment)

    def _advance(self, enrollment: Enrollment) -> UUID | None:
        statuses = [step.status for step in enrollment.steps]
        if enrollment.status == "active" and not {"in_progress", "failed"} & set(statuses):
            if "pending" in statuses:
                enrollment.steps[statuses.index("pending")].status = "in_progress"
            elif "completed" in statuses:
                enrollment.status = "completed"
        return enrollment.current()

    def generate(self, of: UUID) -> int | str:
        return 0 if self._enrollment(of).steps else REFUSED

    def advance(self, of: UUID) -> UUID | None:
        return self._advance(self._enrollment(of))

    def mark(self, of: UUID) -> UUID | str | None:
        enrollment, step = self._step(of)
        if enrollment.status == "on_hold":
            return REFUSED
        if enrollment.status == "active" and step.status in OPEN:
            step.status, step.credited_to, step.completed_at = "completed", None, self.now
            return self._advance(enrollment)
        return enrollment.current()

    # The admin's hand.

    def approve(self, of: UUID) -> str:
        return self._start(of, "pending", "awaiting_approval")

    def resume(self, of: UUID) -> str:
        if self._enrollment(of).status == "withdrawn":
            return self._take_back(self._enrollment(of))
        return self._start(of, "on_hold", "on_hold")

    def _take_back(self, enrollment: Enrollment) -> str:
        assert enrollment.withdrawn
        status, at = enrollment.withdrawn
        of_program = [e for e in self.enrollments if (e.student, e.program) == (enrollment.student, enrollment.program)]
        if any(e.status in ("pending", "active", "on_hold") for e in of_program):
            return REFUSED
        for step in enrollment.steps:
            credited = step.credited_to
            if step.status == "completed" and credited and any(
                other.student == enrollment.student and there.partner == step.partner
                and there.completed_at and there.completed_at >= at
                and (event is credited or (
                    credited.delivery.at is not None
                    and (event.delivery.item, event.delivery.at) == (credited.delivery.item, credited.delivery.at)
                ))
                for other, there, event in self._credits()
            ):  # fmt: skip
                return REFUSED
        enrollment.status = status
        for step in enrollment.steps:
            if step.status == "completed" and step.credited_to and step.credited_to.outcome not in COMPLETED:
                step.credited_to.outcomes = {"accepted:completed"}
                step.credited_to.enrollment, step.credited_to.step = enrollment, step
        self._advance(enrollment)
        for event in self.events.values():
            if event.enrollment is enrollment and event.outcomes == {"parked:withdrawn"}:
                self._apply(event)
        return enrollment.status

    def _start(self, of: UUID, status: str, reason: str) -> str:
        enrollment = self._enrollment(of)
        if enrollment.status not in (status, "active"):
            return REFUSED
        if enrollment.status == status:
            enrollment.status = "active"
            if not enrollment.steps:
                self._make_steps(enrollment)
            self._advance(enrollment)
            for event in self.events.values():
                if event.enrollment is enrollment and event.outcomes == {f"parked:{reason}"}:
                    self._apply(event)
        return enrollment.status

    def hold(self, of: UUID) -> str:
        enrollment = self._enrollment(of)
        if enrollment.status not in ("active", "on_hold"):
            return REFUSED
        enrollment.status = "on_hold"
        return "on_hold"

    def withdraw(self, of: UUID) -> str:
        enrollment = self._enrollment(of)
        if enrollment.status == "completed":
            return REFUSED
        if enrollment.status != "withdrawn":
            enrollment.withdrawn = enrollment.status, self.now
        enrollment.status = "withdrawn"
        return "withdrawn"

    def skip(self, of: UUID) -> str:
        enrollment, step = self._step(of)
        if step.status == "skipped":
            return "skipped"
        others = [other.status for other in enrollment.steps if other is not step]
        if enrollment.status != "active" or step.status == "completed" or set(others) <= {"skipped"}:
            return REFUSED
        step.status = "skipped"
        self._advance(enrollment)
        return "skipped"

    def fail(self, of: UUID) -> str:
        enrollment, step = self._step(of)
        if step.status != "failed" and (enrollment.status != "active" or step.status != "in_progress"):
            return REFUSED
        step.status = "failed"
        return "failed"

    def reopen(self, of: UUID) -> str:
        enrollment, step = self._step(of)
        if step.status in ("pending", "in_progress"):
            return step.status
        if enrollment.status == "completed":
            of_program = [
                e for e in self.enrollments if (e.student, e.program) == (enrollment.student, enrollment.program)
            ]
            if any(e.status in ("pending", "active", "on_hold") for e in of_program):
                return REFUSED
            enrollment.status = "active"
        elif enrollment.status != "active":
            return REFUSED
        place = enrollment.steps.index(step)
        current = [
            other for other in enrollment.steps if other.status in ("in_progress", "failed") and other is not step
        ]
        if any(enrollment.steps.index(other) < place for other in current):
            step.status = "pending"
        else:
            for other in current:
                other.status = "pending"
            step.status = "in_progress"
        return step.status

    # Events.

    def deliver(self, key: str, delivery: Delivery) -> str | set[str]:
        """status:reason, or a few of them."""
        partner = delivery.partner
        repetition = sum(known[:2] == (partner, key) for known in self.events)
        event = self.events.get((partner, key, repetition - 1))
        if event and event.delivery != delivery:
            return "conflict:key_reused"
        if event and key == hash_of(delivery) and self._is_possible_repeat(event):
            self.events[partner, key, repetition] = Event(delivery, self.now, outcomes={"parked:possible_repeat"})
            return "parked:possible_repeat"
        if event:
            return f"duplicate:{event.first}"
        self.events[partner, key, 0] = event = Event(delivery, self.now)
        self._apply(event)
        return event.outcomes

    def _is_possible_repeat(self, event: Event) -> bool:
        again = Event(event.delivery, self.now, repeats=event)
        completes = MEANINGS[event.delivery.kind()] == "completion" and event.delivery.passed is not False
        outcomes = self._decide(again, None)
        return event.outcome.startswith(("accepted", "ignored")) and completes and bool(
            outcomes & {"accepted:completed", "accepted:completed_early"}
            or outcomes & {"parked:ambiguous", "parked:awaiting_approval", "parked:on_hold", "parked:possible_repeat"}
        )  # fmt: skip

    def replay(self, receipt: UUID) -> str | set[str]:
        event = self._event(receipt)
        if self._is_settled(event) or self._stands_anew(event):
            return f"duplicate:{event.outcome}"
        self._apply(event)
        return event.outcomes

    def _is_settled(self, event: Event) -> bool:
        if event.outcome.startswith(("parked", "rejected")):
            return False
        if not self._completes(event) or not event.step or self._credits_of(event):
            return True
        undone = event.step.status in OPEN or (event.enrollment and event.enrollment.status == "withdrawn")
        return event.outcome not in COMPLETED and not undone

    def _stands_anew(self, event: Event) -> bool:
        again = Event(event.delivery, event.received_at, repeats=event)
        self._decide(again, None)
        step = again.step
        return event.outcome in COMPLETED and bool(step and step.status == "completed" and step.credited_to is event)

    def _completes(self, event: Event) -> bool:
        return MEANINGS[event.delivery.kind()] == "completion" and event.delivery.passed is not False

    def _credits(self) -> list[tuple[Enrollment, Step, Event]]:
        """What counts: completed by an event, in an enrollment that is not withdrawn."""
        return [
            (enrollment, step, step.credited_to)
            for enrollment in self.enrollments
            for step in enrollment.steps
            if enrollment.status != "withdrawn" and step.status == "completed" and step.credited_to
        ]

    def _credits_of(self, event: Event) -> bool:
        return any(credited is event for _, _, credited in self._credits())

    def replay_many(self, _: int) -> int:
        parked = [event for event in self.events.values() if event.outcome.startswith("parked")]
        for event in parked:
            self._apply(event)
        return len(parked)

    def assign(self, receipt: UUID, of: UUID) -> str | set[str]:
        event, (enrollment, step) = self._event(receipt), self._step(of)
        applied = event.outcome.startswith(("accepted", "ignored"))
        if applied and not self._completes(event):
            return f"duplicate:{event.outcome}"
        if event.outcome.startswith("rejected"):
            return REFUSED
        if event.delivery.partner != step.partner or self._student(event.delivery) != enrollment.student:
            return FORBIDDEN
        if enrollment.status == "on_hold" and step.status in OPEN:
            return REFUSED
        if applied and step.status == "completed" and step.credited_to is event:
            return f"duplicate:{event.outcome}"
        if applied and (step.status in DONE or enrollment.status != "active"):
            return REFUSED
        if applied and self._credits_of(event):
            early = step.status == "pending"
            step.status, step.credited_to, step.completed_at = "completed", event, self.now
            self._advance(enrollment)
            return "accepted:completed_early" if early else "accepted:completed"
        self._apply(event, (enrollment, step))
        return event.outcomes

    def link(self, account: str, student: UUID) -> int | str:
        if self.accounts.setdefault(account, student) != student:
            return REFUSED
        waiting = [
            e for e in self.events.values() if e.delivery.who == account and e.outcomes == {"parked:unknown_student"}
        ]
        for event in waiting:
            self._apply(event)
        return sum(not min(event.outcomes).startswith("parked") for event in waiting)

    def edit_program(self) -> bool:
        hsi, (partner, course, required) = self.programs["cna"]
        self.programs["cna"] = [hsi, (partner, course, not required)]
        return not required

    def toggle_partner(self) -> str:
        self.disabled ^= {"careersafe"}
        return "disabled" if self.disabled else "active"

    def _apply(self, event: Event, assigned: tuple[Enrollment, Step] | None = None) -> None:
        event.student = event.enrollment = event.step = None
        event.outcomes = self._decide(event, assigned)
        outcome = min(event.outcomes)
        if outcome in ("accepted:completed", "accepted:completed_early"):
            assert event.step and event.enrollment
            event.step.status, event.step.credited_to, event.step.completed_at = "completed", event, self.now
            self._advance(event.enrollment)

    def _decide(self, event: Event, assigned: tuple[Enrollment, Step] | None) -> set[str]:
        sent, meaning = event.delivery, MEANINGS[event.delivery.kind()]
        if sent.who is None:
            return {"rejected:missing_field"}
        if sent.partner in self.disabled:
            return {"parked:partner_disabled"}
        if meaning is None:
            return {"parked:unknown_event_type"}
        event.student = self._student(sent)
        if event.student is None:
            return {"parked:unknown_student"}
        targets = [assigned] if assigned else self._targets(event, meaning)
        credited = None if assigned or meaning != "completion" else self._credited(event)
        if credited:
            event.enrollment, event.step = credited
            return {"ignored:already_completed"}
        if not targets:
            return {self._without_step(event)}
        if all(step and step.status in DONE for _, step in targets):
            newest = max(enrollment.enrolled_at for enrollment, _ in targets)
            event.enrollment, event.step = min(
                (target for target in targets if target[0].enrolled_at == newest),
                key=lambda target: str(target[1] and target[1].id),
            )
            assert event.step
            return {self._on_done_step(event, meaning, event.step.status)}
        if len(targets) > 1:
            return {"parked:ambiguous"}
        ((event.enrollment, event.step),) = targets
        status = event.enrollment.status
        if status != "active":
            return {"parked:awaiting_approval" if status == "pending" else f"parked:{status}"}
        if not assigned and self._is_possible_copy(event):
            event.enrollment = event.step = None
            return {"parked:possible_repeat"}
        if not assigned and self._is_out_of_time(event):
            return {"parked:time_review"}
        return {self._on_open_step(event, meaning)}

    def _targets(self, event: Event, meaning: str) -> list[tuple[Enrollment, Step | None]]:
        """The steps that it could be of: of open enrollments, else of the newest closed one; its own course first."""
        item = event.delivery.item
        found: list[tuple[Enrollment, Step | None, str | None]] = []
        for enrollment in self.enrollments:
            if enrollment.student == event.student:
                found += [
                    (enrollment, step, course)
                    for step, partner, course in self._places(enrollment)
                    if partner == event.delivery.partner and self._fits(event, course)
                ]
        running = [place for place in found if place[0].status not in ("completed", "withdrawn")]
        newest = max((enrollment.enrolled_at for enrollment, _, _ in found), default=self.now)
        found = running or [place for place in found if place[0].enrolled_at == newest]
        exact = [place for place in found if item is not None and place[2] == item]
        return [(enrollment, step) for enrollment, step, _ in exact or found]

    def _fits(self, event: Event, course: str | None) -> bool:
        meaning, item = MEANINGS[event.delivery.kind()], event.delivery.item
        return course in (None, item) or meaning == "progress" or (item is None and meaning != "completion")

    def _places(self, enrollment: Enrollment) -> list[tuple[Step | None, str, str | None]]:
        """Step, partner and course; of an enrollment that was not approved yet, the steps that there will be."""
        if not enrollment.steps:
            mappings = self.programs[enrollment.program]
            return [(None, partner, course) for partner, course, required in mappings if required]
        return [(step, step.partner, step.course) for step in enrollment.steps]

    def _without_step(self, event: Event) -> str:
        sent = event.delivery
        mine = [e for e in self.enrollments if e.student == event.student and e.status != "withdrawn"]
        mappings = [(e, *mapping) for e in mine for mapping in self.programs[e.program] if mapping[0] == sent.partner]
        if any(not required and self._fits(event, course) for _, _, course, required in mappings):
            return "accepted:evidence"
        if any(step.partner == sent.partner for e in mine for step in e.steps):
            return "parked:unmapped_course"
        return "parked:unmapped_course" if any(e.status == "pending" for e, *_ in mappings) else "parked:no_enrollment"

    def _others(self, event: Event) -> list[tuple[Enrollment, Step, Event]]:
        """The credits of its student and partner that are not its own, the latest first."""
        received = list(self.events.values())
        mine = [
            (enrollment, step, other)
            for enrollment, step, other in self._credits()
            if enrollment.student == event.student
            and step.partner == event.delivery.partner
            and other not in (event, event.repeats)
        ]
        return sorted(mine, key=lambda credit: -received.index(credit[2]))

    def _credited(self, event: Event) -> tuple[Enrollment, Step] | None:
        """Another event told of this completion before."""
        sent = event.delivery
        if sent.at is None or sent.passed is False:
            return None
        return next(
            (
                (enrollment, step)
                for enrollment, step, other in self._others(event)
                if (other.delivery.item, other.delivery.at) == (sent.item, sent.at)
            ),
            None,
        )

    def _is_possible_copy(self, event: Event) -> bool:
        """It could be a completion that is credited to another enrollment."""
        return self._completes(event) and any(
            enrollment is not event.enrollment and self._is_like(event, other)
            for enrollment, _, other in self._others(event)
        )

    def _is_like(self, one: Event, other: Event) -> bool:
        items = {one.delivery.item, other.delivery.item} - {None}
        times = [datetime.fromisoformat(event.delivery.at) for event in (one, other) if event.delivery.at]
        if len(times) < 2:
            return len(items) < 2 and abs(one.received_at - other.received_at) <= DAY
        return len(items) < 2 and abs(times[0] - times[1]) <= timedelta(seconds=60)

    def _is_out_of_time(self, event: Event) -> bool:
        assert event.enrollment
        at = datetime.fromisoformat(event.delivery.at) if event.delivery.at else None
        return (at or event.received_at) < event.enrollment.enrolled_at - DAY or bool(at and at > self.now + DAY)

    def _on_done_step(self, event: Event, meaning: str, status: str) -> str:
        if meaning in ("acknowledgement", "evidence"):
            return "accepted:acknowledged" if meaning == "acknowledgement" else "accepted:evidence"
        if meaning == "progress":
            return "ignored:stale_progress"
        if event.delivery.passed is False:
            return "ignored:late_failure"
        return "accepted:evidence" if status == "skipped" else "ignored:already_completed"

    def _on_open_step(self, event: Event, meaning: str) -> str:
        sent = event.delivery
        if meaning in ("acknowledgement", "evidence"):
            return "accepted:acknowledged" if meaning == "acknowledgement" else "accepted:evidence"
        if meaning == "progress":
            known = sent.item is not None and any(
                other is not event and other.step is event.step and other.outcomes == {"accepted:progress"}
                and (other.delivery.kind(), other.delivery.item) == (sent.kind(), sent.item)
                for other in self.events.values()
            )  # fmt: skip
            return "ignored:stale_progress" if known else "accepted:progress"
        if sent.passed is False:
            return "accepted:attempt_failed"
        assert event.step
        return "accepted:completed_early" if event.step.status == "pending" else "accepted:completed"

    # Looking things up.

    def _student(self, sent: Delivery) -> UUID | None:
        return sent.who if isinstance(sent.who, UUID) else self.accounts.get(sent.who or "")

    def _enrollment(self, of: UUID) -> Enrollment:
        return next(enrollment for enrollment in self.enrollments if enrollment.id == of)

    def _step(self, of: UUID) -> tuple[Enrollment, Step]:
        return next((enrollment, step) for enrollment in self.enrollments for step in enrollment.steps if step.id == of)

    def _event(self, receipt: UUID) -> Event:
        return next(event for event in self.events.values() if event.receipt == receipt)
