"""The acts of the admin's hand in words: on their forms, and wherever a page leads to one."""

from __future__ import annotations

from typing import NamedTuple


class Act(NamedTuple):
    """An act: its short name, the button that does it, what is said when it is done, and what is asked beside why."""

    name: str
    button: str
    done: str
    asks: tuple[str, ...] = ()
    wants_reason: bool = True
    is_grave: bool = False


ACT = {
    "approve": Act("Approve", "Approve the enrollment", "The enrollment is approved."),
    "hold": Act("Put on hold", "Put it on hold", "The enrollment is on hold."),
    "resume": Act("Resume", "Resume the enrollment", "The enrollment goes on."),
    "withdraw": Act("Withdraw", "Withdraw the enrollment", "The enrollment is withdrawn.", is_grave=True),
    "complete": Act("Complete by hand", "Complete the step", "The step is completed.", ("completed_on",)),
    "skip": Act("Skip", "Skip the step", "The step is skipped."),
    "fail": Act("Mark as not passed", "Mark it as not passed", "The step is marked as not passed.", is_grave=True),
    "reopen": Act("Open again", "Open the step again", "The step is open again."),
    "reissue": Act("Issue again", "Issue the certificate again", "The certificate is issued again."),
    "revoke": Act("Revoke", "Revoke the certificate", "The certificate is revoked.", is_grave=True),
    "enroll": Act("Enroll", "Enroll", "The student is enrolled.", ("program", "again"), wants_reason=False),
    "link": Act("Link a partner's id", "Link the id", "The id is linked.", ("partner", "account"), wants_reason=False),
    "unlink": Act("Undo a link", "Undo the link", "The link is undone.", ("partner", "account"), is_grave=True),
    "correct": Act("Correct name or address", "Correct it", "It is corrected.", ("full_name", "email")),
    "disable": Act("Take access away", "Take access away", "This person can't sign in any more."),
    "enable": Act("Give access back", "Give access back", "This person can sign in again."),
    "merge": Act("Merge into another person", "Merge them", "They are one person now.", ("into",), is_grave=True),
    "erase": Act("Forget this person", "Forget this person", "This person is forgotten.", is_grave=True),
}
NEEDS = {"enroll": ("program",), "link": ("partner", "account"), "unlink": ("partner", "account"), "merge": ("into",)}
NOTHING = "Nothing changes: it is so already, or the change is told to nobody."
FORGETS = (
    "Name, address, partners' ids, messages and reasons that name this person go from every table, for ever. Dates and "
    "certificates' numbers stay."
)
ALSO = {
    "erase": FORGETS,
    "disable": "This person's sessions and links end at once. Events of partners still count; mails stop.",
    "enable": "This person can ask for a link to sign in again.",
    "merge": "All that this person has goes to the other. This address and these ids lead to the other from then on.",
    "correct": "A changed address ends this person's sessions. Certificates that were issued keep the former name.",
}
