"""Whether an event could be stored now, asked in the background: a monitor is answered at once.

The probe writes as an event would, so it meets what an event would meet: a standby, a server that is read-only, a
synchronous standby that is away, a role that a pooler has not kept.
"""

from __future__ import annotations

import threading
import time
from typing import cast

import psycopg
from flask import Flask

from app.database import DatabaseUnavailable, as_visitor, pools
from app.operate.deploy import fingerprint

FRESH_SECONDS = 2.0  # what is older is not known
PAUSE_SECONDS = 1.0  # between two probes
ASKED_SECONDS = 60.0  # nobody asks any more
UNREACHABLE = "database unreachable"
# A message to nobody: it is written and committed as a row is, and leaves none.
STORE = """
select
  current_user = 'handoff_webhook'
    and has_function_privilege('handoff.receive_partner_event(text, text, bytea, text, jsonb)', 'execute') as has_role,
  case
    when not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off'
      then pg_logical_emit_message(true, 'handoff', 'readyz')
  end is not null as is_written
"""


class Readiness:
    """What the last probe of this process found. The probes go on for a while after somebody asked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known = threading.Event()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._asked_at = self._found_at = float("-inf")
        self._reason: str | None = None
        self._connection: psycopg.Connection[tuple[bool, bool]] | None = None

    def reason(self, app: Flask) -> str | None:
        """Why no event could be stored now, None when one could. Only who asks first, or after a long time, waits."""
        with self._lock:
            self._asked_at = time.monotonic()
            if self._thread is None:
                self._known.clear()
                self._thread = threading.Thread(target=self._go_on, args=[app], daemon=True, name="readiness")
                self._thread.start()
        self._known.wait(FRESH_SECONDS)
        with self._lock:
            return self._reason if time.monotonic() - self._found_at <= FRESH_SECONDS else UNREACHABLE

    def close(self) -> None:
        """Ends the probes; who asks then begins anew."""
        with self._lock:
            thread, self._asked_at = self._thread, float("-inf")
        self._closing.set()
        if thread:
            thread.join(FRESH_SECONDS)
        self._closing.clear()

    def _go_on(self, app: Flask) -> None:
        is_over = False
        with app.app_context():
            while not is_over:
                begun_at = time.monotonic()
                reason = self._probe()
                with self._lock:
                    self._reason, self._found_at = reason, begun_at
                    self._known.set()
                self._closing.wait(PAUSE_SECONDS)
                with self._lock:
                    is_over = time.monotonic() - self._asked_at > ASKED_SECONDS
                    if is_over:
                        self._thread = None
        if self._connection:
            self._connection.close()

    def _probe(self) -> str | None:
        try:
            with as_visitor() as db:
                row = db.execute("select handoff.deployed_fingerprint() as deployed").fetchone()
            if row is None or row["deployed"] != fingerprint():
                return "schema not current"
            return self._store()
        except (DatabaseUnavailable, psycopg.OperationalError):
            return UNREACHABLE
        except psycopg.Error:
            return "schema not current"

    def _store(self) -> str | None:
        try:
            has_role, is_written = self._ask()
        except psycopg.OperationalError:  # it may have been cut since the last probe
            has_role, is_written = self._ask()
        if has_role and is_written:
            return None
        if self._connection:
            self._connection.close()  # the next one may find the server that others have moved to
        return "database is read-only" if has_role else "webhooks have not their role"

    def _ask(self) -> tuple[bool, bool]:
        if self._connection is None or self._connection.closed:
            self._connection = pools().connect("webhook")
        return cast(tuple[bool, bool], self._connection.execute(STORE).fetchone())
