"""The database as the rest of the shell sees it: a connection or a transaction for a block, and what is raised without.

Pages get one transaction in the role of the person, with the claims set: row-level security decides what they see.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import psycopg
from flask import current_app
from psycopg.rows import DictRow
from psycopg_pool import PoolTimeout

from app.database.deadlines import is_over
from app.database.pools import IDLE_SECONDS, Pools, taken


class DatabaseUnavailable(Exception):
    """The pool is exhausted or the database is out of reach: our trouble, to be answered with 503."""


class Identity(NamedTuple):
    """A signed-in person; role is 'student' or 'admin'."""

    profile_id: str
    role: str
    full_name: str
    email: str


def pools() -> Pools:
    """The pools of the current application."""
    held: Pools = current_app.extensions["handoff_pools"]
    return held


@contextmanager
def connection(kind: str) -> Iterator[psycopg.Connection[DictRow]]:
    """A pooled connection in autocommit. Raises DatabaseUnavailable when there is none, or when it breaks."""
    if is_over():
        raise DatabaseUnavailable("no time is left")
    try:
        # A webhook is stored again when its connection breaks; a page is not, so its connection is tried first.
        with taken(pools().get(kind), IDLE_SECONDS if kind == "webhook" else 0) as held:
            yield held
    except (PoolTimeout, psycopg.OperationalError) as error:
        raise DatabaseUnavailable(error.sqlstate or str(error).strip()) from error


@contextmanager
def _transaction(role: str, claims: dict[str, str]) -> Iterator[psycopg.Connection[DictRow]]:
    with connection("pages") as held, held.transaction():
        held.execute(
            "select set_config('role', %s, true), set_config('request.jwt.claims', %s, true)",
            [role, json.dumps(claims)],
        )
        yield held


@contextmanager
def as_visitor() -> Iterator[psycopg.Connection[DictRow]]:
    """One transaction as handoff_public; rows are dicts. Raises DatabaseUnavailable."""
    with _transaction("handoff_public", {}) as held:
        yield held


@contextmanager
def as_monitor() -> Iterator[psycopg.Connection[DictRow]]:
    """One transaction as handoff_metrics; rows are dicts. Raises DatabaseUnavailable."""
    with _transaction("handoff_metrics", {}) as held:
        yield held


@contextmanager
def as_person(identity: Identity) -> Iterator[psycopg.Connection[DictRow]]:
    """One transaction in the role of a person, with its claims; rows are dicts. Raises DatabaseUnavailable."""
    role = {"student": "handoff_student", "admin": "handoff_admin"}[identity.role]
    with _transaction(role, {"sub": identity.profile_id}) as held:
        yield held
