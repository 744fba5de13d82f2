"""Lists that are handed in: read, looked at line by line, applied, and what came of them."""
