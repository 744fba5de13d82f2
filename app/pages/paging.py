"""Where a page of a list ends, so that the next one goes on there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, Self
from uuid import UUID

from flask import abort, request


class Place(NamedTuple):
    """The time and the id of the last row; in an address as time~id."""

    at: datetime
    row_id: UUID | str

    @classmethod
    def asked(cls, read_id: Callable[[str], UUID | str] = UUID) -> Self | None:
        """The place before which the list is asked for; None: its beginning. What can't be one is 404."""
        if "before" not in request.args:
            return None
        try:
            at, row_id = request.args["before"].split("~")
            return cls(datetime.fromisoformat(at), read_id(row_id))
        except ValueError:
            abort(404)

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.row_id}"
