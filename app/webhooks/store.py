"""What a webhook asks of the database: to be stored and applied, and why it was rejected."""

from __future__ import annotations

import json
import logging
from typing import cast

import psycopg
from psycopg.rows import DictRow
from psycopg_pool import PoolTimeout

from app.database import DatabaseUnavailable, connection
from app.database.deadlines import is_over

log = logging.getLogger("handoff.webhooks")

RETRIED = (
    psycopg.errors.SerializationFailure,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.AdminShutdown,
    psycopg.errors.IdleSessionTimeout,
)


def refused_field(receipt: str) -> str | None:
    """The field for which a webhook was rejected; None when it can't be told: the answer is then without it."""
    try:
        with connection("webhook") as held:
            row = held.execute("select handoff.refused_field(%s) as field", [receipt]).fetchone()
    except (DatabaseUnavailable, psycopg.Error) as error:
        log.warning("the field of a rejected delivery is not told: %s", type(error).__name__)
        return None
    return row["field"] if row else None


def receive_partner_event(slug: str, key: str, body: bytes, context: dict[str, object]) -> DictRow:
    """Stores and applies one webhook: the row of handoff.event_receipt.

    Tried again while time is left when the server chose us in a deadlock, or the connection was gone already, and once
    when a function is missing: a deploy may just have changed its arguments. The key makes a second try harmless.
    Raises DatabaseUnavailable or psycopg.Error.
    """
    was_missing = False
    while True:
        try:
            with connection("webhook") as held:
                row = held.execute(
                    "select * from handoff.receive_partner_event(%s, %s, %s, 'webhook', %s)",
                    [slug, key, body, json.dumps(context)],
                ).fetchone()
                return cast(DictRow, row)
        except DatabaseUnavailable as error:
            if not _is_passing(error.__cause__) or is_over():
                raise
        except psycopg.errors.UndefinedFunction:
            if was_missing:
                raise
            was_missing = True


def _is_passing(error: BaseException | None) -> bool:
    lost = isinstance(error, psycopg.OperationalError) and not isinstance(error, PoolTimeout) and error.sqlstate is None
    return lost or isinstance(error, RETRIED)
