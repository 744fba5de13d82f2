"""The tests, and what keeps the settings of whoever runs them out."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DB = ROOT / "db"

PARTNERS = ("PARTNER_OUTGOING_SECRET", "PARTNER_RETIRED_SECRET", "PARTNER_WEBHOOK_SECRET")
OURS = (*PARTNERS, "BASE_URL", "HANDOFF_", "MAIL_FROM", "PORT", "SECRET_KEY", "SMTP_URL")
FOR_TESTS = ("HANDOFF_KILLS", "HANDOFF_POOLED", "HANDOFF_REGENERATE", "HANDOFF_SLOW", "HANDOFF_SOAK")


def forget_settings() -> None:
    """Remove Handoff's and libpq's settings from the environment: tests must never reach a real database."""
    for name in set(os.environ).difference(FOR_TESTS):
        if name.startswith(OURS) or name.endswith("DATABASE_URL") or (name.startswith("PG") and name != "PGDEV_BIN"):
            del os.environ[name]
