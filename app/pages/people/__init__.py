"""Students: the list, and one with all that belongs to the person."""
