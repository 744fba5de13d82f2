"""A database moves to another version and another server, and is as it was deployed there too."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from app.operate.deploy import RESTORED, deploy
from app.operate.postgres.binaries import credentials, embedded_bindir, installed_bindirs, major_version, runnable_by
from app.operate.postgres.embedded import DATABASE
from tests.deploy.scripts import SCHEMA_IS_RIGHT
from tests.world import deploys
from tests.world.postgres import PgServer, deploy_and_seed, thrown_away
from tests.world.psql import SEEDS, psql

NEW = embedded_bindir()
OLD = next((bindir for bindir in installed_bindirs() if major_version(bindir) < major_version(NEW)), None)
FACTS = "select f.kind, f.name, f.fact from handoff_private.facts() as f"

pytestmark = [
    pytest.mark.skipif(OLD is None, reason="no older PostgreSQL is installed beside the embedded one"),
    pytest.mark.skipif(os.environ.get("TEST_PG_BINDIR") == str(OLD), reason="the other suite starts both servers"),
]


def facts(url: str) -> set[tuple[str, str, str]]:
    """How things are in a database."""
    with psycopg.connect(url) as connection:
        return set(connection.execute(FACTS).fetchall())


def check(server: PgServer, script: str) -> list[str]:
    """What a script of seeds/ prints."""
    assert server.bindir is not None
    return psql(server.bindir, server.url(DATABASE), "-f", SEEDS / script).lines


def dumped(server: PgServer, program: str, *options: str) -> bytes:
    """What pg_dump or pg_dumpall writes."""
    assert server.bindir is not None
    command = [server.bindir / program, *options, "-d", server.url(DATABASE)]
    return subprocess.run(command, capture_output=True, check=True).stdout


def restored(server: PgServer, tmp_path: Path, *scripts: bytes) -> None:
    """Runs dumps with psql, which goes on after an error as it does by default."""
    assert server.bindir is not None
    for number, script in enumerate(scripts):
        path = tmp_path / f"{number}.sql"
        path.write_bytes(script)
        subprocess.run(
            [server.bindir / "psql", "-qX", server.url(DATABASE), "-f", path], capture_output=True, check=True
        )


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PgServer]:
    """A server of the older version, deployed and seeded."""
    with thrown_away(tmp_path_factory.mktemp("old"), OLD) as server:
        deploy_and_seed(server.url(DATABASE))
        yield server


@pytest.fixture
def new(tmp_path: Path) -> Iterator[PgServer]:
    """An empty server of the newer version."""
    with thrown_away(tmp_path / "new", NEW) as server:
        yield server


def test_a_deploy_makes_the_same_of_each_version(old: PgServer, new: PgServer) -> None:
    deploy(new.url(DATABASE))
    assert facts(new.url(DATABASE)) == facts(old.url(DATABASE))


def test_after_a_restore_with_the_roles_only_their_settings_are_missing(
    old: PgServer, new: PgServer, tmp_path: Path
) -> None:
    """A dump of one database has none of them."""
    restored(new, tmp_path, dumped(old, "pg_dumpall", "--roles-only"), dumped(old, "pg_dump"))
    missing = check(new, "CHECK_SCHEMA.sql")
    assert {line.split()[0] for line in missing} == {"setting"}
    assert deploy(new.url(DATABASE)) == [*(f"put right: {line}" for line in missing), RESTORED]
    assert facts(new.url(DATABASE)) == facts(old.url(DATABASE))
    assert check(new, "CHECK_BOOKS.sql")[-1] == "OK: the books balance."


def test_after_a_restore_without_the_roles_a_deploy_makes_them_and_gives_them_what_is_theirs(
    old: PgServer, new: PgServer, tmp_path: Path
) -> None:
    restored(new, tmp_path, dumped(old, "pg_dump"))
    assert "put right: schema handoff is another: owner postgres; deployed was: owner handoff_owner" in deploy(
        new.url(DATABASE)
    )
    assert facts(new.url(DATABASE)) == facts(old.url(DATABASE))
    assert check(new, "CHECK_SCHEMA.sql") == [SCHEMA_IS_RIGHT]
    assert deploy(new.url(DATABASE)) == []


class Clusters:
    """The two clusters of a pg_upgrade in one directory, in the name of an account that PostgreSQL accepts."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._account = None if os.geteuid() else pwd.getpwnam("nobody")
        if self._account:
            os.chown(home, self._account.pw_uid, self._account.pw_gid)

    def run(self, bindir: Path, program: str, *arguments: str | Path) -> None:
        """One of PostgreSQL's programs."""
        done = subprocess.run(
            [runnable_by(self._account, bindir, self.home) / program, *arguments],
            cwd=self.home,
            capture_output=True,
            text=True,
            **credentials(self._account),
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def programs(self, bindir: Path) -> Path:
        """Where the account finds them."""
        return runnable_by(self._account, bindir, self.home)

    def make(self, bindir: Path, *options: str) -> None:
        """An empty cluster."""
        options = ("-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync", *options)
        self.run(bindir, "initdb", "-D", self._data(bindir), *options)

    @contextmanager
    def running(self, bindir: Path) -> Iterator[PgServer]:
        """The cluster's server, until the block ends."""
        options = f"-c listen_addresses= -c unix_socket_directories={self.home} -c fsync=off"
        self.run(bindir, "pg_ctl", "start", "-w", "-D", self._data(bindir), "-l", self.home / "log", "-o", options)
        try:
            yield PgServer(str(self.home), 5432, "postgres", None, bindir)
        finally:
            self.run(bindir, "pg_ctl", "stop", "-m", "fast", "-w", "-D", self._data(bindir))

    def upgrade(self, old: Path, new: Path) -> None:
        """Brings the old cluster to the new one."""
        places = ["-b", self.programs(old), "-B", self.programs(new), "-d", self._data(old), "-D", self._data(new)]
        self.run(new, "pg_upgrade", "-U", "postgres", "-s", self.home, *places)

    def _data(self, bindir: Path) -> Path:
        return self.home / str(major_version(bindir))


@pytest.fixture
def clusters() -> Iterator[Clusters]:
    """In a directory that another account can enter and whose sockets have short names."""
    home = Path(tempfile.mkdtemp(prefix="handoff-", dir="/var/tmp"))
    try:
        yield Clusters(home)
    finally:
        shutil.rmtree(home)


def test_after_pg_upgrade_all_is_as_it_was_deployed(clusters: Clusters) -> None:
    assert OLD is not None
    clusters.make(OLD)
    with clusters.running(OLD) as server:
        deploys.execute(server.url("postgres"), f"create database {DATABASE}")
        deploy_and_seed(server.url(DATABASE))
        before = facts(server.url(DATABASE))
        for dbname in ("postgres", "template1", DATABASE):
            # Some builds of 15 write an option there that no newer server knows; none of it is ours.
            deploys.execute(
                server.url(dbname),
                "set allow_system_table_mods = on;"
                "update pg_catalog.pg_attribute set attoptions = null where attoptions::text like '%pg_attver%'",
            )
    clusters.make(NEW, "--no-data-checksums")
    clusters.upgrade(OLD, NEW)
    with clusters.running(NEW) as server:
        assert facts(server.url(DATABASE)) == before
        assert check(server, "CHECK_SCHEMA.sql") == [SCHEMA_IS_RIGHT]
        assert check(server, "CHECK_BOOKS.sql")[-1] == "OK: the books balance."
        assert deploy(server.url(DATABASE)) == []
        assert deploys.value(server.url(DATABASE), "select h.doubts_before is null from handoff.home as h")
