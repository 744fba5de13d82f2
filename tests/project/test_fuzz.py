"""The fuzzer itself, for a second on the live server; `make fuzz` runs it for long."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.tools.fuzz import Job, Report, hand_over, send
from tests.world.postgres import PgServer
from tests.world.server import Server

SECONDS = 1


@pytest.mark.parametrize(("work", "counted"), [(hand_over, "found in the inbox"), (send, "http 202")])
def test_odd_bytes_cause_no_error_and_lose_nothing(
    live_server: Server, live_dbname: str, pg_server: PgServer, work: Callable[[Job], Report], counted: str
) -> None:
    urls = {
        "DATABASE_URL": live_server.db_url,
        "WEBHOOK_DATABASE_URL": pg_server.url(live_dbname, "handoff_webhook_login"),
    }
    report = work(Job(urls, live_server.port, f"short-{work.__name__}", time.time() + SECONDS))
    assert report.found == []
    assert report.counts[counted] > 0
