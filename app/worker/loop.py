"""The background worker: follows the audit trail, hands out the messages and mails that are due, and keeps house.

Any number may run beside each other, and each may be killed at any time: what it was at is free again when its lease
ends. All that is decided is decided in the database.
"""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import psycopg

from app.database.pools import Pools
from app.settings import Settings
from app.worker import alerts
from app.worker.bounces.mailbox import Mailbox
from app.worker.chores import Chores
from app.worker.clock import Clock
from app.worker.delivery import Delivery, Message
from app.worker.mails.delivery import Mails
from app.worker.trail import Trail

log = logging.getLogger("handoff.worker")

THREADS = 8  # messages under way at a time
AT_ONCE = 2  # of one partner, by all workers together: one that hangs leaves the others their threads
LEASE_SECONDS = 60  # longer than any try takes, see app.worker.outgoing
SHORT, LONG = 0.25, 1.0  # seconds between two looks, while there is work and while there is none: people wait for links
HOME = "select handoff.find_home()"  # before anything is claimed: what was restored may have been sent
CLAIM = "select * from handoff.claim_messages(%s, %s, make_interval(secs => %s))"


class Worker:
    """One process: a thread that looks for work, and some that send."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self._settings = settings
        self._clock = clock or Clock()
        self._pools = Pools(settings)
        self._delivery = Delivery(settings, self._pools, self._clock)
        self._mailbox = Mailbox(settings, self._pools, self._clock)
        self._alerts = alerts.AlertDelivery(settings, self._pools, self._clock)
        self._under_way: list[Future[None]] = []

    def run(self, stop: threading.Event) -> None:
        """Works until `stop` is set, then ends what is under way, however long it takes.

        A database that is away may come back.
        """
        with ThreadPoolExecutor(THREADS, "send") as senders, Mails(self._settings, self._pools, self._clock) as mails:
            while not stop.is_set():
                try:
                    with self._pools.connect("worker") as db:
                        self._work(db, senders, mails, stop)
                except psycopg.Error as error:
                    log.warning("the database can't be worked on: %s", error.sqlstate or type(error).__name__)
                    self._clock.wait(stop, LONG)
        self._pools.close()

    def _work(
        self, db: psycopg.Connection[Any], senders: ThreadPoolExecutor, mails: Mails, stop: threading.Event
    ) -> None:
        db.execute(HOME)
        trail, chores = Trail(db, self._clock), Chores(db, self._settings, self._clock)
        pause = SHORT
        while not stop.is_set():
            self._mailbox.look()
            is_busy = any([mails.hand_out(db), trail.follow(), self._hand_out(db, senders), chores.do_what_is_due()])
            pause = SHORT if is_busy else min(2 * pause, LONG)
            self._clock.wait(stop, pause)

    def _hand_out(self, db: psycopg.Connection[Any], senders: ThreadPoolExecutor) -> bool:
        self._under_way = [future for future in self._under_way if not future.done()]
        free = THREADS - len(self._under_way)
        messages = Message.of(db.execute(CLAIM, [free, AT_ONCE, LEASE_SECONDS])) if free else []
        self._under_way += [senders.submit(self._delivery.attempt, message) for message in messages]
        if self._settings.alert_webhook_url and len(messages) < free:
            news = Message.of(db.execute(alerts.CLAIM, [LEASE_SECONDS]))
            self._under_way += [senders.submit(self._alerts.attempt, message) for message in news]
        return bool(self._under_way)
