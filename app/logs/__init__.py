"""Log lines, in one form for every process: as text or as JSON, each with what it is about.

No line holds what others could forge a second one with, nor the message of an exception, which may quote a secret or a
person.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType

from app.errors import trace

FORMATS = ("text", "json")
LEVELS = ("info", "warning", "error")
_about: ContextVar[dict[str, object] | None] = ContextVar("about", default=None)


@contextmanager
def about(**fields: object) -> Iterator[None]:
    """Each line of this block, and of this thread, names these: such as receipt, message_id, partner."""
    token = _about.set((_about.get() or {}) | fields)
    try:
        yield
    finally:
        _about.reset(token)


def note(**fields: object) -> None:
    """What became known within the innermost block: its later lines name it, too. Without a block, nothing is noted."""
    known = _about.get()
    if known is not None:
        known.update(fields)


def begin(form: str, level: str) -> None:
    """Writes the lines of this process to stderr. Its first call counts."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    logging.basicConfig(level=level.upper(), handlers=[handler])


class TextLines(logging.Formatter):
    """A line begins with its time; what belongs to it below, such as a trace, is indented."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Where it came through."""
        return trace(ei[1]) if ei[1] else ""

    def format(self, record: logging.LogRecord) -> str:
        """See logging.Formatter."""
        first, *below = map(_printable, super().format(record).split("\n"))
        return "\n    ".join([first + "".join(f" {name}={_word(value)}" for name, value in _fields()), *below])


class JsonLines(TextLines):
    """An object a line: time, level, logger, message, and what it is about."""

    def format(self, record: logging.LogRecord) -> str:
        """See logging.Formatter."""
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")[:-6] + "Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told | dict(_fields()), default=str)


def _fields() -> Iterator[tuple[str, object]]:
    return ((name, value) for name, value in (_about.get() or {}).items() if value is not None)


def _word(value: object) -> str:
    text = _printable(str(value))
    return json.dumps(text) if not text or set(text) & set(' "=') else text


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)
