"""A mailbox of pymap, a real IMAP server, in a process of its own; and TLS in front of it."""

from __future__ import annotations

import imaplib
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.world.server import HOST, free_port

USER, PASSWORD = "bounces", 'a "pass word" of ß'
PATIENCE = 15.0


@dataclass(frozen=True)
class Post:
    """The mailbox, as a mail server and a person see it."""

    port: int

    def url(self, scheme: str = "imap", port: int | None = None, password: str = PASSWORD, folder: str = "") -> str:
        """As BOUNCES_IMAP_URL is written."""
        return f"{scheme}://{USER}:{quote(password)}@{HOST}:{port or self.port}/{folder}"

    @contextmanager
    def opened(self) -> Iterator[imaplib.IMAP4]:
        """As a person opens it."""
        with imaplib.IMAP4(HOST, self.port, timeout=PATIENCE) as server:
            server.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
            server.select()
            yield server

    def put(self, *mails: bytes) -> None:
        """What a mail server does with what comes."""
        with self.opened() as server:
            for mail in mails:
                assert server.append("INBOX", "", "", mail)[0] == "OK"

    def count(self, what: str = "ALL") -> int:
        """How many mails there are, of all or UNSEEN."""
        with self.opened() as server:
            (found,) = server.search(None, what)[1]
        return len(found.split())


@contextmanager
def post() -> Iterator[Post]:
    """An empty mailbox."""
    port = free_port()
    # Its demo data is the one way to have a user.
    options = ["dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD]
    command = [Path(sys.executable).with_name("pymap"), "--host", HOST, "--port", str(port), "--no-tls", *options]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(port, process)
            mailbox = Post(port)
            with mailbox.opened() as server:
                server.store("1:*", "+FLAGS", r"\Deleted")
                server.expunge()
            yield mailbox
        finally:
            process.kill()


@contextmanager
def behind_tls(port: int, context: ssl.SSLContext) -> Iterator[int]:
    """A port where TLS is spoken, and handed on to another."""
    with socket.create_server((HOST, 0)) as listening:
        threading.Thread(target=_accept, args=[listening, port, context], daemon=True).start()
        yield listening.getsockname()[1]


def _accept(listening: socket.socket, port: int, context: ssl.SSLContext) -> None:
    with suppress(OSError):
        while True:
            client, _ = listening.accept()
            with suppress(OSError):
                outer = context.wrap_socket(client, server_side=True)
                inner = socket.create_connection((HOST, port))
                for one, other in ((outer, inner), (inner, outer)):
                    threading.Thread(target=_hand_on, args=[one, other], daemon=True).start()


def _hand_on(one: socket.socket, other: socket.socket) -> None:
    with closing(one), closing(other), suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        with suppress(OSError), socket.create_connection((HOST, port)):
            return
        assert process.poll() is None and time.monotonic() < deadline, "the IMAP server did not start"
        time.sleep(0.05)
