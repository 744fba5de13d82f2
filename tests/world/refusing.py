"""A database whose function refuses whatever it is asked, with texts that nobody but psql may show."""

from __future__ import annotations

import psycopg
from psycopg import sql
from psycopg.rows import DictRow

HINT = "The hint is for psql."


def refuse(db: psycopg.Connection[DictRow], function: str, code: str, message: str, detail: str = "{}") -> None:
    """Puts an error with HINT in the place of a function of the schema handoff."""
    row = db.execute(
        "select pg_get_function_arguments(p.oid) as arguments, pg_get_function_result(p.oid) as result"
        " from pg_catalog.pg_proc as p where p.oid = %s::regproc",
        [f"handoff.{function}"],
    ).fetchone()
    assert row
    body = sql.SQL("begin raise exception using errcode = {}, message = {}, detail = {}, hint = {}; end;").format(
        *map(sql.Literal, (code, message, detail, HINT))
    )
    db.execute(
        sql.SQL("create or replace function handoff.{}({}) returns {} language plpgsql as {}").format(
            sql.Identifier(function), sql.SQL(row["arguments"]), sql.SQL(row["result"]), sql.Literal(body.as_string(db))
        )
    )
