"""Mailing people: what is due is claimed, written once, handed to the mail server, and settled by what that says."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple, Self
from uuid import UUID

import psycopg

from app.database.pools import Pools, taken
from app.logs import about, note
from app.settings import Settings
from app.worker.clock import Clock
from app.worker.mail import mailable
from app.worker.mails.handover import Outcome, hand_over
from app.worker.mails.links import digest, sign_in_token, sign_in_url
from app.worker.mails.message import message_bytes, return_path
from app.worker.mails.writing import Written, write

log = logging.getLogger("handoff.mail")

THREADS = {"mail": 4, "link": 2}  # links to sign in wait for no other mail
MOST = {"mail": 16, "link": 8}  # claimed at a time: more than threads, so that none is idle until the next look
LEASE_SECONDS = 180  # longer than a try takes: each exchange has its limit, see app.worker.mail and handover
WRONG_KEY_SECONDS = 60.0  # for so long no link is claimed after one showed that our key is another
SETTLE_TRIES = 20  # a mail that was taken is in doubt when that can't be told: half a minute is worth it
LINK = "sign_in_link"
CLAIM = "select * from handoff.claim_mails(%s, %s, make_interval(secs => %s))"
PREPARE = "select handoff.prepare_mail(%s, %s, %s, %s)"
BEGIN = "select handoff.begin_sending(%s, %s)"
SETTLE = "select handoff.settle_mail(%s, %s, %s, %s)"


class Mail(NamedTuple):
    """A row of handoff.claimed_mail."""

    message_id: UUID
    lease_token: UUID
    kind: str
    address: str
    full_name: str
    facts: dict[str, Any]
    body: str | None

    @classmethod
    def of(cls, rows: Iterable[tuple[Any, ...]]) -> list[Mail]:
        """Each row as a mail."""
        return [cls._make(row) for row in rows]


class Mails:
    """How people are mailed: with these settings, and connections of this pool. Threads until the block ends."""

    def __init__(self, settings: Settings, pools: Pools, clock: Clock | None = None) -> None:
        self._settings = settings
        self._pools = pools
        self._clock = clock or Clock()
        self._no_links_until = float("-inf")
        self._senders = {sort: ThreadPoolExecutor(number, sort) for sort, number in THREADS.items()}
        self._under_way: dict[str, list[Future[None]]] = {sort: [] for sort in THREADS}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for sender in self._senders.values():
            sender.shutdown()

    def hand_out(self, db: psycopg.Connection[Any]) -> bool:
        """Claims what there are threads for. Whether something is under way."""
        self._under_way = {
            sort: [one for one in running if not one.done()] for sort, running in self._under_way.items()
        }
        free = {sort: MOST[sort] - len(running) for sort, running in self._under_way.items()}
        for mail in self.claim(db, free["mail"], free["link"]):
            sort = "link" if mail.kind == LINK else "mail"
            self._under_way[sort].append(self._senders[sort].submit(self.attempt, mail))
        return any(self._under_way.values())

    def claim(self, db: psycopg.Connection[Any], mails: int, links: int) -> list[Mail]:
        """So many mails that are due, and so many links, where this worker can send them."""
        if not (self._settings.smtp_url or self._settings.print_links):
            return []
        if not self._settings.secret_key or self._clock.monotonic() < self._no_links_until:
            links = 0
        return Mail.of(db.execute(CLAIM, [mails, links, LEASE_SECONDS])) if mails + links else []

    def attempt(self, mail: Mail) -> None:
        """One try. When the database is away, the mail is free again when its lease ends, or in doubt."""
        with about(message_id=mail.message_id, kind=mail.kind):
            try:
                self._attempt(mail)
            except Exception as fault:  # nobody waits for this thread: the log is the only place to tell
                log.warning("a mail is left to its lease: %s", type(fault).__name__)

    def _attempt(self, mail: Mail) -> None:
        settings = self._settings
        token = sign_in_token(settings.secret_key, UUID(mail.facts["link"])) if mail.kind == LINK else None
        written = (
            Written.read(mail.body)
            if mail.body
            else write(mail.kind, mail.message_id, mail.full_name, mail.facts, settings.base_url)
        )
        said = self._call(PREPARE, mail.message_id, mail.lease_token, written.stored(), token and digest(token))
        if said == "wrong_key":
            self._no_links_until = self._clock.monotonic() + WRONG_KEY_SECONDS
            log.error("SECRET_KEY is not that of the pages: this worker can mail no links to sign in")
        if said != "ready":
            return
        if token:
            written = written.filled(sign_in_url(settings.base_url, token, mail.facts.get("next")))
        if outcome := self._outcome(mail, written):
            self._settle(mail, outcome)

    def _outcome(self, mail: Mail, written: Written) -> Outcome | None:
        settings = self._settings
        if settings.smtp_url is None:
            return self._printed(mail, written) if self._begin(mail) else None
        try:
            to = mailable(mail.address)
            message = message_bytes(settings, mail.kind, mail.message_id, to, written)
        except ValueError:
            return Outcome("refused", "the address or MAIL_FROM is not one plain address")
        sender = return_path(settings, mail.kind, mail.message_id)
        return hand_over(settings.smtp_url, sender, to, message, lambda: self._begin(mail))

    def _printed(self, mail: Mail, written: Written) -> Outcome:
        """Who has no mail server wants to sign in all the same; the others can be read on /admin/mails."""
        if mail.kind == LINK:
            print(f"Mail for {mail.address}: {written.subject}\n{written.text}", flush=True)
        return Outcome("sent", "not mailed, since SMTP_URL is not set")

    def _begin(self, mail: Mail) -> bool:
        return bool(self._call(BEGIN, mail.message_id, mail.lease_token))

    def _settle(self, mail: Mail, outcome: Outcome) -> None:
        for tries_left in reversed(range(SETTLE_TRIES)):
            try:
                status = self._call(SETTLE, mail.message_id, mail.lease_token, *outcome)
                break
            except (psycopg.OperationalError, psycopg.errors.ReadOnlySqlTransaction):
                if not tries_left:
                    raise
        note(status=status)
        if outcome.result == "sent":
            log.info("a mail was sent")
        else:
            log.error("a mail could not be sent: %s", outcome.detail)

    def _call(self, statement: str, *arguments: object) -> object:
        with taken(self._pools.get("worker")) as db:
            row = db.execute(statement.encode(), arguments).fetchone()
        return next(iter(row.values())) if row else None
