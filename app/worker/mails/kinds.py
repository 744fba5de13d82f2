"""The words of every kind of mail, one function each, from the facts.

A subject shows on locked screens: it names no person and no program.
"""

from __future__ import annotations

from app import alert_words
from app.alert_words import ALERTS
from app.worker.mails.content import Content, Facts, Kind, Line
from app.worker.mails.links import BLANK

PROGRESS = "/student/progress"


def sign_in_link(facts: Facts) -> Content:
    """Without a name: whoever asked may be a stranger."""
    return Content(
        f"Your link to sign in to {facts.school}",
        ('Open this link and press "Sign in":',),
        ("Sign in", BLANK),
        (
            "The link works once, for 15 minutes.",
            "If you did not ask for it, do nothing: nobody gets in without it.",
        ),
        greets=False,
    )


def enrolled(facts: Facts) -> Content:
    """The enrollment was made; its first step has begun, or it awaits approval."""
    if facts.awaits_approval:
        return Content(
            "We have your enrollment",
            (
                f"{facts.They} has entered you for {facts.program}.",
                "Somebody at the school looks at it before you can start. We write again as soon as you can.",
            ),
            _progress(facts),
        )
    first = f"You are enrolled in {facts.program}. {_steps(facts)}"
    return Content("You are enrolled", (first, *_next(facts)), *_to(facts))


def approved(facts: Facts) -> Content:
    """The school has approved it, and the first step has begun."""
    return Content(
        "You can start",
        (f"Your enrollment in {facts.program} is approved. {_steps(facts)}", *_next(facts)),
        *_to(facts),
    )


def step_ready(facts: Facts) -> Content:
    """The next partner is ready, or a step was opened again."""
    return Content(
        "Your next step is ready",
        (f"Step {facts.step} of {facts.steps} in {facts.program} is ready: {facts.partner}.", *_begin(facts)),
        *_to(facts),
    )


def not_passed(facts: Facts) -> Content:
    """An attempt failed and the step stays open, or somebody at the school closed it as not passed."""
    if facts.failed:
        return Content(
            "A step was not passed",
            (
                f"Step {facts.step} of {facts.steps} in {facts.program}, {facts.partner}, is marked as not passed.",
                f"Please ask {facts.they} how it goes on. The steps that you have completed stay completed.",
            ),
            _progress(facts),
        )
    return Content(
        "An attempt was not passed",
        (
            f"{facts.partner} tells us that an attempt was not passed. It happens, and nothing is lost.",
            f"Step {facts.step} of {facts.steps} in {facts.program} stays open: you can try again there.",
        ),
        *_to(facts),
    )


def on_hold(facts: Facts) -> Content:
    """Nothing goes on until the school says so."""
    return Content(
        "Your training is on hold",
        (
            f"{facts.They} has put your training in {facts.program} on hold. What you have completed stays completed.",
            "You need not do anything. We write again when it goes on.",
        ),
        _progress(facts),
    )


def resumed(facts: Facts) -> Content:
    """It goes on after a hold."""
    return Content(
        "Your training goes on",
        (f"Your training in {facts.program} is no longer on hold.", *_next(facts)),
        *_to(facts),
    )


def withdrawn(facts: Facts) -> Content:
    """The student has left the program."""
    return Content(
        "You have left the program",
        (
            f"{facts.They} has taken you out of {facts.program}. We send nothing more about it.",
            f"If that is not right, please tell {facts.they}: it can be taken back, and nothing is lost.",
        ),
        _progress(facts),
    )


def taken_back(facts: Facts) -> Content:
    """Leaving was a mistake, or is over."""
    return Content(
        "You are back in the program",
        (f"You are in {facts.program} again, with all that you had completed.", *_next(facts)),
        *_to(facts),
    )


def certificate_issued(facts: Facts) -> Content:
    """The last step was completed."""
    return Content(
        "Your certificate is ready",
        (
            f"Congratulations: you have completed {facts.program}.",
            f"Your certificate of {facts.day('issued_at')} has the number {facts.certificate}.",
            "It is on your page, as a PDF.",
        ),
        ("Get the certificate", facts.page(PROGRESS)),
        (f"Anybody to whom you show it can check it: {facts.page(f'/verify/{facts.certificate}')}",),
    )


