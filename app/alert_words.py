"""What an alert says: the same words on the page, in mails and in messages. The database keeps codes and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from app.texts import Label

ALERTS = "/admin/alerts"
KIND = {  # worst first: what stops everybody before what stops one
    "worker_silent": "Background worker",
    "delivery_failing": "Messages that don't arrive",
    "webhook_failures": "Webhooks that fail",
    "events_waiting": "Events that wait",
    "partner_silent": "Silent partners",
    "completion_anomaly": "Odd completions",
    "enrollment_blocked": "Blocked enrollments",
    "stuck_student": "Students who are late",
}
SEVERITY = {"severe": Label("bad", "!", "Now"), "notice": Label("warn", "‖", "Today")}
ADVANCE = "Ask the technical contact to advance the enrollment."
TECHNICAL = "Ask the technical contact to look at the log of the worker."


class Said(NamedTuple):
    """What is wrong, and why it is told and what to do next; `path`: the page to go to, where there is a better one."""

    title: str
    text: str
    path: str = ALERTS


class About:
    """An alert as the words need it. `told`: kind, about, numbers, and names where they are known."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._told = told
        self.numbers: Mapping[str, Any] = told["numbers"]
        self.partner = told.get("partner_name") or told.get("partner") or "a partner"
        self.student = told.get("student_name") or "A student"
        self.person = told.get("person_name") or "one person"
        self.lasting = counted(self.numbers.get("days", 0), "day") if self.numbers.get("days") else "less than a day"
        self.ago = f"{self.lasting} ago" if self.numbers.get("days") else "today"

    def number(self, name: str) -> int:
        """A count among the numbers; 0 where it is missing."""
        return int(self.numbers.get(name, 0))

    def events(self, status: str) -> str:
        """The page of this partner's events with this status."""
        slug = self._told.get("partner_slug")
        return "/admin/events?" + urlencode({"status": status} | ({"partner": slug} if slug else {}))


