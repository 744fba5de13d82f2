"""A mail as it is written, once: what is stored is what is sent, at every try."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from app.worker.mails.content import Facts
from app.worker.mails.kinds import KINDS
from app.worker.mails.links import BLANK

ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True)
class Written:
    """A mail without whom it goes to. Where a link gives access, text and HTML have a blank, see filled."""

    subject: str
    text: str
    html: str
    message_id: str
    date: str

    @classmethod
    def read(cls, body: str) -> Written:
        """As it was stored."""
        return cls(**json.loads(body))

    def stored(self) -> str:
        """As it is stored."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def filled(self, link: str) -> Written:
        """With this link in its blank."""
        html = self.html.replace(BLANK, str(escape(link)))
        return Written(self.subject, self.text.replace(BLANK, link), html, self.message_id, self.date)


def write(kind: str, message_id: UUID, full_name: str, told: Mapping[str, Any], base_url: str) -> Written:
    """Writes a mail of this kind. `told`: what handoff_private.mail_facts tells."""
    facts = Facts(told, full_name, base_url)
    content = KINDS[kind](facts)
    shown = {"content": content, "school": facts.school, "full_name": full_name}
    text = re.sub(r"\n{3,}", "\n\n", LAYOUTS.get_template("layout.txt").render(shown))
    return Written(
        " ".join(content.subject.split()),
        text.strip("\n") + "\n",
        LAYOUTS.get_template("layout.html").render(shown),
        f"<{message_id}@{urlsplit(base_url).hostname}>",
        format_datetime(facts.now),
    )


def linked(text: str) -> Markup:
    """The text with a link around each address in it, of a page or of a mailbox."""
    parts, at = [], 0
    for found in ADDRESS.finditer(text):
        parts += [escape(text[at : found.start()]), _anchor(found[0])]
        at = found.end()
    return Markup().join([*parts, escape(text[at:])])


def _anchor(address: str) -> Markup:
    target = address if address.startswith(("http://", "https://")) else f"mailto:{address}"
    return Markup('<a href="{}" style="color: #0b4f9e;">{}</a>').format(target, address)


LAYOUTS = Environment(
    loader=PackageLoader("app.worker.mails", "."),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
LAYOUTS.filters["linked"] = linked
