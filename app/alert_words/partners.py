"""What alerts say of partners: what they send, or do not send, and what they have completed."""

from __future__ import annotations

from app import texts
from app.alert_words.about import About, Said, Words, agreeing, capped, counted

KNOWN = "A known id came with another content. Ask the partner."
TECHNICAL = "Ask the technical contact to look at the log of the worker."


def _signature(a: About) -> Said:
    return Said(
        f"{counted(a.number('failures'), 'webhook')} for {a.partner} had no right signature",
        f"Today and yesterday, most often for this: {' '.join(texts.refusal(a.code)).strip()} Anybody can send such.",
        "/admin/dashboard#refusals",
    )


def _refused(title: str, advice: str) -> Words:
    def refused(a: About) -> Said:
        words = f"{counted(a.number('failures'), 'time')}, today and yesterday. {advice}"
        return Said(title.format(partner=a.partner), words, "/admin/dashboard#refusals")

    return refused


def _within_a_day(title: str, status: str) -> Words:
    def within_a_day(a: About) -> Said:
        number = counted(a.number("failures"), "event")
        words = f"{number} within 24 hours, most often for this: {texts.reason(a.code)}"
        return Said(title.format(partner=a.partner), words, a.events(status))

    return within_a_day


def _our_fault(a: About) -> Said:
    number = a.number("failures")
    return Said(
        f"A fault of ours has stopped {counted(number, 'event')} of {a.partner}",
        f"{agreeing(number, 'It is', 'They are')} safe. Tell the technical contact, then try "
        f"{agreeing(number, 'it', 'them')} again.",
        a.events("parked"),
    )


def _silent(a: About) -> Said:
    students = a.number("students")
    are = agreeing(students, "1 student is", f"{capped(students)} students are")
    return Said(
        f"Nothing has come from {a.partner} for {a.lasting}",
        f"Usually no more than {_hours(a)} passes, and {are} with it. Ask whether it still sends.",
    )


def _hours(a: About) -> str:
    """How long a gap usually is at most: 'an hour', '2.5 hours'."""
    hours = float(a.numbers.get("usual_hours") or 0)
    return "an hour" if hours <= 1 else f"{hours:,g} hours"


def _waiting(status: str, one: str, several: str) -> Words:
    def waiting(a: About) -> Said:
        number = a.number("events")
        wait, words = agreeing(number, "has waited", "have waited"), agreeing(number, one, several)
        return Said(f"{counted(number, 'event')} of {a.partner} {wait} for more than a day", words, a.events(status))

    return waiting


def _due(a: About) -> Said:
    number = a.number("events")
    be = agreeing(number, "is", "are")
    return Said(
        f"{counted(number, 'event')} of {a.partner} {be} due and not tried again",
        f"For more than an hour. {TECHNICAL}",
        "/admin/replay",
    )


def _many(a: About) -> Said:
    return Said(
        f"{a.partner} has completed {counted(a.number('completions'), 'step')} today",
        f"On its busiest day of the last four weeks it was {a.number('most_before'):,}. "
        f"Ask {a.partner} whether that is right.",
    )


def _too_soon(a: About) -> Said:
    return Said(
        f"{a.partner} has completed {counted(a.number('completions'), 'step')} today as soon as they began",
        f"Within {counted(a.number('minutes'), 'minute')} they can hardly have been done. Ask {a.partner}.",
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


WORDS: dict[tuple[str, str], Words] = {
    ("webhook_failures", "signature"): _signature,
    ("webhook_failures", "too_large"): _refused(
        "{partner} sends more than 64 KiB at once", "Ask it to send each event by itself."
    ),
    ("webhook_failures", "unsupported"): _refused(
        "{partner} sends something that is no plain JSON", "Ask it to send Content-Type: application/json."
    ),
    ("webhook_failures", "rejected"): _within_a_day("{partner} sends events that can't be read", "rejected"),
    ("webhook_failures", "parked"): _within_a_day("Many events of {partner} wait for somebody", "parked"),
    ("webhook_failures", "our_fault"): _our_fault,
    ("partner_silent", ""): _silent,
    ("events_waiting", "parked"): _waiting(
        "parked", "Link, assign or configure what it waits for.", "Link, assign or configure what they wait for."
    ),
    ("events_waiting", "rejected"): _waiting(
        "rejected",
        "Ask the partner to send it again, corrected.",
        "Ask the partner to send them again, corrected.",
    ),
    ("events_waiting", "conflict"): _waiting("conflict", KNOWN, KNOWN),
    ("events_waiting", "due"): _due,
    ("completion_anomaly", "many"): _many,
    ("completion_anomaly", "too_soon"): _too_soon,
    ("completion_anomaly", "by_hand"): _by_hand,
    ("completion_anomaly", "without_completion"): _without_completion,
}
