"""What the pages of students alone say."""

from __future__ import annotations

from app.texts import Label

ACT = {  # what changed no status, in the history of a person
    "corrected": "Name or address corrected",
    "became_student": "Became a student",
    "became_admin": "Became an admin",
    "disabled": "Access taken away",
    "enabled": "Access given back",
    "merged": "Merged",
    "erased": "Forgotten",
    "sign_in_link_made": "A link to sign in was made at a terminal",
    "linked": "A partner's id linked",
    "unlinked": "A partner's id taken back",
    "replayed": "An event tried again",
    "assigned": "An event assigned to a step",
    "set_aside": "An event set aside",
    "attempt_failed": "An attempt was not passed",
    "sent_again": "A message sent again",
    "mail_suppressed": "A mail came back: the address gets no more",
    "mail_allowed": "The address gets mail again",
    "certificate_revoked": "Certificate revoked",
    "certificate_reissued": "Certificate issued again",
    "cohort_set": "Put into a cohort",
    "alert_acknowledged": "An alert is known",
    "alert_owned": "Somebody takes an alert on",
    "alert_snoozed": "An alert is left alone for a while",
}
LATE = Label("bad", "!", "Overdue")
ASKED = "The partner is asked to take the student"
EMPTY = "Nothing has happened yet."


def act(code: str) -> str:
    """An act in plain words."""
    return ACT.get(code, code.replace("_", " ").capitalize())


TABS = {  # of the list of students, by the state that each shows
    "pending": "Waiting",
    "late": "Overdue",
    "active": "In progress",
    "on_hold": "On hold",
    "completed": "Finished",
    "withdrawn": "Withdrawn",
}
COLUMNS = (
    "Name",
    "E-mail",
    "Program",
    "Status",
    "Steps",
    "In progress with",
    "Enrolled",
    "In progress since",
    "Last heard of",
    "Overdue",
    "Page",
)
# What can be done to several enrollments at once, by the state that is shown.
MANY: dict[str | None, tuple[str, ...]] = {
    None: ("approve", "hold", "resume", "withdraw"),
    "pending": ("approve", "withdraw"),
    "late": ("hold", "withdraw"),
    "active": ("hold", "withdraw"),
    "on_hold": ("resume", "withdraw"),
    "completed": (),
    "withdrawn": ("resume",),
}
