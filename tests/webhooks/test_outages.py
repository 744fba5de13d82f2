"""Our own trouble: every delivery is answered 503 with Retry-After within 5 seconds, and the retry applies once.

On a PostgreSQL of its own, which is stopped, frozen, locked and starved here.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import DictRow

from app import create_app
from app.database.pools import IDLE_SECONDS, POOL_SIZE
from app.operate.postgres import embedded
from app.operate.which_database import logins
from app.serve import WORKERS
from app.settings import Settings
from app.webhooks import directory
from tests.world.outages import CUT, FAULTS, PROMISED_SECONDS, RECOVERY_SECONDS, Database, check
from tests.world.partners import SETTINGS, Answer, Partner, body_of, new_key, request
from tests.world.people import Student, events
from tests.world.postgres import PgServer
from tests.world.server import Server, serving

# Three times as many deliveries as there are threads: most of them queue, and that counts too.
COPIES = {"the database hangs": 3 * WORKERS * POOL_SIZE}
SERVED = 10 * WORKERS


@pytest.fixture(scope="module")
def database(pg_server: PgServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    directory = tmp_path_factory.mktemp("trouble")
    try:
        database = Database(directory, pg_server.bindir)
        database.deploy()
        yield database
    finally:
        embedded.destroy(directory)


@pytest.fixture(scope="module")
def server(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = SETTINGS | logins(database.cluster)
    with serving(settings, tmp_path_factory.mktemp("trouble-log") / "server.log") as server:
        yield server


@pytest.fixture
def hsi(server: Server) -> Partner:
    """When no worker has a connection left that the fault before this broke."""
    partner = Partner("hsi", server.port)
    send_until_served(partner)
    return partner


@pytest.fixture
def student(database: Database, server: Server) -> Iterator[Student]:
    """A student whose one step a good event of hsi completes."""
    with database.connect() as db:
        enrolled = Student.enroll(db, "cpr-first-aid")
    yield enrolled


def send_until_taken(partner: Partner, body: bytes, key: str) -> Answer:
    """Sends again as a partner would, only more eagerly."""
    deadline = time.monotonic() + RECOVERY_SECONDS
    while (answer := partner.send(body, key)).status == 503:
        check(answer)
        assert time.monotonic() < deadline, "it does not recover"
    return answer


def send_until_served(partner: Partner) -> None:
    """Ends when SERVED deliveries in a row were taken: each worker has met some of them."""
    body, key = body_of("course.completed", "nobody"), new_key()
    deadline, taken = time.monotonic() + RECOVERY_SECONDS, 0
    while taken < SERVED:
        taken = 0 if partner.send(body, key).status == 503 else taken + 1
        assert time.monotonic() < deadline, "it does not recover"


def check_applied_once(database: Database, student: Student) -> None:
    """One completion, one certificate, one event."""
    with database.connect() as db:
        again = replace(student, db=db)
        assert (again.status(), again.certificates(), again.changes("completed")) == ("completed", 1, 1)
        assert len(events(db, student.id)) == 1


@pytest.mark.parametrize("name", FAULTS)
def test_503_within_five_seconds_while_it_lasts_and_the_retry_applies_once(
    database: Database, hsi: Partner, student: Student, name: str
) -> None:
    body, key = body_of("course.completed", student.id), new_key()
    copies = COPIES.get(name, 1)
    with FAULTS[name](database), ThreadPoolExecutor(copies) as pool:
        for answer in pool.map(lambda _: hsi.send(body, key), range(copies)):
            check(answer)
    assert send_until_taken(hsi, body, key).said in ("200 accepted:completed", "200 duplicate:accepted:completed")
    check_applied_once(database, student)


def test_a_connection_that_stayed_with_a_standby_is_given_up(
    database: Database, hsi: Partner, student: Student
) -> None:
    body, key = body_of("course.completed", student.id), new_key()
    with database.left_read_only():
        for _ in range(SERVED):
            check(hsi.send(body, key))
    send_until_served(hsi)
    assert hsi.send(body, key).said == "200 accepted:completed"
    check_applied_once(database, student)


def test_connections_that_were_cut_while_they_were_idle_cost_nobody_an_answer(
    database: Database, hsi: Partner, server: Server
) -> None:
    body, key = body_of("course.completed", "nobody"), new_key()
    database.run(CUT)
    time.sleep(2 * IDLE_SECONDS)
    for _ in range(SERVED):
        assert hsi.send(body, key).status in (200, 202)
        assert request(server.port, "GET", "/verify").status == 200


def test_connections_that_were_cut_just_now_cost_no_page_and_no_monitor_an_answer(
    database: Database, server: Server
) -> None:
    for _ in range(SERVED):
        assert request(server.port, "GET", "/verify").status == 200
        database.run(CUT)
        assert [request(server.port, "GET", path).status for path in ("/verify", "/readyz")] == [200, 200]


def test_the_partners_are_taken_as_they_were_while_they_cant_be_read(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(
        Settings(
            database_url=database.cluster.url(),
            pages_database_url=logins(database.cluster)["PAGES_DATABASE_URL"],
            secret_key="k" * 32,
        )
    )
    monkeypatch.setattr(directory, "KEPT_SECONDS", 0)
    with app.app_context():
        known = directory.partner_directory()
        with database.out_of_connections():
            assert directory.partner_directory() == known
        database.run("update handoff.partners set status = 'disabled' where slug = 'hsi'")
        try:
            time.sleep(directory.RETRY_SECONDS)
            assert directory.partner_directory()["hsi"].status == "disabled"
        finally:
            database.run("update handoff.partners set status = 'active' where slug = 'hsi'")


def test_a_student_whose_enrollment_somebody_else_locks_waits_and_nobody_else(
    database: Database, hsi: Partner, student: Student
) -> None:
    body, key = body_of("course.completed", student.id), new_key()
    with database.connect() as holder, holder.transaction(), ThreadPoolExecutor(1) as pool:
        other = Student.enroll(holder, "cpr-first-aid")
        holder.execute("select from handoff.enrollments as e where e.id = %s for update", [student.enrollment])
        answer = pool.submit(hsi.send, body, key)
        # Not at once: the faults before this may have left a dead connection.
        others = send_until_taken(hsi, body_of("course.completed", f"other-{other.id}"), new_key())
        assert others.said == "202 parked:unknown_student"
        check(answer.result())
    assert send_until_taken(hsi, body, key).said == "200 accepted:completed"
    check_applied_once(database, student)


@pytest.mark.parametrize("code", ["40001", "40P01"])
def test_what_passes_by_itself_is_tried_again_without_the_sender(
    database: Database, hsi: Partner, student: Student, code: str
) -> None:
    body, key = body_of("course.completed", student.id), new_key()
    with database.failing(code, times=2):
        assert send_until_taken(hsi, body, key).said == "200 accepted:completed"
    check_applied_once(database, student)


def test_what_a_deploy_has_just_changed_is_called_once_more(database: Database, hsi: Partner, student: Student) -> None:
    body, key = body_of("course.completed", student.id), new_key()
    with database.missing(times=2):
        check(hsi.send(body, key))
    with database.missing(times=1):
        assert hsi.send(body, key).said == "200 accepted:completed"
    check_applied_once(database, student)


@pytest.mark.parametrize(
    "code", ["08006", "25006", "40001", "53100", "53200", "53400", "55P03", "57014", "58030", "XX000", "XX001"]
)
def test_trouble_of_the_server_while_applying_is_503_and_stores_nothing(
    database: Database, hsi: Partner, student: Student, code: str
) -> None:
    body, key = body_of("course.completed", student.id), new_key()
    with database.failing(code), database.connect() as db:
        check(hsi.send(body, key))
        assert events(db, student.id) == []
    assert send_until_taken(hsi, body, key).said == "200 accepted:completed"
    check_applied_once(database, student)


@pytest.mark.parametrize("code", ["22012", "23505", "23514", "42883", "P0001", "P0002", "P0004", "TH409"])
def test_a_fault_of_ours_while_applying_is_kept_with_its_code_and_applies_when_it_is_mended(
    database: Database, hsi: Partner, student: Student, code: str
) -> None:
    body, key = body_of("course.completed", student.id), new_key()
    with database.failing(code):
        assert hsi.send(body, key).said == "202 parked:apply_error"
    with database.connect() as db:
        [event] = events(db, student.id)
        assert event["error_code"] == code
        db.execute("select handoff.replay_partner_event(%s)", [event["receipt"]])
    check_applied_once(database, student)


def test_healthz_stays_and_readyz_goes_while_the_database_is_away(database: Database, server: Server) -> None:
    with database.stopped():
        assert request(server.port, "GET", "/healthz").status == 200
        # Who asked just before is answered from what was found then, which is two seconds old at most.
        until = time.monotonic() + PROMISED_SECONDS
        while request(server.port, "GET", "/readyz").status != 503:
            assert time.monotonic() < until
            time.sleep(0.1)


def test_a_server_that_starts_without_its_database_answers_503_and_recovers(
    database: Database, student: Student, tmp_path: Path
) -> None:
    with database.stopped(), serving(SETTINGS | logins(database.cluster), tmp_path / "server.log") as server:
        hsi, body, key = Partner("hsi", server.port), body_of("course.completed", student.id), new_key()
        check(hsi.send(body, key))
        database.start()
        assert send_until_taken(hsi, body, key).said == "200 accepted:completed"
    check_applied_once(database, student)


def test_a_database_without_our_functions_is_503_too(db_url: str, db: psycopg.Connection[DictRow]) -> None:
    """A server that is newer than its database."""
    db.execute("drop function handoff.partner_directory()")
    app = create_app(Settings(database_url=db_url, secret_key="k" * 32))
    try:
        answer = app.test_client().post("/api/webhooks/partners/hsi", data=b"{}")
    finally:
        app.extensions["handoff_pools"].close()
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.json == {"code": "unavailable", "error": "Temporarily unavailable, please send again later"}


def test_the_log_says_why_and_tells_no_secret(server: Server) -> None:
    log = server.log()
    assert "answered 503" in log
    assert not any(secret in log for setting in SETTINGS.values() for secret in setting.split())
