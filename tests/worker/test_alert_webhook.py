"""The operator's address: told of what is severe, by the worker, and by the pages when there is no worker."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import psycopg
import pytest

from app.database.pools import Pools
from app.operate.worker_watch import WorkerWatch
from app.settings import Settings
from app.worker import alerts
from app.worker.delivery import Message
from tests.world.site import Site

BREAK = (
    "insert into handoff.partner_breakers (partner_slug, failures, failing_since, open_until)"
    " values ('hsi', 9, now() - interval '2 days', now())"
)


class Chat:
    """What takes the messages: each as its headers and its JSON; `status`: what it answers."""

    def __init__(self) -> None:
        self.told: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.status = 200
        self.came = threading.Event()
        chat = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                chat.told.append(({name.lower(): text for name, text in self.headers.items()}, json.loads(body)))
                self.send_response(chat.status)
                self.send_header("Content-Length", "0")
                self.end_headers()
                chat.came.set()

            def log_message(self, format: str, *_: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hooks/1?key=secret"


@pytest.fixture
def chat() -> Iterator[Chat]:
    """A server of this machine, which no partner's address could be."""
    chat = Chat()
    thread = threading.Thread(target=chat.server.serve_forever, args=[0.05])
    thread.start()
    yield chat
    chat.server.shutdown()
    thread.join()
    chat.server.server_close()


def deliver(url: str, address: str | None) -> None:
    """What a worker does with each message that is due."""
    settings = Settings(database_url=url, alert_webhook_url=address, base_url="https://school.example")
    pools = Pools(settings)
    delivery = alerts.AlertDelivery(settings, pools)
    try:
        with pools.connect("worker") as db:
            while messages := Message.of(db.execute(alerts.CLAIM, [60])):
                delivery.attempt(messages[0])
    finally:
        pools.close()


def test_the_worker_tells_when_it_opens_and_when_it_closes(
    db: psycopg.Connection[Any], db_url: str, chat: Chat
) -> None:
    db.execute(BREAK)
    db.execute("select handoff.sweep_alerts(true)")
    deliver(db_url, chat.url)
    [(headers, told)] = chat.told
    assert set(told) == {"text", "kind", "subject", "severity", "opened_at", "closed_at", "numbers", "url"}
    assert told["text"].startswith("Health & Safety Institute can't be reached. ")
    assert (told["kind"], told["subject"], told["severity"]) == (
        "delivery_failing",
        "partner:hsi:unreachable",
        "severe",
    )
    assert told["url"] == "https://school.example/admin/alerts" and told["closed_at"] is None
    assert headers["webhook-id"].startswith("alert_webhook:") and headers["webhook-id"].endswith(":opened")
    db.execute("delete from handoff.partner_breakers")
    db.execute("select handoff.sweep_alerts(true)")
    deliver(db_url, chat.url)
    assert chat.told[1][1]["text"] == "Over: Health & Safety Institute can't be reached."
    assert chat.told[1][1]["closed_at"]
    deliver(db_url, chat.url)
    assert len(chat.told) == 2, "each once"


def test_what_is_not_taken_is_tried_again(db: psycopg.Connection[Any], db_url: str, chat: Chat) -> None:
    chat.status = 503
    db.execute(BREAK)
    db.execute("select handoff.sweep_alerts(true)")
    deliver(db_url, chat.url)
    status = "select o.status, o.detail from handoff.outbox as o where o.kind = 'alert_webhook'"
    assert db.execute(status).fetchall() == [{"status": "failed", "detail": "answered 503"}]
    chat.status = 200
    db.execute("update handoff.outbox set due_at = now() - interval '1 second'")
    deliver(db_url, chat.url)
    assert db.execute(status).fetchall() == [{"status": "sent", "detail": None}]
    assert chat.told[0] == chat.told[1], "under the same id, with the same words"


def test_without_an_address_nothing_is_told(db: psycopg.Connection[Any], db_url: str) -> None:
    db.execute(BREAK)
    db.execute("select handoff.sweep_alerts(true)")
    deliver(db_url, None)
    status = db.execute("select o.status from handoff.outbox as o where o.kind = 'alert_webhook'").fetchone()
    assert status == {"status": "dead"}


def test_the_pages_tell_once_that_no_worker_is_at_work(site: Site, chat: Chat) -> None:
    settings: Settings = site.app.config["HANDOFF"]
    site.app.config["HANDOFF"] = Settings(
        **{name: getattr(settings, name) for name in settings.__dataclass_fields__ if name != "alert_webhook_url"},
        alert_webhook_url=chat.url,
    )
    site.db.execute("update handoff.trail_readers set seen_at = handoff.clock()")
    site.travel(minutes=6)
    watches = [WorkerWatch(), WorkerWatch()]
    for watch in watches:
        watch.since(site.app)
    assert chat.came.wait(30)
    for watch in watches:
        watch.close()
    [(headers, told)] = chat.told
    assert headers["webhook-id"].startswith("worker_silent:")
    assert told["kind"] == "worker_silent" and told["text"].startswith("No background worker has been at work")
