"""Handoff's pages on a test's own database: who looks at them, what they show, and a clock that stands still."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import psycopg
from bs4 import BeautifulSoup, Tag
from flask import Flask
from psycopg import sql
from psycopg.rows import DictRow
from werkzeug.test import TestResponse

from app.database.pools import Pools
from app.pages.session import COOKIE, digest
from app.settings import Settings
from app.worker.mails.delivery import Mails
from tests.world.partners import body_of, new_key

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Page:
    """An answer, read as a person reads it: all texts without markup, white space as one space."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The document."""
        return BeautifulSoup(self.response.get_data(as_text=True), "html.parser")

    @property
    def text(self) -> str:
        """What stands in <main>."""
        return said(self.one("main"))

    @property
    def location(self) -> str | None:
        """Where it sends the visitor."""
        return self.response.headers.get("Location")

    def one(self, css: str) -> Tag:
        """The one element that fits."""
        found = self.soup.select(css)
        assert len(found) == 1, f"{len(found)} elements are {css} in:\n{self.soup}"
        return found[0]

    def texts(self, css: str) -> list[str]:
        """The text of every element that fits."""
        return [said(element) for element in self.soup.select(css)]

    def section(self, heading: str) -> str:
        """The text of the section below a heading, without the heading."""
        head = next(h for h in self.soup.select("section h2, article > h2") if said(h) == heading)
        part = head.find_parent(["section", "article"])
        assert part is not None
        return said(part).removeprefix(heading).strip()


def said(element: Tag) -> str:
    """The text of an element; what is hidden from the eye only is in it, what is hidden from a reader's ear is not."""
    hidden = element.select("[aria-hidden=true]")
    strings = (s for s in element.strings if not any(h in s.parents for h in hidden))
    return " ".join("".join(strings).split())


class Site:
    """The pages, with the database behind them. `now`: what its clock says until it is moved."""

    def __init__(self, app: Flask, db: psycopg.Connection[DictRow]) -> None:
        self.app, self.db = app, db
        self.set_clock(MORNING)

    def close(self) -> None:
        """Gives back its connections."""
        self.app.extensions["handoff_readiness"].close()
        self.app.extensions["handoff_worker_watch"].close()
        self.app.extensions["handoff_pools"].close()

    def set_clock(self, now: datetime) -> None:
        """Stops the database's clock at this time, for every session."""
        self.now = now
        function = "create or replace function handoff.clock() returns timestamptz language sql volatile as {}"
        self.db.execute(sql.SQL(function).format(sql.Literal(f"select timestamptz '{now.isoformat()}'")))

    def travel(self, **by: float) -> None:
        """Moves the clock: travel(days=8)."""
        self.set_clock(self.now + timedelta(**by))

    def value(self, statement: str, *arguments: object) -> Any:
        """The first value of the first row, by the superuser."""
        row = self.db.execute(statement.encode(), arguments).fetchone()
        return next(iter(row.values())) if row else None

    def mail(self) -> None:
        """What a worker with the settings of the pages does: every mail that is due is sent, or has failed."""
        settings: Settings = self.app.config["HANDOFF"]
        pools = Pools(settings)
        try:
            with pools.connect("worker") as db, Mails(settings, pools) as mails:
                while claimed := mails.claim(db, 9, 9):
                    for mail in claimed:
                        mails.attempt(mail)
        finally:
            pools.close()

    def sweep(self) -> None:
        """What a worker does each minute: the trail is followed, and what is wrong opens an alert."""
        self.db.execute("select handoff.follow_trail(m.last_id, '3', 1000000, 'watch') from handoff.mark_trail() as m")
        self.db.execute("select handoff.sweep_alerts()")

    def visitor(self) -> Visitor:
        """Somebody with a browser of their own."""
        return Visitor(self)

    def student(self, name: str = "John Student") -> Person:
        """A new student."""
        return Person.register(self, name, "student")

    def admin(self, name: str = "Ada Admin") -> Person:
        """A new admin."""
        return Person.register(self, name, "admin")

    def send(self, partner: str, event: str, student: Person | str, **fields: Any) -> str:
        """A partner's event about a student, named by our profile id or by a text; the answer as status:reason."""
        return self.deliver(partner, body_of(event, student if isinstance(student, str) else student.id, **fields))

    def deliver(self, partner: str, body: bytes, key: str | None = None) -> str:
        """What a signed webhook does in the database; the answer as status:reason."""
        with self.db.transaction():
            self.db.execute("set local role handoff_webhook")
            receipt = self.db.execute(
                "select * from handoff.receive_partner_event(%s, %s, %s)", [partner, key or new_key(), body]
            ).fetchone()
        assert receipt
        return f"{receipt['status']}:{receipt['reason']}"

    def step(self, enrollment: UUID, order: int) -> UUID:
        """The id of a step."""
        step: UUID = self.value(
            "select s.id from handoff.enrollment_steps as s where s.enrollment_id = %s and s.sequence_order = %s",
            enrollment,
            order,
        )
        return step


