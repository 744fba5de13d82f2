"""Long random histories: one by one against a model, and from four connections at once; test.violations() stays empty.

A short run is part of the suite. A long one: `make soak`, or for so many minutes: HANDOFF_SOAK=5 make soak.
"""

import threading
import time
from typing import Any

import psycopg
from hypothesis.stateful import run_state_machine_as_test

from app.operate.deploy import deploy
from tests.races.clients import Clients
from tests.races.histories import LONG, SHORT, SOAK_SECONDS, VIOLATIONS, Machine

CONNECTIONS = 4
CLIENTS_SECONDS = 3
DEPLOY_EVERY = 4  # changes of the students
# How often was something delivered, in conflict, and how many events met a fault of ours.
STORED = """
select
  (select sum(e.seen) from handoff.partner_events as e),
  (select coalesce(sum(c.seen), 0) from handoff.partner_event_conflicts as c),
  (select count(*) from handoff.partner_events as e where e.reason = 'apply_error')
"""


def test_every_history_is_the_models(school: psycopg.Connection[Any]) -> None:
    until = time.monotonic() + SOAK_SECONDS / 2
    while True:
        run_state_machine_as_test(lambda: Machine(school), settings=LONG if SOAK_SECONDS else SHORT)
        if time.monotonic() >= until:
            return


def test_four_connections_at_once_break_nothing(school: psycopg.Connection[Any], db_url: str) -> None:
    clients = Clients(db_url)
    clients.new_students(school)
    threads = [threading.Thread(target=clients.act, args=[seed]) for seed in range(CONNECTIONS)]
    until, deploys = time.monotonic() + max(CLIENTS_SECONDS, SOAK_SECONDS / 2), 0
    for thread in threads:
        thread.start()
    try:
        while (time.monotonic() < until or not deploys) and not clients.faults:
            time.sleep(0.5)
            clients.new_students(school)
            if clients.number % DEPLOY_EVERY == 0:
                school.execute("delete from handoff_ops.deployed_files where path like 'policies/%'")
                deploy(db_url)  # applies all policies again, as after a change
                deploys += 1
    finally:
        clients.stop.set()
        for thread in threads:
            thread.join()
    assert clients.faults == []
    assert school.execute(VIOLATIONS).fetchall() == []
    stored = school.execute(STORED).fetchone()
    assert stored == (clients.answers.pop("delivered"), clients.answers.pop("conflict", 0), 0)
    assert clients.answers == {}, "deadlocks, or serialization failures"
