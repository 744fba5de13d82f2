"""The same delivery again: in a row, at once, to another partner, after a crash. One effect, one receipt."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.client import HTTPException

import psycopg
import pytest
from psycopg.rows import DictRow

from tests.world.outages import await_sessions_behind
from tests.world.partners import SETTINGS, Answer, Partner, body_of, new_key
from tests.world.people import Student, events
from tests.world.server import Server, kill_workers, serving

Partners = Callable[[str], Partner]
Enroll = Callable[[str], Student]
Db = psycopg.Connection[DictRow]

COPIES = 50


def at_once(deliver: Callable[[int], Answer], copies: int = COPIES) -> Counter[str]:
    """What was said to so many deliveries at the same time, and how often."""
    with ThreadPoolExecutor(copies) as pool:
        return Counter(answer.said for answer in pool.map(deliver, range(copies)))


@pytest.mark.parametrize(
    ("event", "more", "first"),
    [
        ("course.completed", {}, "200 accepted:completed"),
        ("enrollment.created", {}, "200 accepted:acknowledged"),
        ("course.deleted", {}, "202 parked:unknown_event_type"),
    ],
)
def test_a_duplicate_is_told_the_first_receipt_and_the_first_outcome(
    partner: Partners, enrolled: Enroll, live_db: Db, event: str, more: dict[str, object], first: str
) -> None:
    student, key = enrolled("cpr-first-aid"), new_key()
    body = body_of(event, student.id, **more)
    answers = [partner("hsi").send(body, key) for _ in range(3)]
    again = f"200 duplicate:{first.split()[1]}"
    assert [answer.said for answer in answers] == [first, again, again]
    assert len({answer.json["receipt"] for answer in answers}) == 1
    assert [event["seen"] for event in events(live_db, student.id)] == [3]


def test_a_duplicate_of_a_parked_event_is_told_the_first_outcome_even_after_it_was_applied(
    partner: Partners, enrolled: Enroll, live_db: Db
) -> None:
    student, account, key = enrolled("cpr-first-aid"), new_key(), new_key()
    body = body_of("course.completed", account)
    assert partner("hsi").send(body, key).said == "202 parked:unknown_student"
    live_db.execute("select handoff.link_partner_account('hsi', %s, %s)", [account, student.id])
    assert student.status() == "completed"
    assert partner("hsi").send(body, key).said == "200 duplicate:parked:unknown_student"
    assert (student.changes("completed"), student.certificates()) == (1, 1)


def test_a_repeat_of_an_ignored_event_is_a_duplicate_of_it(partner: Partners, live_db: Db) -> None:
    body, key = body_of("ping", new_key()), new_key()
    first, second = (partner("testing").send(body, key) for _ in range(2))
    assert (first.said, second.said) == ("200 ignored:test_event", "200 duplicate:ignored:test_event")
    assert second.json["receipt"] == first.json["receipt"]


def test_a_repeat_of_a_rejected_body_is_a_duplicate_with_the_first_receipt(partner: Partners, live_db: Db) -> None:
    key = new_key()
    first, second = (partner("hsi").send(b'{"event":', key) for _ in range(2))
    assert (first.said, second.said) == ("400 bad_json", "200 duplicate:rejected:bad_json")
    assert second.json["receipt"] == first.json["receipt"]


def test_fifty_copies_at_once_are_one_event(partner: Partners, enrolled: Enroll, live_db: Db) -> None:
    john, key = enrolled("medical-assistant"), new_key()
    body = body_of("course.completed", john.id, course_id="hsi-cpr-101")
    headers = partner("hsi").signed(body, key)
    said = at_once(lambda _: partner("hsi").post(body, headers))
    assert said == {"200 accepted:completed": 1, "200 duplicate:accepted:completed": COPIES - 1}
    assert john.steps() == "hsi:completed certiport:in_progress careersafe:pending"
    assert (john.changes("completed"), john.changes("in_progress")) == (1, 2)
    assert [event["seen"] for event in events(live_db, john.id)] == [COPIES]


@pytest.mark.parametrize(
    ("slug", "program", "event"),
    [
        ("careersafe", "forklift-operator", "training.completed"),
        ("milady", "barber-apprenticeship", "course.completed"),
    ],
)
def test_fifty_copies_at_once_without_an_id_are_one_event(
    partner: Partners, enrolled: Enroll, slug: str, program: str, event: str
) -> None:
    student = enrolled(program)
    body = body_of(event, student.id)
    said = at_once(lambda _: partner(slug).send(body))
    assert said == {"200 accepted:completed": 1, "200 duplicate:accepted:completed": COPIES - 1}
    assert student.changes("completed") == 1


def test_fifty_reports_of_one_completion_under_keys_of_their_own_complete_one_step(
    partner: Partners, enrolled: Enroll
) -> None:
    john = enrolled("medical-assistant")
    completed_at = datetime.now(UTC).isoformat()
    body = body_of("course.completed", john.id, course_id="hsi-cpr-101", completed_at=completed_at)
    said = at_once(lambda _: partner("hsi").send(body))
    assert said == {"200 accepted:completed": 1, "200 ignored:already_completed": COPIES - 1}
    assert john.steps() == "hsi:completed certiport:in_progress careersafe:pending"


def test_one_key_with_fifty_bodies_at_once_is_one_event_and_conflicts(partner: Partners, enrolled: Enroll) -> None:
    john, key = enrolled("medical-assistant"), new_key()
    said = at_once(lambda n: partner("hsi").send(body_of("course.completed", john.id, course_id=f"c-{n}"), key))
    assert said == {"200 accepted:completed": 1, "409 key_reused": COPIES - 1}
    assert john.changes("completed") == 1


def test_all_partners_of_a_student_at_once_lose_nothing(partner: Partners, enrolled: Enroll) -> None:
    john = enrolled("medical-assistant")
    deliveries = [
        ("hsi", body_of("course.completed", john.id)),
        ("certiport", body_of("exam.completed", john.id, passed=True)),
        ("careersafe", body_of("training.completed", john.id)),
    ]
    said = at_once(lambda n: partner(deliveries[n][0]).send(deliveries[n][1]), len(deliveries))
    assert set(said) <= {"200 accepted:completed", "200 accepted:completed_early"}
    assert john.steps() == "hsi:completed certiport:completed careersafe:completed"
    assert (john.status(), john.certificates()) == ("completed", 1)


def test_keys_belong_to_their_partner(partner: Partners, enrolled: Enroll) -> None:
    john, key = enrolled("medical-assistant"), new_key()
    body = body_of("enrollment.created", john.id)
    first, second = partner("hsi").send(body, key), partner("certiport").send(body, key)
    assert (first.said, second.said) == ("200 accepted:acknowledged",) * 2
    assert first.json["receipt"] != second.json["receipt"]


# Breakdowns in the middle, on a server of its own


@pytest.fixture(scope="module")
def other_server(live_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A second server on the live database; its workers may be killed. It has the one login for all."""
    settings = SETTINGS | {"DATABASE_URL": live_server.db_url}
    with serving(settings, tmp_path_factory.mktemp("other") / "server.log") as server:
        yield server


