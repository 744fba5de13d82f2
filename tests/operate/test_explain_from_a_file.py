"""explain-signature reads headers from a file, so that a secret in one stands in no list of processes."""

from __future__ import annotations

from pathlib import Path

from tests.operate.commands import Run
from tests.world.partners import JSON, SECRETS, body_of


def test_headers_are_read_from_a_file(run_live: Run, tmp_path: Path) -> None:
    headers = JSON | {"X-Webhook-Secret": SECRETS["milady"]}
    lines = "".join(f"{name}: {text}\r\n" for name, text in headers.items())
    (tmp_path / "headers").write_text(lines + "\n")
    words = ("--header", f"@{tmp_path / 'headers'}", "--body", "-")
    result = run_live("explain-signature", "milady", *words, input=body_of("course.completed", "nobody"))
    assert result.exit_code == 0, result.output
    assert "right: answered 202 parked:unknown_student" in result.stdout


def test_a_file_that_can_not_be_read_is_said(run_live: Run, tmp_path: Path) -> None:
    words = ("--header", f"@{tmp_path / 'nothing'}", "--body", "-")
    result = run_live("explain-signature", "milady", *words, input=b"{}")
    assert result.exit_code == 2 and "can't read" in result.output


def test_a_line_that_is_no_header_is_said(run_live: Run, tmp_path: Path) -> None:
    (tmp_path / "headers").write_text("POST /api HTTP/1.1\n")
    words = ("--header", f"@{tmp_path / 'headers'}", "--body", "-")
    assert run_live("explain-signature", "milady", *words, input=b"{}").exit_code == 2