class Visitor:
    """A browser: keeps its cookies, follows no redirect by itself."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.client = site.app.test_client()

    def get(self, path: str) -> Page:
        """One page."""
        return Page(self.client.get(path, base_url=self._base_url))

    def post(self, path: str, **fields: str) -> Page:
        """A form that this site may not have made."""
        return Page(self.client.post(path, data=fields, base_url=self._base_url))

    def submit(self, page: Page, form: str = "main form", **typed: str) -> Page:
        """Fills in a form of the page and sends it, with the hidden fields that it holds."""
        element = page.one(form)
        hidden = {str(field["name"]): str(field["value"]) for field in element.select("input[type=hidden]")}
        return self.post(str(element["action"]), **hidden | typed)

    @property
    def _base_url(self) -> str:
        return str(self.site.app.config["HANDOFF"].base_url)


class Person(Visitor):
    """Somebody who is signed in, also after the clock was moved."""

    def __init__(self, site: Site, id: UUID, email: str) -> None:
        super().__init__(site)
        self.id, self.email = id, email
        self._signed_in_at: datetime | None = None

    @classmethod
    def register(cls, site: Site, name: str, role: str) -> Person:
        """A new person with this name."""
        email = f"{secrets.token_hex(6)}@test.example"
        return cls(site, site.value("select handoff.create_profile(%s, %s, %s)", email, name, role), email)

    def get(self, path: str) -> Page:
        """One page, as this person."""
        if self._signed_in_at != self.site.now:
            self.sign_in()
        return super().get(path)

    def sign_in(self) -> None:
        """What opening the link does, without the mail."""
        link, cookie = secrets.token_urlsafe(), secrets.token_urlsafe()
        assert self.site.value("select handoff.request_sign_in(%s, %s)", self.email, digest(link))
        assert self.site.value("select handoff.complete_sign_in(%s, %s)", digest(link), digest(cookie))
        name = self.site.app.config["HANDOFF"].cookie(COOKIE)
        self.client.set_cookie(name, cookie, domain=urlsplit(self._base_url).hostname or "")
        self._signed_in_at = self.site.now

    def enroll(self, program: str) -> UUID:
        """Into a program; the enrollment."""
        enrollment: UUID = self.site.value("select handoff.enroll_student(%s, %s)", self.id, program)
        return enrollment

    def act(self, function: str, *arguments: object) -> Any:
        """Calls one of the functions for an admin's hand, as this person."""
        call = sql.SQL("select handoff.{}({})").format(
            sql.Identifier(function), sql.SQL(", ").join(sql.Placeholder() * len(arguments))
        )
        with self.site.db.transaction():
            claims = json.dumps({"sub": str(self.id)})
            self.site.db.execute(
                "select set_config('role', 'handoff_admin', true), set_config('request.jwt.claims', %s, true)", [claims]
            )
            row = self.site.db.execute(call, arguments).fetchone()
        return next(iter(row.values())) if row else None
