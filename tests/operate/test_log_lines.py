"""What lines of the log look like, what they are about, and that nobody forges one."""

from __future__ import annotations

import io
import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.logs import JsonLines, TextLines, about, note
from app.settings import SettingsError
from tests import ROOT
from tests.operate.environ import read

FORMS = [TextLines(), JsonLines()]
BEGINS = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} (INFO|WARNING|ERROR) [\w.]+: ")
ODD = ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1b[2J", "\x85", "\u2028", "\u2029", "\u202e", "\x00", "\ud800", "\t"]
FORGED = "2026-03-02 12:00:00,000 INFO handoff.access: answered"

each_form = pytest.mark.parametrize("form", FORMS, ids=["text", "json"])


def written(form: logging.Formatter, message: str, *values: object, exc_info: object = None) -> str:
    """What stands in the log after one line of this form."""
    stream = io.StringIO()
    record = logging.LogRecord("handoff", logging.INFO, "", 0, message, values, exc_info)  # type: ignore[arg-type]
    stream.write(form.format(record) + "\n")
    return stream.getvalue()


@pytest.fixture
def fault() -> Iterator[tuple[object, ...]]:
    said = f"hidden-in-here\n{FORGED}"  # not in the line that raises, which stands in a trace
    try:
        raise ValueError(said)
    except ValueError:
        yield sys.exc_info()


def test_a_line_as_text_says_when_how_bad_where_and_what() -> None:
    line = written(FORMS[0], "stored %s", 7)
    assert BEGINS.match(line) and line.endswith(" INFO handoff: stored 7\n")


def test_a_line_as_json_says_the_same() -> None:
    told = json.loads(written(FORMS[1], "stored %s", 7))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", told.pop("time"))
    assert told == {"level": "info", "logger": "handoff", "message": "stored 7"}


def test_lines_name_what_their_block_is_about() -> None:
    with about(partner="hsi", receipt=None):
        note(status="accepted", said='two words "here"')
        with about(message_id=7):
            note(status="sent")
            assert written(FORMS[0], "x").endswith(
                ' x partner=hsi status=sent said="two words \\"here\\"" message_id=7\n'
            )
        told = json.loads(written(FORMS[1], "x"))
        assert (told["partner"], told["status"], "receipt" in told, "message_id" in told) == (
            "hsi",
            "accepted",
            False,
            False,
        )
    assert written(FORMS[0], "x").endswith(": x\n")
    note(status="of nobody")
    assert written(FORMS[0], "x").endswith(": x\n")


@each_form
@pytest.mark.parametrize("odd", ODD)
def test_what_somebody_sends_makes_no_second_line(form: logging.Formatter, odd: str) -> None:
    with about(partner=f"a{odd}{FORGED}"):
        lines = written(form, "b%s", f"{odd}{FORGED}").encode().decode().splitlines()
    assert [line for line in lines[1:] if not line.startswith("    ")] == []
    assert all(line.isprintable() for line in lines)


@each_form
@given(message=st.text(), value=st.text(), field=st.text())
def test_whatever_it_is_a_line_begins_as_ours_do(form: logging.Formatter, message: str, value: str, field: str) -> None:
    with about(field=field):
        text = written(form, message.replace("%", "%%") + "%s", value)
    first, *below = text.encode().decode().removesuffix("\n").split("\n")
    assert all(line.startswith("    ") and line.isprintable() for line in below)
    if isinstance(form, JsonLines):
        told = json.loads(text)
        assert below == [] and (told["field"], told["message"]) == (field, message + value)
    else:
        assert BEGINS.match(first) and first.isprintable()


@each_form
def test_a_fault_tells_where_it_was_and_not_what_it_said(form: logging.Formatter, fault: tuple[object, ...]) -> None:
    text = written(form, "broken", exc_info=fault)
    assert "ValueError" in text and "test_log_lines.py" in text
    assert "hidden-in-here" not in text and FORGED not in text
    assert len([line for line in text.splitlines() if not line.startswith("    ")]) == 1


def test_a_command_writes_json_when_asked() -> None:
    code = "import logging, app; app.create_app(); logging.getLogger('handoff').warning('beware')"
    for form, begins in (("json", '{"time": "'), ("text", "beware")):
        environ = {"PATH": "/usr/bin:/bin", "LOG_FORMAT": form}
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
        [line] = done.stderr.splitlines()
        assert line.startswith(begins) and "beware" in line


@pytest.mark.parametrize(("name", "value"), [("LOG_FORMAT", "xml"), ("LOG_FORMAT", "JSON"), ("LOG_LEVEL", "debug")])
def test_another_form_or_level_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read(**{name: value})
    assert name in refused.value.message


def test_the_form_and_the_level_are_read() -> None:
    assert (read().log_format, read().log_level) == ("text", "info")
    settings = read(LOG_FORMAT="json", LOG_LEVEL="error")
    assert (settings.log_format, settings.log_level) == ("json", "error")
