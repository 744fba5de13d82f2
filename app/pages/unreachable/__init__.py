"""People whom no mail reaches."""
