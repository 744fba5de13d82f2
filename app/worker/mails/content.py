"""What a mail says, before it has a form: the kinds fill it, the layout shows it as text and as HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

PRODUCT = "Handoff"


@dataclass(frozen=True)
class Line:
    """An entry of a list: what it is about, what there is to say, and where to see it."""

    title: str
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class Content:
    """One mail: at most one button, which is the next act."""

    subject: str
    paragraphs: tuple[str, ...]
    button: tuple[str, str] | None = None  # its words, and the address that it opens
    after: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    greets: bool = True


@dataclass(frozen=True)
class Facts:
    """What handoff_private.mail_facts tells, with who is mailed and where the pages are."""

    told: Mapping[str, Any]
    full_name: str
    base_url: str

    def __getattr__(self, name: str) -> Any:
        """A fact by its name; None: it is not told."""
        return self.told.get(name)

    @property
    def school(self) -> str:
        """The name that stands on the mail."""
        return str(self.told.get("school") or PRODUCT)

    @property
    def they(self) -> str:
        """The school, within a sentence."""
        return str(self.told.get("school") or "your school")

    @property
    def They(self) -> str:
        """The school, where a sentence begins."""
        return str(self.told.get("school") or "Your school")

    @property
    def now(self) -> datetime:
        """When the mail is written, by the database's clock."""
        return datetime.fromisoformat(self.told["now"])

    def page(self, path: str) -> str:
        """The address of one of our pages; one elsewhere stays as it is."""
        return self.base_url + path if path.startswith("/") else path

    def day(self, name: str) -> str:
        """'3 March 2026', of a moment among the facts, by the school's clocks."""
        moment = datetime.fromisoformat(self.told[name]).astimezone(_zone(str(self.told.get("time_zone") or "UTC")))
        return f"{moment.day} {moment:%B %Y}"


Kind = Callable[[Facts], Content]


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")
