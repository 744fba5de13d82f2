"""A mail server that counts mails by Message-ID and keeps none. Source: RFC 5321, as much of it as smtplib needs."""

from __future__ import annotations

import socketserver
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes

HOST = "127.0.0.1"


class MailServer:
    """What was taken. `refuses` says of a recipient's address which reply it gets, None: it is taken; `is_away`,
    whether it takes nobody's call.
    """

    def __init__(self, refuses: Callable[[str], str | None], is_away: Callable[[], bool] = lambda: False) -> None:
        self.refuses, self.is_away = refuses, is_away
        self._lock = threading.Lock()
        self.mails: Counter[str] = Counter()  # by Message-ID
        self.nameless = 0

    def take(self, content: bytes) -> None:
        """One mail, before the server says that it has it."""
        mail = message_from_bytes(content)
        with self._lock:
            self.nameless += not mail["Message-ID"]
            self.mails[str(mail["Message-ID"])] += 1


@contextmanager
def receiving(mail_server: MailServer) -> Iterator[str]:
    """Serves until the block ends; where: host:port."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):  # whoever sent it was killed
                self._talk()

        def _talk(self) -> None:
            if mail_server.is_away():
                self._say("421 away")
                return
            self._say("220 simulated")
            while line := self.rfile.readline():
                verb = line[:4].upper()
                if verb == b"RCPT":
                    recipient = line.decode().partition("<")[2].partition(">")[0]
                    self._say(mail_server.refuses(recipient) or "250 fine")
                elif verb == b"DATA":
                    self._say("354 go on")
                    mail_server.take(self._content())
                    self._say("250 taken")
                elif verb == b"EHLO":
                    self._say("250-simulated")
                    self._say("250 SMTPUTF8")
                else:
                    self._say("221 bye" if verb == b"QUIT" else "250 fine")

        def _content(self) -> bytes:
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line.removeprefix(b"."))
            if not line:
                raise ConnectionError("cut in the middle of a mail")
            return b"".join(lines)

        def _say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    with socketserver.ThreadingTCPServer((HOST, 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"{HOST}:{server.server_address[1]}"
        finally:
            server.shutdown()
