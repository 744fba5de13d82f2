"""What the public check of a certificate alone says."""

from app.texts import Label

STATE = {
    "valid": Label("done", "✓", "Valid"),
    "revoked": Label("bad", "!", "Revoked"),
    "replaced": Label("bad", "!", "Replaced"),
}
HEADING = {
    "valid": "This certificate is genuine",
    "revoked": "This certificate was revoked",
    "replaced": "This certificate was replaced by another",
}
