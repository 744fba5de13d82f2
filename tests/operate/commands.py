"""A command and what it says, as the tests of commands run it."""

from collections.abc import Callable

from click.testing import Result
from psycopg import Connection
from psycopg.rows import DictRow

Db = Connection[DictRow]
Run = Callable[..., Result]
FIVE = ("hsi", "certiport", "careersafe", "jri", "milady")


def fault(result: Result) -> str:
    """The one line of a command that failed."""
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    [line] = result.output.splitlines()
    assert line.startswith("Error: ")
    return line
