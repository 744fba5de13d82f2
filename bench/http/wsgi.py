"""The application for a server of the bench: as it is, or with BENCH_DATABASE=0 without the one call to PostgreSQL.

What is left then is the server, Flask and the check of the signature.
"""

from __future__ import annotations

import os
import sys
from typing import Any
from uuid import uuid4

from flask import Flask

from app import create_app, serve
from app.webhooks import receive as webhooks
from app.webhooks.directory import Partner


def _prepare() -> None:
    if os.environ["BENCH_DATABASE"] == "0":
        partners = {"hsi": Partner("hsi", "active", "standard")}
        answer: dict[str, Any] = {"status": "accepted", "reason": "completed", "receipt": uuid4()}
        vars(webhooks).update(partner_directory=lambda: partners, receive_partner_event=lambda *_: answer)


def application() -> Flask:
    """For servers that import a factory."""
    _prepare()
    return create_app()


if __name__ == "__main__":
    _prepare()
    sys.exit(serve.main())
