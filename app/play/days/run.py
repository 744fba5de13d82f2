"""Lives through a plan: time is skipped to the next hour of it, what is due is done, and the workers are waited for."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any, NamedTuple

import click
import psycopg

from app.play.days.database import connect
from app.play.days.deeds import NOBODY, Deed
from app.play.days.endings import OUTCOMES
from app.play.days.events import JSON, XML, Wire, event_of, nonsense, refused
from app.play.days.mail_server import MailServer, receiving
from app.play.days.plan import BUSY, Plan
from app.play.days.receiver import Answer, Receiver, listening
from app.play.days.school import School, configure
from app.play.days.skipping import Skips
from app.play.days.truth import STRANGERS
from app.play.days.workers import CONTEXT, Workers, killing
from app.play.processes import free_port, web_server
from app.play.simulation.school import HOST
from app.setting_values import OUTGOING, PER_PARTNER
from app.settings import Settings, suffix

LANES = 3  # students are divided among them; what happens to one student happens in its order
HOUR = 3600.0
QUIET_TICKS = 3  # at the end, in which nothing happens and nobody is killed: what was lost is found
PATIENCE_SECONDS = 300.0
LOOK_SECONDS = 0.002
MOST_FAULTS = 20
REFUSED = ("answered 413", "answered 415")
LOOKED = "update handoff.trail_readers set seen_at = seen_at + make_interval(secs => %s)"


class Options(NamedTuple):
    """`kill_seconds`: of real time between two kills, None: nobody is killed; `by_http`: a share."""

    workers: int
    kill_seconds: float | None
    by_http: float


class Lane(NamedTuple):
    """The connections by which one thread acts."""

    school: School
    wire: Wire


class Run:
    """One run on a database that was made for it. What came of it is for app.play.days.balance."""

    def __init__(self, url: str, plan: Plan, options: Options, rng: random.Random) -> None:
        self._url, self.plan, self._options, self._rng = url, plan, options, rng
        self.began = midnight(datetime.now(UTC))
        self.skips = Skips(CONTEXT, options.workers)
        self.receiver = Receiver(plan.our_secrets, self._answer, self._now)
        self.mail_server = MailServer(self._reply_to, lambda: plan.is_mail_server_away(self._hour()))
        self.faults: list[str] = []
        self.sent: Counter[str] = Counter()
        self.kills = 0

    def live(self, progress: Callable[[float], None]) -> None:
        """All of it. Raises ClickException when the workers do not come to rest, NotStarted."""
        with ExitStack() as opened:
            told_at = opened.enter_context(listening(self.receiver))
            mailed_at = opened.enter_context(receiving(self.mail_server))
            dba = opened.enter_context(connect(self._url, "handoff_owner"))
            configure(dba, self.plan.partners, self.plan.programs, told_at)
            base_url = f"http://127.0.0.1:{free_port()}"
            environ = self._environ(base_url, told_at, mailed_at)
            opened.enter_context(web_server(os.environ | environ, base_url))
            lanes = [self._lane(opened, base_url) for _ in range(LANES)]
            clock = opened.enter_context(psycopg.connect(self._url, autocommit=True))
            workers = Workers(Settings.from_environ(environ), self.skips, self._options.workers)
            opened.callback(workers.stop)
            self._live(clock, lanes, workers, progress)
            self.kills = workers.kills

    def _environ(self, base_url: str, told_at: str, mailed_at: str) -> dict[str, str]:
        """The settings of the web server and the workers, as in production."""
        named = {
            f"{prefix}{suffix(slug)}": secret
            for prefix, secrets in ((PER_PARTNER, self.plan.secrets), (OUTGOING, self.plan.our_secrets))
            for slug, secret in secrets.items()
        }
        return named | {
            "DATABASE_URL": self._url,
            "BASE_URL": base_url,
            "PORT": base_url.rpartition(":")[2],
            "SECRET_KEY": token_hex(32),
            "SMTP_URL": f"smtp://{mailed_at}",
            "MAIL_FROM": f"handoff{HOST}",
            "HANDOFF_OUTGOING_TEST_HOSTS": told_at,
        }

    def _live(
        self, clock: psycopg.Connection[Any], lanes: list[Lane], workers: Workers, progress: Callable[[float], None]
    ) -> None:
        with ExitStack() as killed, ThreadPoolExecutor(LANES) as threads:
            if self._options.kill_seconds is not None:
                killed.enter_context(killing(workers, self._rng, self._options.kill_seconds))
            for hour, deeds in self.plan.ticks():
                is_out = self.plan.outages.is_out(hour)
                if is_out:
                    workers.stop()
                self._skip_to(clock, hour, is_out)
                list(threads.map(self._do, lanes, _divided(deeds)))
                self._await_counts(lanes[0].school)
                self._work(workers, lanes[0].wire, hour, is_out)
                progress(hour)
        for number in range(1, QUIET_TICKS + 1):
            self._skip_to(clock, self.plan.hours + number * self.plan.tick)
            self._rest(workers)

    def _work(self, workers: Workers, wire: Wire, hour: float, is_out: bool) -> None:
        """Waits for the workers, who may come back at this hour or be away; the web process looks before and after."""
        if is_out:
            self._look(wire, hour, is_out)
            if not self.plan.outages.is_over(hour):
                return
            workers.start()
        self._rest(workers)
        self._look(wire, hour, False)

    def _do(self, lane: Lane, deeds: list[Deed]) -> None:
        for deed in deeds:
            if deed.student == NOBODY:
                self._do_for_nobody(lane, deed)
                continue
            student = self.plan.students[deed.student]
            if lane.school.knows(deed.what):
                lane.school.do(student, deed)
                continue
            event = event_of(student, deed, lane.school.profile(student), self.began)
            if deed.what == "credit":
                self._note(deed, lane.school.enter(student.clerk, event))
            else:
                self._note(deed, lane.wire.send(event))

    def _do_for_nobody(self, lane: Lane, deed: Deed) -> None:
        if deed.what == "set aside":
            lane.school.set_aside(deed.partner)
        elif deed.what == "strangers":
            lane.wire.count_strangers(deed.partner, STRANGERS)
        elif deed.what == "nonsense":
            self._note(deed, lane.wire.send(nonsense(deed)))
        else:
            self._note(deed, lane.wire.post(refused(deed), XML if deed.what == "untyped" else JSON))

    def _note(self, deed: Deed, outcome: str) -> None:
        outcome = outcome.removeprefix("duplicate:")
        self.sent[outcome] += 1
        if outcome not in OUTCOMES[deed.what]:
            self._fault(f"{deed.what} {deed.key} of student {deed.student} came to {outcome}")

    def _await_counts(self, school: School) -> None:
        """The web process writes what it has refused a little later: time is not skipped meanwhile."""
        refused_ones, until = sum(self.sent[answer] for answer in REFUSED), time.monotonic() + PATIENCE_SECONDS
        while school.counted_refusals() < refused_ones:
            if time.monotonic() > until:
                raise click.ClickException("the web process does not count what it has refused")
            time.sleep(0.1)

    def _look(self, wire: Wire, hour: float, is_out: bool) -> None:
        """As the web process does, which may look at any time as well."""
        if wire.sees_silence() != is_out:
            self._fault(f"at hour {hour} the web process {'did not see' if is_out else 'saw'} that no worker was there")

    def _fault(self, text: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(text)

    def _skip_to(self, clock: psycopg.Connection[Any], hour: float, is_out: bool = False) -> None:
        """First for SQL, then for the workers: none of them is ahead of the database.

        Workers who have nothing to do look all the time, also in the time that is skipped: it is noted as they note it.
        """
        seconds = max(0.0, self.began.timestamp() + hour * HOUR - self._now())
        if not is_out:
            clock.execute(LOOKED, [seconds])
        clock.execute("select setval('simulated.skipped', %s)", [round((self.skips.seconds + seconds) * 1e6)])
        self.skips.skip(seconds)

    def _rest(self, workers: Workers) -> None:
        """Until every worker has looked, and has nothing to do."""
        self.skips.skip(0)
        until = time.monotonic() + PATIENCE_SECONDS
        while not self.skips.all_are_idle:
            if workers.ended or time.monotonic() > until:
                raise click.ClickException(f"the workers do not come to rest; ended by themselves: {workers.ended}")
            time.sleep(LOOK_SECONDS)

    def _lane(self, opened: ExitStack, base_url: str) -> Lane:
        admin, dba, webhook, visitor = (
            opened.enter_context(connect(self._url, f"handoff_{role}"))
            for role in ("admin", "owner", "webhook", "public")
        )
        made = admin.execute("select handoff.create_profile(%s, 'Ada Admin', 'admin') as id", [f"ada{HOST}"])
        wire = Wire(webhook, visitor, base_url, self.plan.secrets, self._options.by_http, self._rng)
        return Lane(School(admin, dba, made.fetchall()[0]["id"]), wire)

    def _answer(self, slug: str, said: Mapping[str, Any]) -> Answer:
        return self.plan.answer(slug, said, self._hour(), self._rng)

    def _reply_to(self, address: str) -> str | None:
        if self.plan.refuses_mail(address, self._hour()):
            return "550 unknown"
        return "451 busy" if self._rng.random() < BUSY else None

    def _hour(self) -> float:
        return (self._now() - self.began.timestamp()) / HOUR

    def _now(self) -> float:
        return time.time() + self.skips.seconds


def midnight(now: datetime) -> datetime:
    """The next one."""
    return datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), UTC)


def _divided(deeds: list[Deed]) -> list[list[Deed]]:
    return [[deed for deed in deeds if deed.student % LANES == lane] for lane in range(LANES)]
