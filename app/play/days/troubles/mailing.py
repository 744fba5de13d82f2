"""What goes wrong with mails: the mail server is away for a while, or refuses some students for good."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from app.play.days.deeds import Trouble
from app.play.days.partners import DAY, Window

CELL = 16  # ticks: in the first of them students may be refused, in the middle the server may be away
AWAY_FROM, AWAY_TICKS = 5, 8  # of a cell: a mail of its first tick may be late, when its worker was killed
AWAY_HOURS = 23  # at most: what is mailed to admins is worth a day, and is not to be given up
AWAY_SHARE = 0.7  # of all cells
RUN = 8  # cells: students are refused in a row of them, but for the last
REFUSALS = 3  # within a day are told of
SEEN_AFTER = 7  # ticks: each brings one failure more, five are told of
SLACK = 6  # ticks


class Mailing:
    """The cells of a run: when the server is away, and at which ticks students come whom it refuses."""

    def __init__(self, hours: float, tick: float, rng: random.Random) -> None:
        self._tick = tick
        cells = list(range(1, round(hours / tick) // CELL))
        away = sorted(rng.sample(cells, round(AWAY_SHARE * len(cells))))
        lasts = min(AWAY_TICKS, AWAY_HOURS // tick) * tick
        begins = [(CELL * cell + AWAY_FROM) * tick for cell in away]
        self.away = [Window(begin, begin + lasts) for begin in begins]
        runs = [cells[first : first + RUN] for first in range(0, len(cells), RUN)]
        rng.shuffle(runs)
        rows = [run[:-1] if len(run) == RUN else run for run in runs]
        self.refusing = [CELL * cell * tick for row in rows for cell in row]

    @property
    def together(self) -> int:
        """So many students are refused at once: where a row of cells is close, two and the two before are enough."""
        return 2 if CELL * self._tick < DAY else REFUSALS + 1

    def is_away(self, hour: float) -> bool:
        """Whether the server takes nobody's call."""
        return any(hour in window for window in self.away)

    def troubles(self, refused: Sequence[float], mailed: Sequence[float]) -> Iterator[Trouble]:
        """`refused`: at which ticks a mail is refused; `mailed`: at which one is made. Both in their order."""
        slack = SLACK * self._tick
        for begin, end in self.away:
            first = next((hour for hour in mailed if hour >= begin), end)
            by = first + SEEN_AFTER * self._tick
            yield Trouble("delivery_failing", "mail_server", begin, by, end, end + slack, certain=by <= end)
        for begin, end in _crowded(refused):
            yield Trouble("delivery_failing", "mail_refused", begin, begin + slack, end, end + slack)


def _crowded(hours: Sequence[float]) -> Iterator[Window]:
    """While there were so many within a day that they are told of."""
    begin = end = 0.0
    for first, last in zip(hours, hours[REFUSALS - 1 :], strict=False):
        if last >= first + DAY:
            continue
        if last >= end:
            if end:
                yield Window(begin, end)
            begin = last
        end = first + DAY
    if end:
        yield Window(begin, end)
