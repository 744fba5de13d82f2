"""PgBouncer in transaction mode before a server: each transaction may get another connection."""

from __future__ import annotations

import os
import pwd
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from app.operate.postgres.binaries import credentials
from tests.tools.pgbouncer import CACHE, ensure
from tests.world.postgres import PgServer, Pooler

SECONDS = 10
CONFIGURATION = """\
[databases]
* = host={host} port={port}
[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {directory}
auth_type = trust
auth_file = {directory}/users
pool_mode = transaction
default_pool_size = 5
max_db_connections = 20
server_login_retry = 0
server_idle_timeout = 5
ignore_startup_parameters = extra_float_digits
"""
USERS = ("postgres", "handoff_pages_login", "handoff_webhook_login", "handoff_worker_login")


@contextmanager
def pooling(server: PgServer, directory: Path) -> Iterator[Pooler]:
    """A pooler before every database of the server, until the block ends. Raises DebianError when there is none."""
    pgbouncer = ensure(CACHE)
    directory.chmod(0o777)
    configuration = directory / "pgbouncer.ini"
    configuration.write_text(CONFIGURATION.format(host=server.host, port=server.port, directory=directory))
    (directory / "users").write_text("".join(f'"{user}" ""\n' for user in USERS))
    owner = os.stat(server.host)
    account = pwd.getpwuid(owner.st_uid) if os.geteuid() == 0 else None
    with (directory / "log").open("wb") as log:
        process = subprocess.Popen(
            [pgbouncer.path, configuration],
            stdout=log,
            stderr=log,
            env=os.environ | pgbouncer.env,
            **credentials(account),
        )
        try:
            pooler = Pooler(str(directory), server.port)
            _await(pooler, directory / "log")
            yield pooler
        finally:
            process.kill()
            process.wait()


def _await(pooler: Pooler, log: Path) -> None:
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            psycopg.connect(pooler.url("postgres", "postgres")).close()
            return
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise AssertionError(log.read_text()) from error
            time.sleep(0.05)
