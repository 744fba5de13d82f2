"""What the pages of lists, and the result of a list, say."""

from __future__ import annotations

from psycopg.rows import DictRow

from app.texts import Label

VERDICT = {
    "new": Label("now", "+", "New"),
    "known": Label("done", "✓", "Known"),
    "doubtful": Label("warn", "?", "Doubtful"),
    "refused": Label("bad", "!", "Refused"),
}
MEANS = {
    "new": "Will be added and enrolled.",
    "known": "The address is a student's already: no second person is made.",
    "doubtful": "Perhaps somebody whom you know under another address. Left out, unless you choose the line.",
    "refused": "Can't be enrolled as it is. Correct the line in your file, and hand it in again.",
}
WHY = {
    "same_person": "The person of line {other}, for another program.",
    "to_enroll": "{known} will be enrolled.",
    "already_enrolled": "{known} is in the program already: nothing changes.",
    "already_completed": "{known} has completed the program: nothing changes.",
    "same_name": "{known} has the same name, and the address {known_email}.",
    "same_name_in_list": "Line {other} has the same name, and another address.",
    "no_name": "There is no name.",
    "bad_name": "The name can't be right: it is too long, or holds signs that nobody sees.",
    "no_email": "There is no e-mail address.",
    "bad_email": "The e-mail address can't be right.",
    "no_program": "There is no program.",
    "unknown_program": "There is no program of this name. Write it as it is listed, or its short name.",
    "unclear_program": "Several programs have this name. Write the short name of the one that is meant.",
    "program_closed": "The program takes no new students.",
    "program_not_ready": "The program leads to no partner. Ask the technical contact to configure it.",
    "bad_cohort": "The cohort can't be right: it has 100 characters at most.",
    "repeated": "The same as line {other}.",
    "not_a_student": "This is the address of somebody of the staff.",
}
OTHER_NAME = "The name stays as it is."
RESULT = {
    "enrolled": Label("done", "✓", "Enrolled"),
    "awaits_approval": Label("wait", "○", "Enrolled, awaits approval"),
    "already_enrolled": Label("skip", "»", "Was enrolled already"),
    "already_completed": Label("skip", "»", "Has completed it already"),
    "left_out": Label("skip", "■", "Left out"),
    "doubtful": Label("warn", "?", "Left out: somebody of this name came meanwhile"),
    "refused": Label("bad", "!", "Refused"),
    "failed": Label("bad", "!", "Not enrolled"),
}
FAILED = {
    "TH404": "The program or the person is not there any more.",
    "TH409": "The program takes no new students.",
    "TH422": "The program leads to no partner.",
}
FILE = {
    "too_large": "The list is larger than 2 MB. Hand it in in parts.",
    "no_csv": "This is a workbook or a document. Save the list as CSV, or copy its cells and paste them.",
    "no_text": "This can't be read as a list. Save it as CSV in UTF-8.",
    "empty": "There is nothing in it. Choose a file, or paste the lines with the line that names the columns.",
}
MISSING = {"name": "a name", "email": "an e-mail address", "program": "a program (or choose one for the whole list)"}
NOT_LOOKED_AT = "Not looked at yet."
CHOSEN = "Your choice is kept."
DROPPED = "What the lines said of people was dropped after 30 days; what came of them stays."


def why(line: DictRow) -> str:
    """Why a line has its verdict, in a sentence or two; empty: nothing needs to be said."""
    names = {"other": line["other_line"], "known": line["known_name"], "known_email": line["known_email"]}
    said = WHY.get(line["reason"] or "", "").format(**names)
    is_renamed = line["verdict"] == "known" and line["full_name"] and line["known_name"] != line["full_name"]
    return f"{said} {OTHER_NAME}" if is_renamed and line["reason"] == "to_enroll" else said


def note(line: DictRow) -> str:
    """What stands beside the label of a line."""
    if line["result"] == "failed":
        return FAILED.get(line["error_code"], "Ask the technical contact.")
    return why(line) if line["result"] in (None, "refused", "left_out") else ""


def outcome(line: DictRow) -> str:
    """What came of a line, or what is known beforehand, in plain words."""
    label = RESULT.get(line["result"]) or VERDICT.get(line["verdict"])
    said = (f"{label.word}." if label else NOT_LOOKED_AT, note(line))
    return " ".join(part for part in said if part)


def summary(held: DictRow) -> str:
    """How many lines are what, or what came of them: '2 enrolled, 1 refused.'"""
    labels, counts = (RESULT, held["results"]) if held["begun_at"] else (VERDICT, held["verdicts"])
    return ", ".join(f"{counts[code]} {label.word.lower()}" for code, label in labels.items() if code in counts) + "."


def missing(columns: list[str]) -> str:
    """Which columns a list lacks."""
    return f"The first line has to name the columns. We miss {', '.join(MISSING.get(one, one) for one in columns)}."
