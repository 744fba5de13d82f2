"""plpgsql_check finds nothing in the functions: no error, no warning, nothing about speed or safety."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.rows import DictRow

from tests import ROOT
from tests.tools import plpgsql_check
from tests.tools.debian import DebianError

CACHE = ROOT / ".cache" / "plpgsql_check"


@pytest.fixture
def checked(db: psycopg.Connection[DictRow]) -> Iterator[psycopg.Connection[DictRow]]:
    """This test's database with plpgsql_check in it; skips, in one line, where it can't be had."""
    try:
        with plpgsql_check.loaded(db, CACHE):
            yield db
    except DebianError as error:
        pytest.skip(f"plpgsql_check: {error}")


def test_the_checker_finds_nothing_in_the_functions(checked: psycopg.Connection[DictRow]) -> None:
    found = plpgsql_check.findings(checked)
    assert found == [], "\n".join(found)


def test_the_checker_would_find_what_is_wrong(checked: psycopg.Connection[DictRow]) -> None:
    for name, body in {
        "no_such_column": "begin perform p.no_such_column from handoff.profiles as p; end",
        "injectable": "begin execute 'select ' || p_text; end",
        "unused": "declare v_unused integer; begin end",
    }.items():
        checked.execute(
            f"create function handoff_private.{name}(p_text text) returns void language plpgsql as $${body}$$"
        )
    found = "\n".join(plpgsql_check.findings(checked))
    assert "no_such_column(text), statement at line 1: error: column p.no_such_column does not exist" in found
    assert "injectable(text)" in found
    assert 'unused variable "v_unused"' in found
