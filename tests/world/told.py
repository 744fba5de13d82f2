"""Partners as they are told of students: a small server that keeps what it was sent, and answers as a test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HOST = "127.0.0.1"
Answer = tuple[int, dict[str, str], bytes]


@dataclass(frozen=True)
class Told:
    """One POST: whose address it came to (the first part of the path), its headers and its body."""

    slug: str
    headers: dict[str, str]
    body: bytes

    @property
    def message_id(self) -> str:
        """The key of the message, by which a repeat is known."""
        return self.headers["webhook-id"]

    @property
    def said(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def accept(_: Told) -> Answer:
    """What a partner answers that has taken the student, and says no more."""
    return 200, {}, b"{}"


@dataclass
class Partners:
    """All partners of a test behind one port; `answer` may block."""

    port: int
    told: list[Told] = field(default_factory=list)
    answer: Callable[[Told], Answer] = accept
    came: threading.Condition = field(default_factory=threading.Condition)

    @property
    def host(self) -> str:
        """As HANDOFF_OUTGOING_TEST_HOSTS names it."""
        return f"{HOST}:{self.port}"

    def url(self, slug: str) -> str:
        """What a partner's enroll_url is."""
        return f"http://{self.host}/{slug}/enroll"

    def wait(self, count: int, seconds: float = 30) -> list[Told]:
        """What was told, as soon as there is so much of it."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.told) >= count, seconds), f"{len(self.told)} of {count} came"
            return list(self.told)


@contextmanager
def partners() -> Iterator[Partners]:
    """The server, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = self.rfile.read(length)
            if len(body) < length:
                return  # the worker was killed while it sent: nobody was told
            headers = {name.lower(): text for name, text in self.headers.items()}
            told = Told(self.path.split("/")[1], headers, body)
            with listening.came:
                listening.told.append(told)
                listening.came.notify_all()
            status, more, answer = listening.answer(told)
            try:
                self.send_response(status)
                for name, text in {**more, "Content-Length": str(len(answer))}.items():
                    self.send_header(name, text)
                self.end_headers()
                self.wfile.write(answer)
            except OSError:
                pass  # the worker was killed

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer((HOST, 0), Handler) as server:
        server.daemon_threads = True
        listening = Partners(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield listening
        finally:
            server.shutdown()
