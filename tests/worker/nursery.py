"""Makes workers quickly: `python -m tests.worker.nursery` has imported all, and forks one for each line that it reads.

Prints the id of each. They are processes of their own, killed as any other; leases and chores are in a hurry, so that
what a killed one was at is taken up within the second.
"""

from __future__ import annotations

import os
import signal
import sys

from app.worker import __main__ as worker
from app.worker import chores, loop

LEASE_SECONDS = 2


def main() -> None:
    """Until its input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they ended
    loop.LEASE_SECONDS = LEASE_SECONDS
    chores.CHORES = (chores.Chore(0.5, chores.CHORES[0].statement), *chores.CHORES[1:])
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            os.close(0)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os._exit(worker.main())
        print(child, flush=True)


if __name__ == "__main__":
    main()