def certificate_reissued(facts: Facts) -> Content:
    """A new number with the names of today."""
    return Content(
        "Your certificate was issued again",
        (
            f"{facts.They} has issued your certificate for {facts.program} again.",
            f"Its new number is {facts.certificate}.",
            "The earlier one is not valid any more: please use the new one.",
        ),
        ("Get the certificate", facts.page(PROGRESS)),
        (f"Anybody to whom you show it can check it: {facts.page(f'/verify/{facts.certificate}')}",),
    )


def certificate_revoked(facts: Facts) -> Content:
    """By the school, or because a step was opened again."""
    return Content(
        "Your certificate was revoked",
        (
            f"Your certificate {facts.certificate} for {facts.program} is not valid any more.",
            f"Please ask {facts.they} for the reason. Your page shows if a step is open again.",
        ),
        _progress(facts),
    )


def reminder(facts: Facts) -> Content:
    """A step takes longer than it usually does."""
    return Content(
        "Your training waits for you",
        (
            f"Step {facts.step} of {facts.steps} in {facts.program} is still open: {facts.partner}.",
            "If you have completed it there, you need not do anything: it can take a while until we hear of it.",
        ),
        *_to(facts),
    )


def digest(facts: Facts) -> Content:
    """For an admin, once a day: what newly needs somebody."""
    return Content(
        "What newly needs you",
        ("This is new since the last mail of this kind:",),
        ("Open the list", facts.page(ALERTS)),
        lines=_lines(facts),
    )


def alert(facts: Facts) -> Content:
    """For an admin, at once."""
    return Content(
        "Something needs you now",
        ("This can't wait for the daily mail:",),
        ("Open the list", facts.page(ALERTS)),
        lines=_lines(facts),
    )


KINDS: dict[str, Kind] = {
    kind.__name__: kind
    for kind in (
        sign_in_link,
        enrolled,
        approved,
        step_ready,
        not_passed,
        on_hold,
        resumed,
        withdrawn,
        taken_back,
        certificate_issued,
        certificate_reissued,
        certificate_revoked,
        reminder,
        digest,
        alert,
    )
}


def _steps(facts: Facts) -> str:
    return "It has one step." if facts.steps == 1 else f"It has {facts.steps} steps, one after the other."


def _next(facts: Facts) -> tuple[str, ...]:
    if facts.enrollment == "on_hold":
        return ("It is on hold for now. We write again when it goes on.",)
    if not facts.partner:
        return ("We write again as soon as there is a step to take.",)
    which = f"Your step is number {facts.step} of {facts.steps}: {facts.partner}."
    return (f"You start with {facts.partner}." if facts.step == 1 else which, *_begin(facts))


def _begin(facts: Facts) -> tuple[str, ...]:
    if facts.refused:
        return (
            f"{facts.They} is still clearing up your place with {facts.partner}.",
            "We write again when you can start.",
        )
    return (
        "Sign in there and train. We hear from them when you are done: you need not send us anything.",
        *_told(facts.instructions),
        *((f"They know you as {facts.account}.",) if facts.account else ()),
        *_told(f"Not registered with {facts.partner} yet? {facts.hint}" if facts.hint else None),
    )


def _told(text: str | None) -> tuple[str, ...]:
    """What the partner says, a paragraph for each line."""
    return tuple(line for line in (text or "").splitlines() if line.strip())


def _to(facts: Facts) -> tuple[tuple[str, str], tuple[str, ...]]:
    """The button to the partner, with whom to ask; where there is no link, the one to the student's page."""
    if facts.refused or not facts.launch_url:
        return _progress(facts), ()
    asked = (f"Questions about the training there: {facts.support}",) if facts.support else ()
    return (f"Go to {facts.partner}", facts.launch_url), (f"How far you are: {facts.page(PROGRESS)}", *asked)


def _progress(facts: Facts) -> tuple[str, str]:
    return "See how far you are", facts.page(PROGRESS)


def _lines(facts: Facts) -> tuple[Line, ...]:
    lines = [alert_words.said(alert) for alert in facts.alerts or ()]
    more = [Line(f"and {facts.more} more", url=facts.page(ALERTS))] if facts.more else []
    return (*(Line(title, text, facts.page(path)) for title, text, path in lines), *more)
