"""Plays all partners against a running server, and proves afterwards that the books balance."""
