"""A PostgreSQL of our own: private, started on demand, reachable only through a socket of the user who started it.

    python -m app.operate.postgres.embedded start|stop|status|url|bin|destroy [--dir .pg] [--fast] [--bin DIR]

A directory holds one cluster per major version, and beside it a fast one: throw-away, without durability, in memory
where there is room. PostgreSQL refuses root, so for root it runs as `postgres` or `nobody`, and below /var/tmp when
that account cannot enter the directory.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import pwd
import shlex
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from app.operate.postgres.binaries import (
    PostgresError,
    checked,
    credentials,
    embedded_bindir,
    installed_bindirs,
    major_version,
    runnable_by,
)
from app.operate.postgres.cluster import DATABASE, LOCK, Cluster, clusters

__all__ = ["DATABASE", "PostgresError", "Server", "destroy", "installed_bindirs", "start", "stop"]

START_SECONDS = 60  # crash recovery can take long
ACCOUNTS = ("postgres", "nobody")
ELSEWHERE = Path("/var/tmp")
MEMORY = Path("/dev/shm")
MEMORY_NEEDED = 1 << 30  # bytes; many containers have 64 MB there
SETTINGS = {"listen_addresses": "", "max_connections": "100"}
FAST_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "256MB",
    "jit": "off",  # which Handoff's own roles never have
}


@dataclass(frozen=True)
class Server(Cluster):
    """A running cluster, with the major version and the directory of its programs (psql, ...)."""

    version: int = 0
    bindir: Path = Path()


def start(directory: Path, *, fast: bool = False, bindir: Path | None = None) -> Server:
    """The running server of `directory`, made and started when needed, with a database `handoff` in it.

    `bindir` has PostgreSQL's programs, by default the embedded wheel's. Waits up to 60 s for crash recovery.
    Raises PostgresError.
    """
    bindir = checked(bindir) if bindir else embedded_bindir()
    version = major_version(bindir)
    with _locked(directory):
        entry = directory.absolute() / _name(version, fast)
        account = _account(entry)
        _make_home(entry, account, fast)
        server = Server(**vars(Cluster.at(entry)), version=version, bindir=bindir)
        if server.pid() and not server.socket.exists():
            server.stop()  # whatever tidies /tmp took the socket away
        if not server.pid():
            _make_private(Path(server.host), account)
            _launch(server, account)
        with _connect(server) as connection:
            known = connection.execute("select from pg_catalog.pg_database where datname = %s", [DATABASE]).rowcount
            if not known:
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))
    return server


def stop(directory: Path) -> None:
    """Stop every server of `directory`; the fast ones are removed. Raises PostgresError."""
    for cluster in clusters(directory):
        with _locked(directory):
            cluster.destroy() if cluster.fast else cluster.stop()


def destroy(directory: Path) -> None:
    """Stop and remove every cluster of `directory`, with its data. Raises PostgresError."""
    for cluster in clusters(directory):
        with _locked(directory):
            cluster.destroy()


def _name(version: int, fast: bool) -> str:
    return f"pg{version}{'-fast' if fast else ''}"


@contextlib.contextmanager
def _locked(directory: Path) -> Iterator[None]:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        lock = (directory / LOCK).open("w")
    except OSError as error:
        raise PostgresError(f"cannot write to {directory}: {error.strerror}") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _account(entry: Path) -> pwd.struct_passwd | None:
    """Who shall run the server, when that is not whoever runs this: the cluster's owner, else a system account."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(FileNotFoundError, KeyError):
        if owner := entry.stat().st_uid:
            return pwd.getpwuid(owner)
    for name in ACCOUNTS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise PostgresError(f"PostgreSQL does not run as root, and there is no account {' or '.join(ACCOUNTS)}")


def _make_home(entry: Path, account: pwd.struct_passwd | None, fast: bool) -> None:
    """The cluster's private directory: `entry`, or what `entry` links to where `account` cannot enter its directory."""
    if not entry.exists():
        entry.unlink(missing_ok=True)  # a link to what is gone
        if account and not _enters(account, entry.parent):
            entry.symlink_to(tempfile.mkdtemp(prefix="handoff-", dir=ELSEWHERE))
    _make_private(_linked(entry), account)
    memory = entry / "memory"
    if fast and not memory.exists() and not (entry / "data").exists():
        memory.unlink(missing_ok=True)
        if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > MEMORY_NEEDED:
            memory.symlink_to(tempfile.mkdtemp(prefix="handoff-", dir=MEMORY))
            _make_private(_linked(memory), account)


def _enters(account: pwd.struct_passwd, directory: Path) -> bool:
    return subprocess.run(["test", "-x", directory], cwd="/", **credentials(account)).returncode == 0


def _linked(path: Path) -> Path:
    """Where a link of our own leads, one step; what is no link is itself."""
    return path.parent / path.readlink() if path.is_symlink() else path


