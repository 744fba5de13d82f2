"""Mails to people: what each kind says, how it is written once, and how it reaches the mail server."""
