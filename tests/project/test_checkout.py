"""A fresh checkout below a private home with a space in its path: `make demo-check` is all that is needed.

It makes a virtual environment, which takes a minute and a package index: HANDOFF_SLOW=1 runs it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.operate.postgres.binaries import credentials
from tests import ROOT

PYTHONS = (sys.executable, "/usr/local/bin/python3", "/usr/bin/python3")

pytestmark = pytest.mark.skipif("HANDOFF_SLOW" not in os.environ, reason="HANDOFF_SLOW is not set")


@pytest.fixture(params=["who runs the tests", "an ordinary account"])
def account(request: pytest.FixtureRequest) -> pwd.struct_passwd | None:
    """None: whoever runs the tests."""
    if request.param == "who runs the tests":
        return None
    if os.geteuid() != 0:
        pytest.skip("only root can become another account")
    return pwd.getpwnam("nobody")


@pytest.fixture
def checkout(account: pwd.struct_passwd | None) -> Iterator[Path]:
    """The files of the repository, below a directory that nobody but the account can enter."""
    listed = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(listed, capture_output=True, text=True)
    if answer.returncode:
        pytest.skip("this is no checkout of git")
    home = Path(tempfile.mkdtemp(prefix="handoff home "))  # the directories of pytest are closed to other accounts
    try:
        for name in filter(None, answer.stdout.split("\0")):
            if (ROOT / name).exists():
                target = home / "hand off" / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, target)
        if account:
            for path in (home, *home.rglob("*")):
                os.chown(path, account.pw_uid, account.pw_gid)
        assert home.stat().st_mode & 0o777 == 0o700
        yield home / "hand off"
    finally:
        shutil.rmtree(home)


def test_demo_check_needs_nothing_but_python_and_make(checkout: Path, account: pwd.struct_passwd | None) -> None:
    command = ["make", "demo-check", f"PYTHON={_python(account)}"]
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    environment["HOME"] = str(checkout.parent)
    for run in ("cold", "second"):
        began = time.monotonic()
        made = subprocess.run(
            command, cwd=checkout, env=environment, capture_output=True, text=True, **credentials(account)
        )
        print(f"{run} run: {time.monotonic() - began:.1f} s")
        assert made.returncode == 0, made.stdout + made.stderr
        assert made.stdout.endswith("demo-check passed\n")


def _python(account: pwd.struct_passwd | None) -> str:
    """An interpreter that the account can run and that can make virtual environments."""
    for path in PYTHONS:
        try:
            command = [path, "-c", "import ensurepip, venv"]
            if subprocess.run(command, cwd="/", capture_output=True, **credentials(account)).returncode == 0:
                return path
        except OSError:
            continue
    pytest.skip("no Python with venv that this account can run")
