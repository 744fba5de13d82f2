"""Sixty days of a school in minutes: the clock skips the time in which nobody has anything to do."""
