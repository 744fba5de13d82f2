"""What somebody typed into a form, as the database can take it."""

from __future__ import annotations

from uuid import UUID

from flask import request

MOST_TYPED = 1000  # letters; of more, one more is kept, so that the database refuses it


def typed(name: str) -> str:
    """A text field of the form that was sent; what stands in an address fills in no form."""
    return storable(request.form.get(name, ""))


def typed_id(name: str) -> UUID | None:
    """An id of the form; None when it is none: the database says what is missing."""
    try:
        return UUID(request.form.get(name, ""))
    except ValueError:
        return None


def storable(text: str) -> str:
    """Without the character that no text of the database holds."""
    return text.replace("\x00", "")[: MOST_TYPED + 1]
