"""What an upgrade starts from."""

from pathlib import Path

DUMPS = sorted(Path(__file__).parent.glob("*.sql.gz"))
