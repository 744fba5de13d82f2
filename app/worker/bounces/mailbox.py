"""The mailbox to which mails come back, read by IMAP once a minute by whichever worker comes first."""

from __future__ import annotations

import imaplib
import logging
import re
import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg_pool import PoolTimeout

from app.database.pools import Pools, taken
from app.settings import Settings
from app.worker.bounces.report import LARGEST, Bounce
from app.worker.bounces.return_path import ReturnPath
from app.worker.bounces.take import NOTE, Note, take
from app.worker.clock import Clock

log = logging.getLogger("handoff.bounces")

EVERY = 60.0  # seconds between two looks
TIMEOUT = 10.0  # seconds, for each exchange with the mail server
AT_ONCE = 100  # mails of one look; what is left comes with the next
SEARCHED = 50_000  # uids that one search looks at: its answer is one line, of which imaplib reads 1 MB at most
TRIES = 3  # looks at a mail that the server does not give out


class Mailbox:
    """Reads the mailbox in a thread of its own: a mail server that hangs keeps no message waiting."""

    def __init__(self, settings: Settings, pools: Pools, clock: Clock | None = None) -> None:
        self._url, self._return_path, self._pools = settings.bounces_imap_url, ReturnPath.of(settings), pools
        self._clock = clock or Clock()
        self._due = 0.0
        self._failures: Counter[str] = Counter()
        self._reading: threading.Thread | None = None

    def look(self) -> None:
        """Begins to read when it is time, and returns at once. Several workers may: a bounce is noted once."""
        is_reading = self._reading is not None and self._reading.is_alive()
        if not self._url or not self._return_path or is_reading or self._clock.monotonic() < self._due:
            return
        self._due = self._clock.monotonic() + EVERY
        self._reading = threading.Thread(target=self._read, args=[self._url, self._return_path], daemon=True)
        self._reading.start()

    def _read(self, url: str, return_path: ReturnPath) -> None:
        try:
            read(url, return_path, self._note, self._failures)
        except (psycopg.Error, PoolTimeout) as fault:
            log.warning("bounces wait for the database: %s", type(fault).__name__)
        except Exception as fault:  # nobody waits for this thread: the log is the only place to tell
            log.warning("the mailbox of bounces can't be read: %s", type(fault).__name__)

    def _note(self, message_id: Any, bounce: Bounce) -> str:
        with taken(self._pools.get("worker")) as db:
            row = db.execute(NOTE, [message_id, bounce.is_hard, bounce.status, list(bounce.recipients)]).fetchone()
        return str(next(iter(row.values()))) if row else ""


def read(url: str, return_path: ReturnPath, note: Note, failures: Counter[str] | None = None) -> int:
    """Reads what is new in a mailbox, at most AT_ONCE mails; returns how many.

    What is noted is deleted. Everything else stays, marked as read: it may be a person's. A mail that the server does
    not give out is passed over, and after TRIES looks left behind; `failures` knows them from look to look. Raises
    imaplib's errors, OSError, and what `note` raises: then the mail is as new as before.
    """
    failures = Counter() if failures is None else failures
    with _signed_in(url) as server:
        (count,) = _said(server.select(_quoted(unquote(urlsplit(url).path.lstrip("/")) or "INBOX")))
        epoch = (server.response("UIDVALIDITY")[1][0] or b"").decode()  # uids of another epoch are other mails
        unread = _unread(server) if int(count or b"0") else iter(())
        uids = list(islice((uid for uid in unread if failures[f"{epoch}.{uid}"] < TRIES), AT_ONCE))
        noted = []
        for uid in uids:
            try:
                if _take(server, uid, return_path, note):
                    noted.append(uid)
            except (imaplib.IMAP4.error, OSError) as fault:
                _pass_over(server, uid, f"{epoch}.{uid}", failures)
                if isinstance(fault, imaplib.IMAP4.abort | OSError):  # the connection is gone
                    raise
        # Without UIDPLUS an EXPUNGE would take what others have marked, too: the marks are left to them.
        if noted and "UIDPLUS" in server.capabilities:
            _said(server.uid("EXPUNGE", ",".join(noted)))
    return len(uids)


def _unread(server: imaplib.IMAP4) -> Iterator[str]:
    """The uids of what is new, the oldest first, in a mailbox that was just opened and is not empty."""
    end = int(server.response("UIDNEXT")[1][0] or 0)
    (said,) = _said(server.fetch("1", "(UID)"))[:1]
    lowest = re.search(rb"UID (\d+)", said or b"")
    first = int(lowest[1]) if lowest else 1
    # A server of before IMAP4rev1 tells no end: it is asked for all.
    ranges = [f"{uid}:{uid + SEARCHED - 1}" for uid in range(first, end, SEARCHED)] if end else ["1:*"]
    for uids in ranges:
        (found,) = _said(server.uid("SEARCH", "UID", uids, "UNSEEN", "UNDELETED"))
        yield from (found or b"").decode().split()


def _pass_over(server: imaplib.IMAP4, uid: str, name: str, failures: Counter[str]) -> None:
    failures[name] += 1
    if failures[name] < TRIES:
        return
    left = sum(times >= TRIES for times in failures.values())
    log.warning("mail %s in the mailbox of bounces can't be read, and is left there: %d so far", uid, left)
    with suppress(imaplib.IMAP4.error, OSError):
        server.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")


def _take(server: imaplib.IMAP4, uid: str, return_path: ReturnPath, note: Note) -> bool:
    data = _said(server.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST + 1}>)"))
    raw = next((part[1] for part in data if isinstance(part, tuple)), None)
    if raw is None:  # another worker was faster, or it can't be given out
        raise imaplib.IMAP4.error("nothing")
    result = take(raw, return_path, note)
    log.info("%s", result.told)
    _said(server.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen \Deleted)" if result.is_noted else r"(\Seen)"))
    return result.is_noted


def _signed_in(url: str) -> imaplib.IMAP4:
    parts = urlsplit(url)
    host, user, password = parts.hostname or "", unquote(parts.username or ""), unquote(parts.password or "")
    server: imaplib.IMAP4
    if parts.scheme == "imaps":
        context = ssl.create_default_context()
        server = imaplib.IMAP4_SSL(host, parts.port or 993, ssl_context=context, timeout=TIMEOUT)
    else:  # this machine alone, see Settings
        server = imaplib.IMAP4(host, parts.port or 143, timeout=TIMEOUT)
    try:
        if "AUTH=PLAIN" in server.capabilities:
            server.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())
        else:
            server.login(_quoted(user), password)
    except BaseException:
        server.shutdown()
        raise
    # What a server can do for us it says after signing in.
    server.capabilities = tuple(_said(server.capability())[0].decode().upper().split())
    return server


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _said(answer: tuple[str, list[Any]]) -> list[Any]:
    """What a server answers. Raises imaplib.IMAP4.error, without its text, which may quote anything."""
    kind, data = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(kind)
    return data
