"""Which Handoff this is."""

VERSION = "0.1.0"
