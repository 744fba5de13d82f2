"""What the worker writes of a message: its id in every line about it, and nothing of what it tells."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg

from tests import ROOT
from tests.world import told
from tests.world.deploys import until
from tests.world.partners import new_secret
from tests.world.postgres import PgServer


def test_each_try_is_a_line_with_the_messages_id(
    db: psycopg.Connection[Any], pg_server: PgServer, tmp_path: Path
) -> None:
    log, secret = tmp_path / "worker.log", new_secret()
    with told.partners() as listening, log.open("wb") as written:
        listening.answer = lambda message: (422, {}, b'{"error": "not Zebulon"}')
        url = listening.url("hsi") + "?key=Zebulon"
        db.execute("update handoff.partners set enroll_url = %s where slug = 'hsi'", [url])
        db.execute(
            "select handoff.enroll_student(handoff.create_profile('zebulon@x.example', 'Zebulon'), 'cpr-first-aid')"
        )
        environ = {
            "PATH": "/usr/bin:/bin",
            "WORKER_DATABASE_URL": pg_server.url(db.info.dbname, "handoff_worker_login"),
            "HANDOFF_OUTGOING_TEST_HOSTS": listening.host,
            "PARTNER_OUTGOING_SECRET_HSI": secret,
            "LOG_FORMAT": "json",
        }
        worker = subprocess.Popen([sys.executable, "-m", "app.worker"], cwd=ROOT, env=environ, stderr=written)
        try:
            until(lambda: "message_id" in log.read_text(), "the message was tried")
        finally:
            worker.terminate()
            worker.wait(15)
    row = db.execute(
        "select o.message_id, o.status from handoff.outbox as o where o.partner_slug is not null"
    ).fetchone()
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    [line] = [line for line in lines if "message_id" in line]
    fields = ("message_id", "partner", "status", "http_status", "level", "logger")
    assert row and {name: line[name] for name in fields} == {
        "message_id": str(row["message_id"]),
        "partner": "hsi",
        "status": row["status"],
        "http_status": 422,
        "level": "info",
        "logger": "handoff.worker",
    }
    assert row["status"] == "dead"
    assert [word for word in ("zebulon", secret.lower()) if word in log.read_text().lower()] == []