def counted(number: int, noun: str) -> str:
    """'1 day', '1,200 days'."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def capped(number: int) -> str:
    """A count that was ended at 1001: '1,000+'."""
    return f"{number:,}" if number <= 1000 else "1,000+"


def said(told: Mapping[str, Any]) -> Said:
    """The words of an alert: a row of handoff.find_alerts(), or an entry of handoff_private.alert_facts()."""
    about = About(told)
    code = told["about"] or ""
    words = WORDS.get((told["kind"], code)) or WORDS.get((told["kind"], ""))
    return words(about) if words else Said(f"{told['kind']} {code}".strip(), "Ask the technical contact.")


def in_one_line(told: Mapping[str, Any]) -> str:
    """The same for a chat: title and text."""
    title, text, _ = said(told)
    return f"{title}. {text}"


def _stuck(a: About) -> Said:
    limit = counted(a.number("limit_days"), "day")
    return Said(
        f"{a.student} has been with {a.partner} for {a.lasting}",
        f"More than {limit} is too long. Ask the student and {a.partner} how it goes.",
    )


def _failed(a: About) -> Said:
    return Said(f"{a.student} did not pass at {a.partner}", f"It was {a.ago}. Reopen the step or skip it.")


def _refused(a: About) -> Said:
    return Said(
        f"{a.student} was not taken by {a.partner}",
        f"It was {a.ago}. Enroll the student there by hand, or ask {a.partner} why.",
    )


def _awaiting(a: About) -> Said:
    limit = counted(a.number("limit_days"), "day")
    return Said(
        f"{a.student} has waited for approval for {a.lasting}",
        f"More than {limit} is too long. Approve the enrollment, or withdraw it.",
    )


def _no_steps(a: About) -> Said:
    return Said(f"{a.student} is enrolled and has no steps", f"It was {a.ago}. Check the program's partners.")


def _nothing_running(a: About) -> Said:
    return Said(f"{a.student} has nothing in progress", f"Steps have been waiting for {a.lasting}. {ADVANCE}")


def _not_closed(a: About) -> Said:
    return Said(f"{a.student} has finished every step, but is still enrolled", f"It was {a.ago}. {ADVANCE}")


def _taken_back(a: About) -> Said:
    return Said(
        f"{a.student} was completed by an account that was taken back",
        f"It was {a.ago}, and the certificate is revoked. Another enrollment of the program is open: "
        "close one, and open the step again if it is needed.",
    )


def _signature(a: About) -> Said:
    return Said(
        f"{counted(a.number('failures'), 'webhook')} for {a.partner} had no right signature",
        f"Most often {a.numbers.get('code')}, today and yesterday. Anybody can send such. "
        f"Check the secret together with {a.partner}.",
        "/admin/dashboard#refusals",
    )


def _too_large(a: About) -> Said:
    return Said(
        f"{a.partner} sends more than 64 KiB at once",
        f"{counted(a.number('failures'), 'time')}, today and yesterday. Ask it to send each event by itself.",
        "/admin/dashboard#refusals",
    )


def _unsupported(a: About) -> Said:
    return Said(
        f"{a.partner} sends something that is no plain JSON",
        f"{counted(a.number('failures'), 'time')}, today and yesterday. Ask it to send Content-Type: application/json.",
        "/admin/dashboard#refusals",
    )


def _rejected(a: About) -> Said:
    return Said(
        f"{a.partner} sends events that can't be read",
        f"{counted(a.number('failures'), 'event')} within 24 hours, most often {a.numbers.get('code')}. "
        f"Tell {a.partner} what is wrong with them.",
        a.events("rejected"),
    )


def _parked(a: About) -> Said:
    return Said(
        f"Many events of {a.partner} wait for somebody",
        f"{counted(a.number('failures'), 'event')} within 24 hours, most often {a.numbers.get('code')}. "
        "Link, assign or configure what they wait for.",
        a.events("parked"),
    )


def _our_fault(a: About) -> Said:
    return Said(
        f"A fault of ours has stopped {counted(a.number('failures'), 'event')} of {a.partner}",
        "They are safe. Tell the technical contact, then try them again.",
        a.events("parked"),
    )


def _silent(a: About) -> Said:
    students = a.number("students")
    are = "1 student is" if students == 1 else f"{capped(students)} students are"
    return Said(
        f"Nothing has come from {a.partner} for {a.lasting}",
        f"Usually it is no more than {a.numbers.get('usual_hours')} hours, and {are} there. "
        "Ask whether it still sends.",
    )


def _waiting(status: str, words: str) -> Any:
    def waiting(a: About) -> Said:
        number = a.number("events")
        wait = "has waited" if number == 1 else "have waited"
        return Said(f"{counted(number, 'event')} of {a.partner} {wait} for more than a day", words, a.events(status))

    return waiting


def _due(a: About) -> Said:
    number = a.number("events")
    be = "is" if number == 1 else "are"
    return Said(
        f"{counted(number, 'event')} of {a.partner} {be} due and not tried again",
        f"For more than an hour. {TECHNICAL}",
        "/admin/replay",
    )


def _unreachable(a: About) -> Said:
    return Said(
        f"{a.partner} can't be reached",
        f"{counted(a.number('messages'), 'attempt')} in a row failed, so it is not told of its students. "
        f"Nothing is lost. Ask {a.partner} whether its system runs.",
    )


def _refuses(a: About) -> Said:
    return Said(
        f"{a.partner} has refused {counted(a.number('messages'), 'student')} within a day",
        "Check the address and the secret together, then send the messages again.",
    )


def _mails(a: About) -> Said:
    return Said(
        f"{counted(a.number('messages'), 'mail')} could not be delivered today",
        "Look whose addresses are wrong.",
        "/admin/mails",
    )


def _mail_in_doubt(a: About) -> Said:
    number = a.number("messages")
    return Said(
        f"Of {counted(number, 'mail')} nobody knows whether {'it was' if number == 1 else 'they were'} sent",
        "Look at them, and send again what matters.",
        "/admin/mails",
    )


def _mail_server(a: About) -> Said:
    return Said(
        "The mail server takes no mail",
        f"{counted(a.number('messages'), 'mail')} wait and are tried again. Ask the technical contact.",
        "/admin/mails",
    )


def _alert_webhook(a: About) -> Said:
    return Said("Messages about alerts are not taken", "Ask the technical contact to check ALERT_WEBHOOK_URL.")


def _many(a: About) -> Said:
    return Said(
        f"{a.partner} has completed {counted(a.number('completions'), 'step')} today",
        f"On its busiest day of the last four weeks it was {a.number('most_before'):,}. "
        f"Ask {a.partner} whether that is right.",
    )


def _too_soon(a: About) -> Said:
    return Said(
        f"{a.partner} has completed {counted(a.number('completions'), 'step')} right after the start today",
        f"Within {counted(a.number('minutes'), 'minute')} they can't have been done. Ask {a.partner}.",
    )


def _by_hand(a: About) -> Said:
    return Said(
        f"{counted(a.number('completions'), 'completion')} were entered today by {a.person}",
        "Ask whether that is right.",
    )


def _without_completion(a: About) -> Said:
    return Said(
        f"{a.partner} gave its certificate, but never told of the completion",
        f"{a.student} waits. Ask {a.partner} to send it, or enter it by hand.",
    )


def _worker(a: About) -> Said:
    return Said(
        "No background worker has been at work for more than five minutes",
        "No mail is sent, no partner is told of its students, and no alert opens or closes. "
        "Ask the technical contact to start it: make worker.",
    )


WORDS: dict[tuple[str, str], Any] = {
    ("stuck_student", ""): _stuck,
    ("enrollment_blocked", "failed"): _failed,
    ("enrollment_blocked", "refused"): _refused,
    ("enrollment_blocked", "awaiting_approval"): _awaiting,
    ("enrollment_blocked", "no_steps"): _no_steps,
    ("enrollment_blocked", "nothing_running"): _nothing_running,
    ("enrollment_blocked", "not_closed"): _not_closed,
    ("enrollment_blocked", "taken_back"): _taken_back,
    ("webhook_failures", "signature"): _signature,
    ("webhook_failures", "too_large"): _too_large,
    ("webhook_failures", "unsupported"): _unsupported,
    ("webhook_failures", "rejected"): _rejected,
    ("webhook_failures", "parked"): _parked,
    ("webhook_failures", "our_fault"): _our_fault,
    ("partner_silent", ""): _silent,
    ("events_waiting", "parked"): _waiting("parked", "Link, assign or configure what they wait for."),
    ("events_waiting", "rejected"): _waiting("rejected", "Ask the partner to send them again, corrected."),
    ("events_waiting", "conflict"): _waiting("conflict", "A known id came with another content. Ask the partner."),
    ("events_waiting", "due"): _due,
    ("delivery_failing", "unreachable"): _unreachable,
    ("delivery_failing", "refused"): _refuses,
    ("delivery_failing", "mail_refused"): _mails,
    ("delivery_failing", "mail_in_doubt"): _mail_in_doubt,
    ("delivery_failing", "mail_server"): _mail_server,
    ("delivery_failing", "alert_webhook"): _alert_webhook,
    ("completion_anomaly", "many"): _many,
    ("completion_anomaly", "too_soon"): _too_soon,
    ("completion_anomaly", "by_hand"): _by_hand,
    ("completion_anomaly", "without_completion"): _without_completion,
    ("worker_silent", ""): _worker,
}
