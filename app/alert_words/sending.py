"""What alerts say of what goes out, and of the worker."""

from __future__ import annotations

from app.alert_words.about import About, Said, Words, agreeing, counted


def _unreachable(a: About) -> Said:
    return Said(
        f"{a.partner} can't be reached",
        f"{counted(a.number('messages'), 'attempt')} in a row failed, so it is not told of its students. "
        f"Nothing is lost. Ask {a.partner} whether its system runs.",
    )


def _refuses(a: About) -> Said:
    return Said(
        f"{a.partner} has refused {counted(a.number('messages'), 'student')} within a day",
        f"Check the address and the secret together. Then tell {a.partner} again, from the alert of each student.",
    )


def _mails(a: About) -> Said:
    return Said(
        f"{counted(a.number('messages'), 'mail')} could not be delivered today",
        "Look whose addresses are wrong, and whether the mail server takes mails.",
        "/admin/mails",
    )


def _mail_in_doubt(a: About) -> Said:
    number = a.number("messages")
    return Said(
        f"Of {counted(number, 'mail')} nobody knows whether {agreeing(number, 'it was', 'they were')} sent",
        f"Look at {agreeing(number, 'it', 'them')}, and send again what matters.",
        "/admin/mails",
    )


def _mail_server(a: About) -> Said:
    number = a.number("messages")
    wait = agreeing(number, "waits and is", "wait and are")
    return Said(
        "The mail server takes no mail",
        f"{counted(number, 'mail')} {wait} tried again. Ask the technical contact.",
        "/admin/mails",
    )


def _alert_webhook(a: About) -> Said:
    return Said("Messages about alerts are not taken", "Ask the technical contact to check ALERT_WEBHOOK_URL.")


def _worker(a: About) -> Said:
    return Said(
        "No background worker has been at work for more than five minutes",
        "No mail is sent, no partner is told of its students, and no alert opens or closes. "
        "Ask the technical contact to start it: make worker.",
    )


WORDS: dict[tuple[str, str], Words] = {
    ("delivery_failing", "unreachable"): _unreachable,
    ("delivery_failing", "refused"): _refuses,
    ("delivery_failing", "mail_refused"): _mails,
    ("delivery_failing", "mail_in_doubt"): _mail_in_doubt,
    ("delivery_failing", "mail_server"): _mail_server,
    ("delivery_failing", "alert_webhook"): _alert_webhook,
    ("worker_silent", ""): _worker,
}
