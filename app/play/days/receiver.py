"""Partners who are told of students: what came, and what took effect, each message once by its id."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from app.webhooks.signatures import Refused, verify

HOST = "127.0.0.1"
MOST_FAULTS = 20


class Answer(NamedTuple):
    """What a partner answers. `takes`: whether what it was told takes effect, whatever it answers."""

    status: int
    takes: bool = False
    headers: Mapping[str, str] = {}
    said: Mapping[str, Any] = {}


class Receiver:
    """Every partner. `decide` gets a slug and what the partner is told; `now`, seconds since 1970, is what signatures
    are fresh by; `secrets` by slug."""

    def __init__(
        self, secrets: Mapping[str, str], decide: Callable[[str, Mapping[str, Any]], Answer], now: Callable[[], float]
    ) -> None:
        self._secrets, self._decide, self._now = secrets, decide, now
        self._lock = threading.Lock()
        self._told: dict[str, tuple[str, str]] = {}
        self._taken: set[str] = set()
        self.effects: Counter[tuple[str, str]] = Counter()  # by partner and enrollment, as the partner is told of it
        self.posts = self.repeats = 0
        self.faults: list[str] = []

    def receive(self, slug: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """One POST. What is known by its id has its effect no second time."""
        try:
            key = verify("standard", [self._secrets[slug]], headers, body, self._now()).key
        except (Refused, KeyError) as fault:
            self._fault(f"a message to {slug} is not signed as it must be: {fault}")
            return Answer(401)
        said = json.loads(body)
        told = (slug, str(said["enrollment_id"]))
        answer = self._decide(slug, said)
        with self._lock:
            self.posts += 1
            is_another = self._told.setdefault(key, told) != told
            if answer.takes and key in self._taken:
                self.repeats += 1
            elif answer.takes:
                self._taken.add(key)
                self.effects[told] += 1
        if is_another:
            self._fault(f"message {key} told of two enrollments")
        return answer

    def _fault(self, text: str) -> None:
        with self._lock:
            if len(self.faults) < MOST_FAULTS:
                self.faults.append(text)


@contextmanager
def listening(receiver: Receiver) -> Iterator[str]:
    """Serves until the block ends; where: host:port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): text for name, text in self.headers.items()}
            answer = receiver.receive(self.path.split("/")[1], headers, body)
            content = json.dumps(answer.said).encode()
            with suppress(OSError):  # whoever sent it was killed
                self.send_response(answer.status)
                for name, text in {**answer.headers, "Content-Length": str(len(content))}.items():
                    self.send_header(name, text)
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer((HOST, 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"{HOST}:{server.server_address[1]}"
        finally:
            server.shutdown()
