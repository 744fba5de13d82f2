"""Mails that come back: by which address we know them, what they report, and what becomes of it."""
