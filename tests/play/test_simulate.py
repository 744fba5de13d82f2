"""simulate: all partners against the real server, and a balance that can tell when something is wrong."""

from __future__ import annotations

import random
import select
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count, islice
from pathlib import Path

import psycopg
import pytest
from click.testing import Result
from psycopg import Connection
from psycopg.rows import DictRow

from app.operate.commands.partner import EventType, Target
from app.play import create_app
from app.play.simulation.events import OUTCOMES, Event, Student, Writer
from app.play.simulation.sender import Missed, Patience, Sender
from app.play.simulation.senders import GIVEN_UP, Senders
from app.play.simulation.stream import Rates, Stream
from tests.world import partners
from tests.world.partners import new_secret
from tests.world.server import serving

Db = Connection[DictRow]
ACCEPTED = b'{"success": true, "status": "accepted", "reason": "completed"}'
HSI = Target("hsi", "HSI", "active", "standard", (new_secret(),))
TYPES = [
    EventType("hsi", "course.completed", "completion", "course_id", "passed", "score", None),
    EventType("hsi", "module.completed", "progress", "module_id", None, None, 3),
    EventType("hsi", "certificate.issued", "evidence", None, None, None, None),
]


@pytest.fixture
def run(db_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """run("--events", "10"): the command on this test's own database, with the live server's partners."""
    partners.configure(db_url)
    for name, value in (partners.SETTINGS | {"DATABASE_URL": db_url}).items():
        monkeypatch.setenv(name, value)
    runner = create_app().test_cli_runner()
    return lambda *words: runner.invoke(args=["simulate", "--pause", "0.2", "--delay", "0.3", *words])


class Answers:
    """A server that answers each request with the next of its answers, and with the last for ever."""

    def __init__(self, *answers: tuple[int, bytes] | None, keeps_connections: bool = True) -> None:
        self.left = deque(answers)
        self.keeps_connections = keeps_connections
        self.asked: list[dict[str, str]] = []

    def next(self, headers: dict[str, str]) -> tuple[int, bytes] | None:
        """Status and body; None: the connection is dropped."""
        self.asked.append(headers)
        return self.left.popleft() if len(self.left) > 1 else self.left[0]

    @contextmanager
    def listening(self) -> Iterator[str]:
        """Its URL."""
        told = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                answer = told.next(dict(self.headers))
                if answer is None:
                    self.close_connection = True
                    return
                self.send_response(answer[0])
                self.send_header("Retry-After", "3600")
                self.send_header("Content-Length", str(len(answer[1])))
                self.end_headers()
                self.wfile.write(answer[1])
                self.close_connection = not told.keeps_connections

            def log_message(self, *_: object) -> None:
                """Nothing."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            server.daemon_threads = True
            thread = threading.Thread(target=server.serve_forever, args=(0.05,))
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_port}"
            finally:
                server.shutdown()
                thread.join()


def test_the_books_of_the_real_server_balance_in_every_scheme(
    run: Callable[..., Result], db: Db, db_url: str, tmp_path: Path
) -> None:
    with serving(partners.SETTINGS | {"DATABASE_URL": db_url}, tmp_path / "log") as server:
        words = ("--url", server.base_url, "--seed", "1", "--workers", "4", "--garbage", "20", "--duplicates", "20")
        result = run("--events", "250", *words)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1] == "OK: the books balance"
    rows = db.execute("select e.partner_slug, e.seen from handoff.partner_events as e").fetchall()
    assert {row["partner_slug"] for row in rows} >= {"hsi", "certiport", "careersafe", "jri", "milady"}
    assert any(row["seen"] > 1 for row in rows)


def test_the_books_balance_though_every_connection_is_cut_in_the_middle(
    run: Callable[..., Result], db: Db, db_url: str, tmp_path: Path
) -> None:
    cut: list[int] = []

    def cut_after(stored: int) -> None:
        """Ends each connection of the server and of the command, once so many events are stored."""
        with psycopg.connect(db_url, autocommit=True) as own:
            while not own.execute("select count(*) >= %s from handoff.partner_events", [stored]).fetchone()[0]:  # type: ignore[index]
                time.sleep(0.01)
            cut.append(
                own.execute(
                    "select pg_terminate_backend(a.pid) from pg_stat_activity as a"
                    " where a.datname = current_database() and a.application_name like 'handoff %'"
                ).rowcount
            )

    with serving(partners.SETTINGS | {"DATABASE_URL": db_url}, tmp_path / "log") as server:
        threads = [threading.Thread(target=cut_after, args=(stored,), daemon=True) for stored in (30, 90, 150)]
        for thread in threads:
            thread.start()
        result = run("--url", server.base_url, "--events", "200", "--seed", "5")
        for thread in threads:
            thread.join(60)
    assert result.exit_code == 0, result.output
    assert len(cut) == 3
    assert sum(cut) >= 3


def test_a_server_that_answers_without_storing_does_not_balance(run: Callable[..., Result]) -> None:
    with Answers((200, ACCEPTED)).listening() as url:
        result = run("--url", url, "--events", "10", "--workers", "2", "--seed", "1")
    assert result.exit_code == 1
    wrong = [line for line in result.stdout.splitlines() if line.startswith("WRONG ")]
    assert any("0 events are stored" in line for line in wrong)
    assert any("0 certificates of" in line for line in wrong)


def test_without_a_secret_nothing_can_be_played(db_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", db_url)
    result = create_app().test_cli_runner().invoke(args=["simulate"])
    assert result.exit_code == 1
    assert "secret" in result.stderr


# The balance


def test_each_way_to_be_out_of_balance_is_seen(
    run: Callable[..., Result], db: Db, db_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a good run something is changed by hand, before the books are read."""
    from app.play.simulation import command as simulate

    changed = iter(
        (
            "delete from handoff.webhook_refusals",  # no part of the books
            "update handoff.partner_events set first_outcome = 'ignored:already_completed' where reason = 'evidence'",
            "update handoff.partner_events set event_key = 'lost'"
            " where position = (select max(position) from handoff.partner_events)",
            "alter table handoff.certificates disable trigger append_only; delete from handoff.certificates",
        )
    )
    read = simulate.balance

    def balance(*arguments: object) -> object:
        db.execute(next(changed).encode())
        return read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(simulate, "balance", balance)
    with serving(partners.SETTINGS | {"DATABASE_URL": db_url}, tmp_path / "log") as server:
        results = [
            run("--url", server.base_url, "--events", "20", "--garbage", "0", "--workers", "2") for _ in range(4)
        ]
    assert [result.exit_code for result in results] == [0, 1, 1, 1]


# The senders


def sent_to(answers: Answers, *events: Event, give_up: float = 60) -> tuple[Senders, list[tuple[str, str]]]:
    """What became of events: the key and the outcome of each."""
    found: list[tuple[str, str]] = []
    with answers.listening() as url:
        senders = Senders(url, 1, Patience(0.05, give_up), lambda event, outcome: found.append((event.key, outcome)))
        for event in events:
            assert senders.put(event, 30)
        senders.finish()
        for thread in senders._threads:
            thread.join(60)
    return senders, found


def test_a_sender_tries_again_with_the_same_key_until_it_is_answered() -> None:
    answers = Answers((503, b"{}"), None, (429, b"{}"), (500, b"<html>"), (200, ACCEPTED))
    senders, found = sent_to(answers, Event(HSI, "completion", "k-1", b"{}"))
    assert found == [("k-1", "accepted:completed")]
    assert [headers["webhook-id"] for headers in answers.asked] == ["k-1"] * 5
    assert (senders.faults, senders.counts["answered 503"], senders.counts["no answer"]) == ([], 1, 1)


def test_a_connection_that_the_server_closes_between_two_deliveries_is_no_lost_answer() -> None:
    missed: list[Missed] = []
    with Answers((200, ACCEPTED), keeps_connections=False).listening() as url:
        sender = Sender(url, Patience(0.05, 60))
        for _ in range(2):
            answer = sender.send("hsi", b"{}", dict, missed.append)
            assert answer and answer.status == 200
            select.select([sender._connection.sock], [], [], 30)  # until it is closed
        sender.close()
    assert missed == []


def test_a_sender_gives_up_at_last() -> None:
    senders, found = sent_to(Answers(None), Event(HSI, "completion", "k-1", b"{}"), give_up=0.2)
    assert found == [("k-1", GIVEN_UP)]
    assert senders.counts[GIVEN_UP] == 1
    assert len(senders.faults) == 1


def test_a_duplicate_counts_as_what_the_first_one_was_told() -> None:
    duplicate = b'{"status": "duplicate", "reason": "accepted:completed"}'
    senders, found = sent_to(Answers((200, duplicate)), Event(HSI, "completion", "k-1", b"{}"))
    assert (found, senders.faults) == ([("k-1", "accepted:completed")], [])


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, b""), (200, b"[]"), (302, b""), (404, b'{"code": "unknown_partner"}'), (401, b'{"code": "bad_signature"}')],
)
def test_an_answer_that_must_not_be_is_a_fault(status: int, body: bytes) -> None:
    senders, found = sent_to(Answers((status, body)), Event(HSI, "completion", "k-1", b"{}"))
    assert len(found) == len(senders.faults) == 1


