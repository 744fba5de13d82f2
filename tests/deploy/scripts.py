"""The scripts in seeds/, and how the checks end when all is right."""

from collections.abc import Callable

from tests.world.psql import Said

CONFIGURE = "CONFIGURE_ALL_PROGRAMS.sql"
ACCEPT_SCHEMA = "ACCEPT_SCHEMA.sql"
CHECK_SCHEMA = "CHECK_SCHEMA.sql"
CHECK_CONFIG = "check_program_config.sql"
SCHEMA_IS_RIGHT = "OK: the schema is as it was deployed."
CONFIG_IS_RIGHT = "OK: every program leads from its first partner to its certificate."

Run = Callable[[str], Said]
