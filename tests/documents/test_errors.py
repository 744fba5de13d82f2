"""The errors that the functions raise, docs/reference/errors.md, the catalogue of texts, and the map to HTTP agree."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

import psycopg
import pytest
from psycopg.rows import DictRow

from app import texts
from app.errors import HTTP_OF_SQLSTATE, http_status, refusal
from tests import DB, ROOT

RAISE = re.compile(r"raise exception using\s+(.*?);$", re.DOTALL | re.MULTILINE)
OPTION = re.compile(
    r"^\s*(errcode|message|detail|hint) = (.*?)(?=,\s*\n\s*(?:message|detail|hint) = |\Z)", re.DOTALL | re.MULTILINE
)
LITERAL = re.compile(r"'((?:[^']|'')*)'")
STATE = re.compile(r"(?:refuse_state\(\s*'|'(?=certificate_id'))(\w+?)(?:_id)?'")
ROW = re.compile(r"^\| (\w{5}) \| `(.+?)` \| (.+?) \| (\d{3}) \|$", re.MULTILINE)


class Raised(NamedTuple):
    """One `raise exception` of a function file: the SQL expressions of its options, as written."""

    file: str
    options: dict[str, str]


def _raised() -> list[Raised]:
    return [
        Raised(path.stem, dict(OPTION.findall(found)))
        for path in sorted((DB / "functions").rglob("*.sql"))
        for found in RAISE.findall(path.read_text())
    ]


def _constant(expression: str) -> str:
    """The value of a string literal; fails for anything else."""
    literal = LITERAL.fullmatch(expression.strip())
    assert literal, f"not a constant: {expression}"
    return literal[1].replace("''", "'")


RAISED = _raised()
CATALOGUE = ROW.findall((ROOT / "docs" / "reference" / "errors.md").read_text())
each_raise = pytest.mark.parametrize("raised", RAISED, ids=lambda raised: raised.file)


def test_every_raise_is_read_here() -> None:
    sources = [path.read_text() for path in (DB / "functions").rglob("*.sql")]
    assert len(RAISED) == sum(len(re.findall(r"\braise\s+exception\b", source)) for source in sources) > 10
    assert not [source for source in sources if re.search(r"\braise\s+'|\braise\s+sqlstate\b", source)]


@each_raise
def test_an_error_has_a_code_of_ours_and_a_constant_message(raised: Raised) -> None:
    assert re.fullmatch(r"TH\d{3}", _constant(raised.options["errcode"]))
    assert _constant(raised.options["message"])
    assert "%" not in raised.options["message"]


@each_raise
def test_its_detail_is_a_json_object(raised: Raised) -> None:
    detail = raised.options["detail"]
    if not re.fullmatch(r"jsonb_build_object\(.+\)::text", detail, re.DOTALL):
        assert isinstance(json.loads(_constant(detail)), dict)


@each_raise
def test_its_hint_says_what_to_do(raised: Raised) -> None:
    hint = raised.options["hint"]
    assert hint == "p_hint" or _constant(hint).endswith(".")


def test_each_error_has_a_sentence_of_ours_for_a_page_and_nothing_else_has() -> None:
    raised = {(_constant(one.options["errcode"]), _constant(one.options["message"])) for one in RAISED}
    assert set(texts.REFUSED) == raised
    assert texts.NOT_NOW in raised
    sources = "".join(path.read_text() for path in (ROOT / "db" / "functions").rglob("*.sql"))
    assert set(texts.IN_THE_WAY) == set(STATE.findall(sources))


def test_the_catalogue_lists_what_is_raised_and_nothing_else() -> None:
    raised = {(_constant(one.options["errcode"]), _constant(one.options["message"])) for one in RAISED}
    listed = [(code, message) for code, message, _, _ in CATALOGUE]
    assert set(listed) == raised
    assert len(listed) == len(raised)
    assert listed == sorted(listed)


def test_the_catalogue_and_the_shell_give_the_same_http_status() -> None:
    assert {code: int(status) for code, _, _, status in CATALOGUE} == HTTP_OF_SQLSTATE


def test_any_other_error_of_the_database_is_our_own_trouble() -> None:
    assert {
        http_status(error()) for error in (psycopg.errors.DeadlockDetected, psycopg.errors.InsufficientPrivilege)
    } == {503}
    assert http_status(psycopg.OperationalError("gone")) == 503


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("select handoff.is_enrollment_complete(gen_random_uuid())", "TH404"),
        ("select handoff.create_profile('nobody', 'Nobody')", "TH400"),
        ("select handoff.enroll_student(null, 'emt')", "TH404"),
        ("delete from handoff.step_transitions", "TH405"),
        ("select handoff.receive_partner_event('hsi', 'key', decode(repeat('00', 65537), 'hex'))", "TH413"),
    ],
)
def test_what_arrives_is_what_the_catalogue_says(db: psycopg.Connection[DictRow], sql: str, code: str) -> None:
    with pytest.raises(psycopg.Error) as caught:
        db.execute(sql)
    error = caught.value
    assert error.sqlstate == code
    assert (code, error.diag.message_primary) in {(listed, message) for listed, message, _, _ in CATALOGUE}
    assert isinstance(json.loads(error.diag.message_detail or ""), dict)
    assert error.diag.message_hint
    assert http_status(error) == HTTP_OF_SQLSTATE[code]


def test_an_error_of_postgresql_shows_nothing_of_a_row(db: psycopg.Connection[DictRow]) -> None:
    """Messages end in logs. Forced row-level security keeps rows out of them, even for the owner's functions."""
    db.execute("select handoff.create_profile('jane@test.example', 'Jane Student')")
    db.execute("set role handoff_owner")
    insert = "insert into handoff.profiles (email, full_name, role, created_at) values (%s, 'Jane Student', %s, now())"
    for role in ("student", "nobody"):
        with pytest.raises(psycopg.errors.IntegrityError) as caught:
            db.execute(insert, ["jane@test.example", role])
        assert "jane" not in str(caught.value).lower()


def test_an_error_that_is_not_ours_has_no_sentence() -> None:
    with pytest.raises(psycopg.errors.DeadlockDetected):
        refusal(psycopg.errors.DeadlockDetected())