# The stream


def stream_of(events: int, rates: Rates, seed: int = 1) -> Stream:
    """A stream of students of one partner, without a database."""
    rng = random.Random(seed)
    numbers = count()

    def enroll(wanted: int, _: random.Random) -> list[Student]:
        return [Student(str(n), {"hsi": f"s-{n}"}, {"hsi": None}) for n in islice(numbers, wanted)]

    writer = Writer("run", rng, {"hsi": HSI}, {"hsi": TYPES})
    return Stream(events, rates, rng, writer, enroll)


def streamed(events: int, rates: Rates, seed: int = 1) -> list[Event]:
    """Everything that leaves, in order."""
    return [event for event in stream_of(events, rates, seed) if event is not None]


def test_every_event_leaves_once_and_some_twice() -> None:
    left = streamed(2000, Rates(0.1, 0.1, 0.05, 0.01))
    first = [event for event in left if not event.is_again]
    again = [event for event in left if event.is_again]
    assert 2000 <= len(first) + sum(event.then is not None for event in first) <= 2200
    assert len({event.key for event in first}) == len(first)
    assert 100 < len(again) < 300
    assert {event.key for event in again} <= {event.key for event in first}
    assert {event.kind for event in first} <= OUTCOMES.keys()
    position = {event.key: number for number, event in enumerate(left) if not event.is_again}
    assert all(position[event.key] < number for number, event in enumerate(left) if event.is_again)


def test_the_rates_are_shares_of_all_events() -> None:
    stream = stream_of(5000, Rates(0.1, 0.1, 0, 0.01))
    left = [event for event in stream if event is not None and not event.is_again]
    assert 0.08 < stream.reordered / len(left) < 0.12
    assert 0.08 < stream.duplicates / len(left) < 0.12


def test_without_rates_every_students_events_leave_in_order_and_nothing_else_does() -> None:
    left = streamed(500, Rates(0, 0, 0, 0))
    assert Counter(event.kind for event in left).keys() == {"completion", "failed attempt", "progress", "evidence"}
    order = ("progress", "failed attempt", "completion", "evidence")
    for account in {event.body.split(b'"student_id": "')[1].split(b'"')[0] for event in left}:
        kinds = [event.kind for event in left if b'"%b"' % account in event.body]
        assert kinds == sorted(kinds, key=order.index)


def test_a_seed_makes_the_same_events_again() -> None:
    rates = Rates(0.1, 0.1, 0.1, 0)
    kinds = [[(event.key, event.kind) for event in streamed(300, rates, seed)] for seed in (7, 7, 8)]
    assert sorted(kinds[0]) == sorted(kinds[1]) != sorted(kinds[2])
