"""What the public check of a certificate alone says."""

from app.texts import Label

VALID = Label("done", "✓", "Valid")
