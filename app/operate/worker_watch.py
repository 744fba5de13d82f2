"""Whether a background worker is at work, asked in the background by each process; one of them tells when none is."""

from __future__ import annotations

import logging
import threading
from datetime import datetime
from uuid import uuid4

import psycopg
from flask import Flask

from app.database import DatabaseUnavailable, as_visitor
from app.settings import Settings
from app.worker.alerts import alert_body, post_alert
from app.worker.outgoing.faults import NotPosted

PAUSE_SECONDS = 30.0  # between two looks
TRIES = 3  # to tell of a silence, a look apart
LOOK = "select since, is_news from handoff.note_worker_silence()"

log = logging.getLogger("handoff.worker_watch")


class WorkerWatch:
    """What the last look found. The looks begin when somebody asks for the first time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._since: datetime | None = None
        self._to_tell: tuple[str, datetime, int] | None = None

    def since(self, app: Flask) -> datetime | None:
        """Since when none has looked, None where one has or it is not known. Never waits."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._go_on, args=[app], daemon=True, name="worker watch")
                self._thread.start()
            return self._since

    def close(self) -> None:
        """Ends the looks."""
        with self._lock:
            thread, self._thread = self._thread, None
        self._closing.set()
        if thread:
            thread.join(2)
        self._closing.clear()

    def _go_on(self, app: Flask) -> None:
        settings: Settings = app.config["HANDOFF"]
        with app.app_context():
            while not self._closing.is_set():
                self._look()
                if settings.alert_webhook_url and self._to_tell:
                    self._tell(settings.alert_webhook_url, settings.base_url)
                self._closing.wait(PAUSE_SECONDS)

    def _look(self) -> None:
        try:
            with as_visitor() as db:
                row = db.execute(LOOK).fetchone()
        except (DatabaseUnavailable, psycopg.Error):
            return  # /readyz tells of that
        self._since = row["since"] if row else None
        if row and row["is_news"]:
            self._to_tell = (f"worker_silent:{uuid4()}", row["since"], TRIES)

    def _tell(self, url: str, base_url: str) -> None:
        key, since, tries = self._to_tell or ("", datetime.min, 0)
        alert = {
            "kind": "worker_silent",
            "about": None,
            "subject": "handoff",
            "severity": "severe",
            "opened_at": since.isoformat(),
            "numbers": {"since": since.isoformat()},
        }
        try:
            is_told = post_alert(url, key, alert_body(alert, base_url)).is_success
        except NotPosted:
            is_told = False
        self._to_tell = None if is_told or tries <= 1 else (key, since, tries - 1)
        if not is_told:
            log.warning("nobody could be told that no worker is at work")
