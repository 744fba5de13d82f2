"""A server that says what a test wants."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ACCEPTED = b'{"success": true, "status": "accepted", "reason": "completed"}'


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