def _make_private(path: Path, account: pwd.struct_passwd | None) -> None:
    """Make a directory with mode 0700 for the account that runs the server. Raises PostgresError if it is another's.

    Others can write where it lies, and could have put a link there: none is followed, and nothing of theirs changed.
    """
    with contextlib.suppress(FileExistsError):
        path.mkdir(mode=0o700)
    info = path.lstat()
    is_private = stat.S_ISDIR(info.st_mode) and not info.st_mode & 0o077
    if is_private and account and info.st_uid == 0:
        os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)
    elif not is_private or info.st_uid != (account.pw_uid if account else os.geteuid()):
        raise PostgresError(f"{path} is no directory of this user alone: remove it, or use another --dir")


def _launch(server: Server, account: pwd.struct_passwd | None) -> None:
    programs = runnable_by(account, server.bindir, server.home)

    def run(program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return subprocess.run(
            [programs / program, *arguments],
            cwd="/",
            env=environment,
            capture_output=True,
            text=True,
            **credentials(account),
        )

    if not server.data.exists():
        unfinished = server.data.with_name("data.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        locale = ["--locale=C.UTF-8"]
        if server.version >= 17:  # does not depend on the locales of the machine
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        trust = ["--auth-local=trust", "--auth-host=reject"]
        made = run("initdb", "-D", unfinished, "-U", "postgres", "-E", "UTF8", "--no-sync", *locale, *trust)
        if made.returncode:
            raise PostgresError(f"initdb failed: {made.stderr.strip()}")
        unfinished.rename(server.data)

    # After a crash these name no process of ours, but maybe a stranger's, and then PostgreSQL would not start.
    for stale in (server.data / "postmaster.pid", server.socket.with_name(f"{server.socket.name}.lock")):
        stale.unlink(missing_ok=True)
    settings = SETTINGS | {"unix_socket_directories": server.host} | (FAST_SETTINGS if server.fast else {})
    options = shlex.join(word for name, value in settings.items() for word in ("-c", f"{name}={value}"))
    deadline = time.monotonic() + START_SECONDS
    while True:
        before = server.log.stat().st_size if server.log.exists() else 0
        wait = ["-w", "-t", str(START_SECONDS)]
        started = run("pg_ctl", "start", "-s", *wait, "-D", server.data, "-l", server.log, "-o", options)
        if not started.returncode:
            return
        said = server.log.read_bytes()[before:].decode(errors="replace") if server.log.exists() else ""
        if "is still in use" not in said or time.monotonic() > deadline:
            raise PostgresError(f"PostgreSQL did not start; see {server.log}\n{started.stderr}{said}".strip())
        time.sleep(0.1)  # sessions of a crashed server are still at work


def _connect(server: Server) -> psycopg.Connection[Any]:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            return psycopg.connect(server.url("postgres"), autocommit=True)
        except psycopg.OperationalError as error:  # an earlier start may have left it in recovery
            if not server.pid() or time.monotonic() > deadline:
                raise PostgresError(f"PostgreSQL does not answer; see {server.log}\n{error}".strip()) from error
            time.sleep(0.1)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line. Returns 0; 3 when `status` or `url` finds nothing running; 1 after an error."""
    parser = argparse.ArgumentParser(
        prog="python -m app.operate.postgres.embedded", description="A private PostgreSQL."
    )
    parser.add_argument("command", choices=["start", "stop", "status", "url", "bin", "destroy"])
    parser.add_argument("--dir", type=Path, default=Path(".pg"), help="where the clusters are (default: .pg)")
    parser.add_argument("--fast", action="store_true", help="a throw-away cluster, in memory where there is room")
    parser.add_argument("--bin", type=Path, help="PostgreSQL's programs (default: the embedded wheel's)")
    options = parser.parse_args(arguments)
    try:
        return _command(options)
    except (PostgresError, PermissionError) as error:
        print(error, file=sys.stderr)
        return 1


def _command(options: argparse.Namespace) -> int:
    if options.command == "start":
        print(start(options.dir, fast=options.fast, bindir=options.bin).url())
    elif options.command == "stop":
        stop(options.dir)
    elif options.command == "destroy":
        destroy(options.dir)
    elif options.command == "bin":
        print(options.bin or embedded_bindir())
    elif options.command == "url":
        name = _name(major_version(options.bin or embedded_bindir()), options.fast)
        running = [cluster for cluster in clusters(options.dir) if cluster.entry.name == name and cluster.pid()]
        if not running:
            print(f"no server runs in {options.dir}", file=sys.stderr)
            return 3
        print(running[0].url())
    else:
        running = [cluster for cluster in clusters(options.dir) if cluster.pid()]
        for cluster in running:
            print(f"{cluster.entry.name} runs (pid {cluster.pid()}): {cluster.url()}")
        if not running:
            print(f"no server runs in {options.dir}")
            return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
