"""Troubles that are of more than one student: of the workers, of the mail server, of a partner's day, of one person."""
