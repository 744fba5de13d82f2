"""A command and what it says, as the tests of a partner's commands run it."""

from collections.abc import Callable

from click.testing import Result
from psycopg import Connection
from psycopg.rows import DictRow

Db = Connection[DictRow]
Run = Callable[..., Result]
FIVE = ("hsi", "certiport", "careersafe", "jri", "milady")