def insistent(partner: Partner, body: bytes, key: str) -> Answer:
    """Sends again and again until there is an answer, as partners do."""
    deadline = time.monotonic() + 10
    while True:
        try:
            return partner.send(body, key)
        except (OSError, HTTPException):
            if time.monotonic() > deadline:
                raise


def test_workers_that_are_killed_take_no_event_with_them(other_server: Server, enrolled: Enroll) -> None:
    hsi = Partner("hsi", other_server.port)
    students = [enrolled("cpr-first-aid") for _ in range(20)]

    def deliver(number: int) -> str:
        if number == 5:
            kill_workers(other_server)
        return insistent(hsi, body_of("course.completed", students[number].id), f"killed-{students[number].id}").said

    with ThreadPoolExecutor(4) as pool:
        said = set(pool.map(deliver, range(len(students))))
    assert said <= {"200 accepted:completed", "200 duplicate:accepted:completed"}
    for student in students:
        assert (student.status(), student.certificates(), student.changes("completed")) == ("completed", 1, 1)


def test_a_worker_that_is_killed_after_the_commit_and_before_the_answer_leaves_a_duplicate(
    other_server: Server, live_server: Server, enrolled: Enroll, live_db: Db
) -> None:
    student, key, hsi = enrolled("cpr-first-aid"), new_key(), Partner("hsi", other_server.port)
    body = body_of("course.completed", student.id)
    with ThreadPoolExecutor(1) as pool, psycopg.connect(live_server.db_url) as holder:
        holder.execute("select from handoff.enrollments as e where e.id = %s for update", [student.enrollment])
        first = pool.submit(hsi.send, body, key)
        await_sessions_behind(live_db, holder)
        kill_workers(other_server)
        with pytest.raises((OSError, HTTPException)):
            first.result()
    assert insistent(hsi, body, key).said == "200 duplicate:accepted:completed"
    assert (student.certificates(), student.changes("completed")) == (1, 1)


def test_a_connection_that_breaks_before_the_commit_is_taken_up_again_without_the_sender(
    other_server: Server, live_server: Server, enrolled: Enroll, live_db: Db
) -> None:
    student, hsi = enrolled("cpr-first-aid"), Partner("hsi", other_server.port)
    with ThreadPoolExecutor(1) as pool, psycopg.connect(live_server.db_url) as holder:
        holder.execute("select from handoff.enrollments as e where e.id = %s for update", [student.enrollment])
        first = pool.submit(hsi.send, body_of("course.completed", student.id))
        live_db.execute("select pg_catalog.pg_terminate_backend(%s)", await_sessions_behind(live_db, holder)[:1])
        holder.rollback()
        assert first.result().said == "200 accepted:completed"
    assert (student.certificates(), student.changes("completed")) == (1, 1)
