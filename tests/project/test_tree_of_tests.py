"""tests/README.md draws the tree as it is; a test is in a room, a tool is none, and rooms stand apart."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests import DB, ROOT

TESTS = ROOT / "tests"
TEXT = (TESTS / "README.md").read_text()
TREE = re.findall(r"^(?:(\S+)/|  (\w+)/ +\S.*)$", TEXT.partition("```text\n")[2].partition("```")[0], re.MULTILINE)
SHARED = {"tools", "world"}
# Whose tests test the tools.
OF_TOOLS = {"conftest.py", "project", "rules"}


def drawn() -> set[str]:
    """Every folder of the tree, as a path."""
    found, top = set(), ""
    for root, room in TREE:
        top = root or top
        if room:
            found.add(f"{top}/{room}")
    return found


def room_of(path: Path) -> str:
    """The name of a file's room; of conftest.py, its own."""
    return path.relative_to(TESTS).parts[0]


def imports() -> Iterator[tuple[Path, str]]:
    """(file, what it imports as a path below tests/) of every import of ours."""
    for path in TESTS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "tests":
                for name in node.names:
                    whole = TESTS.joinpath(*node.module.split(".")[1:], name.name)
                    found = whole if whole.with_suffix(".py").exists() else whole.parent
                    if found != TESTS:
                        yield path, found.relative_to(TESTS).as_posix()


def test_the_tree_has_every_room_and_nothing_else() -> None:
    # A folder that an earlier version left behind holds what Python compiled, and nothing else.
    files = [path for top in (TESTS, DB / "tests") for path in top.glob("*/*") if path.name != "__pycache__"]
    assert drawn() == {str(path.parent.relative_to(ROOT)) for path in files} - {"tests/__pycache__"}


def test_a_file_that_a_command_names_is_there() -> None:
    named = re.findall(r"`[^`]*?(tests/\w+(?:/\w+)*(?:\.py)?)[ `]", TEXT)
    assert len(named) >= 4
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_a_test_is_in_a_room_and_a_tool_is_none() -> None:
    rooms = {room_of(path) for path in TESTS.rglob("test_*.py")}
    assert rooms == {path.rpartition("/")[2] for path in drawn() if path.startswith("tests/")} - SHARED


def test_no_test_imports_a_test_or_the_fixtures() -> None:
    targets = [(str(path), target) for path, target in imports()]
    assert len(targets) > 100
    assert [found for found in targets if re.search(r"(^|/)(test_\w+|conftest)$", found[1])] == []


def test_a_room_leans_on_itself_and_on_what_is_shared() -> None:
    for path, target in imports():
        room, other = room_of(path), target.split("/")[0]
        allowed = {room, "world"} | ({"tools"} if room in OF_TOOLS else set())
        assert other in allowed, f"{path} imports {target}"
