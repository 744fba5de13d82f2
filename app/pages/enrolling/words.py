"""What the form for one new student says."""

from __future__ import annotations

ENROLLED = "The student is enrolled."
WAS_ENROLLED = "Nothing was changed: this student is in the program already, or has completed it."
