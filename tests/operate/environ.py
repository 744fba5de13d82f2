"""What an environment may hold, and the settings that are read from it."""

from app.settings import Settings
from tests.world.partners import new_secret

SECRET = new_secret()
SHORT = "dG9vIHNob3J0IGZvciBhIGtleQ=="  # 19 bytes, in 28 characters
PASSWORD = "correct-horse-battery-staple"


def read(**environ: str) -> Settings:
    """The settings of an environment."""
    return Settings.from_environ(environ)
