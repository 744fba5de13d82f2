"""When no worker is at work, which the web process must see, and what is seen later for it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from app.play.days.deeds import Trouble
from app.play.days.partners import DAY, Window

A_DAY = 0.9  # on average: more than fifty in sixty days
MOST_HOURS = 2
APART = 9  # ticks from the beginning of one to that of the next, so that each opens an alert of its own
FOLLOWS = 6  # ticks, within which the alert is closed
LONGEST_WAIT = 9  # ticks, in which anything is seen


class Outages:
    """The workers end after the tick at which an outage begins, and are back at the tick at which it ends."""

    def __init__(self, windows: Sequence[Window], tick: float) -> None:
        self.windows, self._tick = windows, tick

    def is_out(self, hour: float) -> bool:
        """Whether no worker was at work since the tick before this one."""
        return any(window.begin < hour <= window.end for window in self.windows)

    def is_over(self, hour: float) -> bool:
        """Whether an outage ends at this tick, when all that is due is done."""
        return any(window.end == hour for window in self.windows)

    def later(self, since: float, by: float) -> float:
        """A time by which workers must have done something after `since`: ticks at which there are none don't count."""
        for window in self.windows:
            if window.begin < by and window.end > since:
                by += window.end - window.begin - self._tick
        return by

    def postponed(self, trouble: Trouble) -> Trouble:
        """Workers open and close its alert, so they do it later where there are none."""
        wait = LONGEST_WAIT * self._tick
        over = None if trouble.over is None else self.later(trouble.over - wait, trouble.over)
        return trouble._replace(by=self.later(max(trouble.since, trouble.by - wait), trouble.by), over=over)

    def troubles(self) -> Iterator[Trouble]:
        """One each. It is seen when the web process looks, at the first tick."""
        for begin, end in self.windows:
            by, over = begin + 1.5 * self._tick, end + FOLLOWS * self._tick
            yield Trouble("worker_silent", None, begin, by, end, over)


def outages(hours: float, tick: float, rng: random.Random) -> Outages:
    """Scattered over all days, as many as can be told apart."""
    ticks = round(hours / tick)
    count = min(round(A_DAY * hours / DAY), ticks // APART)
    windows = []
    for number in range(count):
        first, following = (ticks * place // count for place in (number, number + 1))
        lasts = max(1, round(rng.randint(1, MOST_HOURS) / tick))
        begin = first + rng.randint(1, max(1, following - first - APART + 1))
        windows.append(Window(begin * tick, (begin + lasts) * tick))
    return Outages(windows, tick)
