"""Telling a partner something: a signed POST to an address that is public, and what the answer says."""
