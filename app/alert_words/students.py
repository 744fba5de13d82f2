"""What alerts say of students: who is late, and whose enrollment is blocked."""

from __future__ import annotations

from app.alert_words.about import About, Said, Words, counted

ADVANCE = "Ask the technical contact to advance the enrollment."


def _stuck(a: About) -> Said:
    limit = counted(a.number("limit_days"), "day")
    return Said(
        f"{a.student} has been with {a.partner} for {a.lasting}",
        f"More than {limit} is too long. Ask the student and {a.partner} how it goes.",
    )


def _failed(a: About) -> Said:
    return Said(f"{a.student} did not pass at {a.partner}", f"That was {a.ago}. Reopen the step or skip it.")


def _refused(a: About) -> Said:
    return Said(
        f"{a.student} was not taken by {a.partner}",
        f"That was {a.ago}. Enroll the student there by hand, or ask {a.partner} why.",
    )


def _awaiting(a: About) -> Said:
    limit = counted(a.number("limit_days"), "day")
    return Said(
        f"{a.student} has waited for approval for {a.lasting}",
        f"More than {limit} is too long. Approve the enrollment, or withdraw it.",
    )


def _no_steps(a: About) -> Said:
    return Said(
        f"{a.student} is enrolled and has no steps", f"That has been so for {a.lasting}. Check the program's partners."
    )


def _nothing_running(a: About) -> Said:
    return Said(f"{a.student} has nothing in progress", f"Steps have been waiting for {a.lasting}. {ADVANCE}")


def _not_closed(a: About) -> Said:
    return Said(
        f"{a.student} has finished every step, but is still enrolled", f"That has been so for {a.lasting}. {ADVANCE}"
    )


def _taken_back(a: About) -> Said:
    return Said(
        f"{a.student} was completed by an account that was taken back",
        f"That was {a.ago}, and the certificate is revoked. Another enrollment of the program is open: "
        "close one, and open the step again if it is needed.",
    )


WORDS: dict[tuple[str, str], Words] = {
    ("stuck_student", ""): _stuck,
    ("enrollment_blocked", "failed"): _failed,
    ("enrollment_blocked", "refused"): _refused,
    ("enrollment_blocked", "awaiting_approval"): _awaiting,
    ("enrollment_blocked", "no_steps"): _no_steps,
    ("enrollment_blocked", "nothing_running"): _nothing_running,
    ("enrollment_blocked", "not_closed"): _not_closed,
    ("enrollment_blocked", "taken_back"): _taken_back,
}
