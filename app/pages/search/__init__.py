"""Looking for anything: one field on every page of the office."""
