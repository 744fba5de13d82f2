"""What the page for alerts alone says."""

from __future__ import annotations

STATE = {"new": "New", "known": "Known, or left alone", "closed": "Over"}
EMPTY = {
    "new": "All clear: nothing new needs you.",
    "known": "No alert is known or left alone.",
    "closed": "No alert is over yet.",
}
NONE_OF_KIND = "No alert of this kind."
CLOSES = "An alert closes by itself when its cause is gone: nobody has to close one."
TAKES = '"I take it" shows your name here.'
KNOWS = f'{TAKES} "I know" takes it out of this list and of the daily mail: it stands under "{STATE["known"]}" then.'
LINK = {
    "/admin/events": "Look at the events",
    "/admin/mails": "Look at the mails",
    "/admin/dashboard": "Look at what was refused",
    "/admin/replay": "Try them again",
}
ACKNOWLEDGED = "It is noted that you know. The alert closes by itself when its cause is gone."
OWNED = "It is noted that you are at it."
NO_DAY = "Please choose a day to come, within a year."


def link(path: str) -> str:
    """What a link to that page says."""
    return LINK.get(path.partition("?")[0].partition("#")[0], "Look at it")


def empty(state: str, kind: str | None) -> str:
    """What stands where no alert of this state does; of a kind, nothing is said of the others."""
    return NONE_OF_KIND if kind else EMPTY[state]


def snoozed(day: str) -> str:
    """Left alone until a day, as the page writes it."""
    return f"It is left alone until {day}, and comes back if it is still so."
